import type { Client } from '@ordershop/check/client'
import { catalog, type ShopEvent, serviceNames } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import type { Recorded } from '@ordershop/event-store'
import { afterAll, expect, test } from 'vitest'
import { expectRowsAsFolded } from '../e2e/rows.ts'
import { deleteNamespace, openShop, tellOnFailure } from './cluster-shop.ts'
import { startDrill } from './drill.ts'

const sealMs = 10_000
const shop = await openShop('ordershop-recovery', {
  set: [`services.archiver.env.ARCHIVE_SEAL_MS=${sealMs}`],
})
afterAll(() => deleteNamespace(shop.namespace))
const { kubectl } = shop
const deployments = serviceNames
  .filter((name) => name !== 'archiver')
  .map((name) => `deploy/ordershop-${name}`)

test('a shop whose Redis was deleted with its volume is put back from its archive: lost is what was not archived yet, and it sells on', async () => {
  tellOnFailure(shop)
  const before = await startDrill(shop, 'before')
  await before.more(60)
  await before.finish()
  await allArchived()
  const sealed = await archived()
  const late = await startDrill(shop, 'late')
  await late.more(20)
  await late.finish()
  const { events, behind } = await archived()

  const began = performance.now()
  await stopServices()
  await kubectl('scale', 'statefulset/ordershop-redis', '--replicas=0')
  await kubectl('delete', 'pvc', 'data-ordershop-redis-0', '--timeout=60s')
  await kubectl('scale', 'statefulset/ordershop-redis', '--replicas=1')
  await newVolume()
  await kubectl('rollout', 'status', 'statefulset/ordershop-redis', '--timeout=120s')
  await archiverServes()
  const restored: { events: number }[] = JSON.parse(await shop.ops('--json', 'archive', 'restore'))
  await startServices()
  const seconds = Math.round((performance.now() - began) / 1_000)

  const there = restored.reduce((sum, one) => sum + one.events, 0)
  console.log(
    `${events} events, ${behind} of them not archived when Redis was deleted: ${events - there} lost, selling again after ${seconds} s`,
  )
  expect(there).toBeGreaterThanOrEqual(Math.max(sealed.events, events - behind))
  expect(there).toBeLessThanOrEqual(events)
  const log = await shop.ops('--json', 'verify')
  expect(JSON.parse(log).filter(({ problem }: { problem: string }) => problem !== 'none')).toEqual([])

  const after = await startDrill(shop, 'after')
  await after.more(60)
  expect(await after.finish()).toMatchObject({ overtaken: 0, staleRows: 0 })
  // The archive goes on where it was: the log is its history again.
  await allArchived()
  const found: { problem: string }[] = JSON.parse(await shop.ops('--json', 'archive', 'verify'))
  expect(found.filter(({ problem }) => problem !== 'none')).toEqual([])
})

test('a shop that is put back to a moment in the past shows what had been recorded by then, and no more', async () => {
  tellOnFailure(shop)
  // All is at rest since the drill before.
  const [seconds = '', micros = ''] = (await redisCli('TIME')).trim().split('\n')
  const untilMs = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)
  const gone = await startDrill(shop, 'gone')
  await gone.more(20)
  await gone.finish()
  await allArchived()
  const all = await recorded()
  const kept = all.filter(({ entry_id }) => Number.parseInt(entry_id, 10) <= untilMs)
  expect(kept.length).toBeLessThan(all.length)

  await stopServices()
  await redisCli('FLUSHALL')
  await archiverServes()
  await shop.ops('archive', 'restore', '--until', new Date(untilMs).toISOString())
  const countOf = (topic: string) => kept.filter((event) => event.topic === topic).length
  const there = (await topicsArchived()).map(({ topic, events }) => [topic, events])
  expect(there).toEqual(catalog.topics.map((topic) => [topic, countOf(topic)]))
  await startServices()
  await eventually(() => expectRowsAsFolded(shownInside, kept), { withinMs: 60_000, everyMs: 1_000 })
  console.log(
    `${all.length} events archived, ${kept.length} of them put back; every row is as folded from those`,
  )
})

/** What the archive has of every topic, in the order of each partition. */
async function recorded(): Promise<Recorded<ShopEvent>[]> {
  const events: Recorded<ShopEvent>[] = []
  for (const topic of catalog.topics) {
    const lines = (await shop.ops('archive', 'export', topic)).split('\n').filter((line) => line !== '')
    events.push(...lines.map((line) => JSON.parse(line)))
  }
  return events
}

/** The gateway, asked by a pod that may. */
const shownInside: Pick<Client, 'get'> = {
  async get(path) {
    const program = `fetch(process.env.GATEWAY_URL + '${path}').then((r) => r.text()).then(console.log)`
    return JSON.parse(
      await kubectl('exec', 'deploy/ordershop-toolbox', '--', '/nodejs/bin/node', '--eval', program),
    )
  },
}

const redisCli = (...args: string[]) => kubectl('exec', 'ordershop-redis-0', '--', 'redis-cli', ...args)

async function stopServices(): Promise<void> {
  await kubectl('scale', ...deployments, '--replicas=0')
}

async function startServices(): Promise<void> {
  await kubectl('scale', ...deployments, '--replicas=1')
  for (const deployment of deployments) await kubectl('rollout', 'status', deployment, '--timeout=120s')
}

/** It is ready again once it has found the Redis that is empty now. */
async function archiverServes(): Promise<void> {
  await eventually(async () => expect((await archived()).events).toBe(0), {
    withinMs: 60_000,
    everyMs: 1_000,
  })
  await kubectl('rollout', 'status', 'deploy/ordershop-archiver', '--timeout=60s')
}

async function allArchived(): Promise<void> {
  await eventually(async () => expect((await archived()).behind).toBe(0), {
    withinMs: 120_000,
    everyMs: 1_000,
  })
}

/** A controller that has not seen yet that the claim is gone makes a pod that waits for it, and no claim. */
async function newVolume(): Promise<void> {
  await eventually(
    async () => {
      const claims = await kubectl('get', 'pvc', '--output', 'name')
      if (claims.includes('data-ordershop-redis-0')) return
      await kubectl('delete', 'pod', 'ordershop-redis-0', '--ignore-not-found')
      throw new Error('expected a claim for the new volume')
    },
    { withinMs: 60_000, everyMs: 2_000 },
  )
}

async function topicsArchived(): Promise<Record<string, unknown>[]> {
  return JSON.parse(await shop.ops('--json', 'archive', 'status'))
}

async function archived(): Promise<{ events: number; behind: number }> {
  const topics = await topicsArchived()
  const sum = (name: string) => topics.reduce((all, topic) => all + Number(topic[name]), 0)
  return { events: sum('events'), behind: sum('behind') }
}
