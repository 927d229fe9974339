// Generates a service of each kind in a copy of the repository, and has it checked and run as a user would.
import { cpSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePortBase } from '../e2e/sandbox.ts'
import { root } from '../root.ts'

const copy = mkdtempSync(join(tmpdir(), 'ordershop-new-service-'))
const base = await freePortBase()
const env = { SHOP_DIR: join(copy, '.shop'), SHOP_PORT_BASE: String(base) }

async function run(file: string, ...args: string[]): Promise<string> {
  const { stdout } = await execa(file, args, { cwd: copy, env, preferLocal: true, localDir: copy })
  return stdout
}
const pnpm = (...args: string[]) => run('npx', '-y', 'pnpm@10.34.8', ...args)
const newService = (...args: string[]) => run('node', 'tools/new-service/src/new-service.ts', ...args)

beforeAll(async () => {
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard']
  const { stdout } = await execa('git', listed, { cwd: root })
  for (const file of stdout
    .split('\n')
    .filter((name) => lstatSync(join(root, name), { throwIfNoEntry: false }))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file), { recursive: true, verbatimSymlinks: true })
  }
  // Biome and knip leave out what git ignores.
  await run('git', 'init', '--quiet')
  await pnpm('install', '--prefer-offline', '--frozen-lockfile')
  await newService('gift-card')
  await newService('voucher', '--http')
  await pnpm('install', '--prefer-offline', '--no-frozen-lockfile')
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com']
  await run('git', 'add', '--all')
  await run('git', ...author, 'commit', '--quiet', '--message', 'generated')
}, 180_000)

afterAll(async () => {
  await run('./scripts/shop', 'down')
  rmSync(copy, { recursive: true })
}, 60_000)

test('what is generated passes every check, and its own tests', async () => {
  await run('biome', 'check', '--error-on-warnings', '.')
  await run('tsc', '--noEmit')
  await run('depcruise', 'libs', 'services')
  await run('knip')
  await run('vitest', 'run', '--project', 'unit', 'services/gift-card', 'services/voucher', 'libs/contracts')
})

test('both run in the local shop: one takes commands, the other reacts to a new customer', async () => {
  await run('./scripts/shop', 'up', '--detach', '--no-demo')
  const processes: { service: string; port: number; ready: boolean }[] = JSON.parse(
    await run('./scripts/shop', 'status', '--json'),
  )
  const voucher = processes.find(({ service }) => service === 'voucher')
  const post = async (url: string, body: object, headers = {}) => {
    const sent = { method: 'POST', body: JSON.stringify(body), headers }
    const response = await fetch(url, sent)
    expect(response.status).toBe(200)
  }
  const created = { voucher_id: newId(), name: 'Ada' }
  await post(`http://127.0.0.1:${voucher?.port}/vouchers`, created, { 'x-command-id': 'create-ada' })
  await post(`http://127.0.0.1:${base}/customers`, { name: 'Ada', email: 'ada@example.com' })
  await eventually(
    async () => {
      const { voucher, 'gift-card': giftCard } = await eventsByTopic()
      expect({ voucher, giftCard }).toEqual({ voucher: 1, giftCard: 1 })
    },
    { withinMs: 20_000, everyMs: 500 },
  )
})

test('a name that is taken or is none is refused, and nothing is written', async () => {
  for (const [name, why] of [
    ['order', /order: it is there already/],
    ['Gift Card', /Gift Card: expected one to three lower-case words/],
  ] as const)
    await expect(newService(name)).rejects.toThrow(why)
  expect(await run('git', 'status', '--porcelain')).toBe('')
})

async function eventsByTopic(): Promise<Record<string, number>> {
  const verified: { topic: string; events: number }[] = JSON.parse(
    await run('./scripts/ordershop-ops', '--json', 'verify'),
  )
  return Object.fromEntries(verified.map(({ topic, events }) => [topic, events]))
}
