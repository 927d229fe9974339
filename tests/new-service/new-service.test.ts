// Generates a service of each kind in a copy of the repository, and has it checked and run as a user would.
import { cpSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import { requestSigner } from '@ordershop/service'
import { keyFiles } from '@ordershop/shop'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { envOf, newSandbox } from '../e2e/sandbox.ts'
import { root } from '../root.ts'

const { sandbox, end } = await newSandbox('new-service')
const copy = join(sandbox.dir, 'repository')

async function run(file: string, ...args: string[]): Promise<string> {
  const env = envOf(sandbox)
  const options = { cwd: copy, env, extendEnv: false, preferLocal: true, localDir: copy } as const
  const { stdout } = await execa(file, args, options)
  return stdout
}
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
  await run('npx', '-y', 'pnpm@10.34.8', 'install', '--prefer-offline', '--frozen-lockfile')
  await newService('gift-card')
  await newService('voucher', '--http')
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com']
  await run('git', 'add', '--all')
  await run('git', ...author, 'commit', '--quiet', '--message', 'generated')
}, 180_000)

afterAll(end, 60_000)

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
  const generated = processes.filter(({ service }) => ['gift-card', 'voucher'].includes(service))
  expect(generated.map(({ ready }) => ready)).toEqual([true, true])
  const post = async (port: number | undefined, path: string, body: string, headers = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    })
    expect(response.status).toBe(200)
  }
  const voucher = generated.find(({ service }) => service === 'voucher')
  const body = JSON.stringify({ items: [{ voucher_id: newId(), name: 'Ada' }] })
  const headers = { 'x-command-id': 'create-ada', 'x-correlation-id': 'request-1' }
  // As the gateway would: no other may send commands.
  const sign = requestSigner(join(sandbox.dir, 'keys', keyFiles.gatewaySigning))
  const authorization = sign({ audience: 'voucher', method: 'POST', path: '/vouchers', headers, body })
  await post(voucher?.port, '/vouchers', body, { ...headers, authorization })
  await post(sandbox.portBase, '/customers', JSON.stringify({ name: 'Ada', email: 'ada@example.com' }))
  await eventually(
    async () => {
      const { voucher, 'gift-card': giftCard } = await eventsByTopic()
      expect({ voucher, giftCard }).toEqual({ voucher: 1, giftCard: 1 })
    },
    { withinMs: 20_000, everyMs: 500 },
  )
})

test('an invalid name or topic is refused, and nothing is written', async () => {
  for (const [args, why] of [
    [['gift-card'], /"gift-card": expected a name that no service/],
    [['Gift Card'], /"Gift Card": expected lower-case words/],
    [['refund', '--topic', 'mail'], /Allowed choices are customer, product/],
    [['refund', '--topic', 'order', '--http'], /cannot be used with option '--http'/],
  ] as const)
    await expect(newService(...args)).rejects.toThrow(why)
  expect(await run('git', 'status', '--porcelain')).toBe('')
})

test('an unexpected file is named, and nothing is written', async () => {
  const table = join(copy, 'libs/contracts/src/services.ts')
  writeFileSync(table, readFileSync(table, 'utf8').replace('} as const satisfies', '} satisfies'))
  const changed = await run('git', 'status', '--porcelain')
  await expect(newService('refund')).rejects.toThrow(
    /libs\/contracts\/src\/services\.ts: expected "} as const/,
  )
  expect(await run('git', 'status', '--porcelain')).toBe(changed)
})

async function eventsByTopic(): Promise<Record<string, number>> {
  const verified: { topic: string; events: number }[] = JSON.parse(
    await run('./scripts/ordershop-ops', '--json', 'verify'),
  )
  return Object.fromEntries(verified.map(({ topic, events }) => [topic, events]))
}
