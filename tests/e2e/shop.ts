// The running shop as the tests see it: its processes, its command line and its log.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { objectsAt } from '@ordershop/archive-objects'
import { catalog, type ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { type RedisEventStore, redisEventStore } from '@ordershop/event-store'
import { portsFrom } from '@ordershop/local-shop/ports'
import { Redis } from 'ioredis'
import { afterAll, expect, inject } from 'vitest'
import { newSandbox, opsCommand, type Sandbox, shopCommand } from './sandbox.ts'

/** One line of `shop status --json`. */
type Process = {
  readonly service: string
  readonly instance: string
  readonly pid: number | null
  readonly port: number
  readonly ready: boolean
}

export type Shop = {
  /** Its state: what its processes have said, their passwords and keys. */
  readonly dir: string
  readonly redisUrl: string
  /** Reads through the shop's archive, as its services do. */
  readonly store: RedisEventStore<ShopEvent>
  gatewayUrl(instance?: number): string
  readonly mailboxUrl: string
  /** Every line that a process has written to its log. */
  logOf(instance: string): readonly string[]
  /** `scripts/shop …`; returns what it printed. */
  run(...args: string[]): Promise<string>
  /** `scripts/ordershop-ops …`; returns what it printed. */
  ops(...args: string[]): Promise<string>
  processes(): Promise<readonly Process[]>
  /** Of the first process of a service that runs. */
  pidOf(service: string): Promise<number>
  /** Waits until every process is ready. */
  ready(): Promise<readonly Process[]>
}

/**
 * The shop of this test run; started if it does not run yet. Call it at the top of a test file: at the file's end
 * whatever its tests have stopped is started and whatever they have scaled is one again, also when they failed.
 */
export async function openShop(): Promise<Shop> {
  const sandbox = inject('sandbox')
  afterAll(() => heal(sandbox))
  return startAt(sandbox)
}

/** A shop of a file's own, whose processes find `env` in their environment; it ends with the file. */
export async function openOwnShop(name: string, env: Record<string, string>): Promise<Shop> {
  const { sandbox, end } = await newSandbox(name, env)
  afterAll(end)
  return startAt(sandbox)
}

async function startAt(sandbox: Sandbox): Promise<Shop> {
  await shopCommand(sandbox, 'up', '--detach', '--no-demo')
  const ports = portsFrom(sandbox.portBase)
  const processes = () => processesAt(sandbox)
  const redis = (await processes()).find(({ service }) => service === 'redis')
  const redisUrl = sandbox.env.REDIS_URL ?? `redis://127.0.0.1:${redis?.port}`
  const ARCHIVE_URL = sandbox.env.ARCHIVE_URL ?? pathToFileURL(join(sandbox.dir, 'archive')).href
  const archive = objectsAt({ ARCHIVE_URL })
  const store = redisEventStore({ catalog, clientName: 'e2e', redis: { url: redisUrl }, archive })
  afterAll(() => store.close())
  await store.ready()
  // Each process is a Redis user of its own. Whatever the tests of a file had them do, they may.
  afterAll(() => nothingRefused(redisUrl))

  return {
    dir: sandbox.dir,
    redisUrl,
    store,
    gatewayUrl: (instance = 1) => `http://127.0.0.1:${ports.instance('gateway', instance)}`,
    mailboxUrl: `http://127.0.0.1:${ports.mailbox}`,
    logOf: (instance) =>
      readFileSync(join(sandbox.dir, 'logs', `${instance}.log`), 'utf8')
        .trimEnd()
        .split('\n'),
    run: (...args) => shopCommand(sandbox, ...args),
    ops: (...args) => opsCommand(sandbox, ...args),
    processes,
    async pidOf(service) {
      const found = (await processes()).find((one) => one.service === service && one.pid !== null)
      if (!found?.pid) throw new Error(`no process of ${service} runs, expected one`)
      return found.pid
    },
    ready: () => allReady(sandbox),
  }
}

async function nothingRefused(url: string): Promise<void> {
  const redis = new Redis(url)
  const refused = await redis.acl('LOG').finally(() => redis.disconnect())
  expect(refused).toEqual([])
}

async function processesAt(sandbox: Sandbox): Promise<readonly Process[]> {
  return JSON.parse(await shopCommand(sandbox, 'status', '--json'))
}

function allReady(sandbox: Sandbox): Promise<readonly Process[]> {
  return eventually(
    async () => {
      const all = await processesAt(sandbox)
      expect(all.filter(({ ready }) => !ready)).toEqual([])
      return all
    },
    { withinMs: 30_000, everyMs: 100 },
  )
}

async function heal(sandbox: Sandbox): Promise<void> {
  const scaled = (await processesAt(sandbox)).filter(({ instance }) => instance.endsWith('-2'))
  for (const { service } of scaled) await shopCommand(sandbox, 'scale', service, '1')
  const stopped = (await processesAt(sandbox)).filter(({ pid }) => pid === null)
  for (const { instance } of stopped) await shopCommand(sandbox, 'start', instance)
  await allReady(sandbox)
}
