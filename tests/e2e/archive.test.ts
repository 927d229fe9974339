import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { clientOf } from '@ordershop/check/client'
import { steadyLoad } from '@ordershop/check/load'
import { eventCount, expectSound, settled } from '@ordershop/check/log'
import { catalog } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { folderObjects, verifyArchive } from '@ordershop/event-store'
import { portsFrom } from '@ordershop/local-shop/ports'
import { archiveObjects, keyFiles } from '@ordershop/shop'
import { afterAll, expect, inject, test } from 'vitest'
import { opsCommand } from './sandbox.ts'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()], [200, 202])
const sandbox = inject('sandbox')
const copy = mkdtempSync(join(tmpdir(), 'archive-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

type Row = Record<string, unknown>
const ops = (...args: string[]) => opsCommand(sandbox, '--json', ...args)
const report = async (...args: string[]) => JSON.parse(await ops('archive', ...args)) as Row[]
const sum = (rows: Row[], column: string) => rows.reduce((all, row) => all + Number(row[column]), 0)

/** Orders as people place them, until it is stopped. */
async function ordering(name: string) {
  const customer_id = await client.create('/customers', { name, email: `${name}@archive.example` })
  const product_id = await client.create('/products', { name: `Scroll of ${name}`, price: 3 })
  await client.post('/inventory', { product_id, amount: 10_000 })
  return steadyLoad(15, () => client.create('/orders', { customer_id, product_ids: [product_id] }))
}

/** Once the archiver has all of it, the archive has every event of the log, and each of its hashes fits. */
async function expectWhole(): Promise<number> {
  const events = await eventCount(store)
  const status = await eventually(
    async () => {
      const status = await report('status')
      expect([sum(status, 'events'), sum(status, 'behind')]).toEqual([events, 0])
      return status
    },
    { withinMs: 60_000, everyMs: 500 },
  )
  const found = await report('verify')
  expect(found.filter(({ problem }) => problem !== 'none')).toEqual([])
  expect(sum(found, 'events')).toBe(events)
  expect(status.map(({ topic }) => topic)).toEqual([...catalog.topics])
  return events
}

test('what a shop does is in its archive, every event of it, printed as it is in the log', async () => {
  const load = await ordering('Ada')
  await eventually(() => load.acknowledged.length > 40, { withinMs: 30_000 })
  await load.stop()
  await settled(store)
  console.log(`${await expectWhole()} events archived`)
  for (const topic of ['customer', 'order', 'mail']) {
    const expected: unknown[] = []
    for (let partition = 0; partition < store.partitions; partition++)
      for await (const event of store.readTopic(topic, partition)) expected.push(event)
    const printed = (await ops('archive', 'export', topic)).split('\n').filter((line) => line !== '')
    expect(printed.map((line) => JSON.parse(line))).toEqual(expected)
  }
})

test('an archiver that is killed in the middle of it goes on from where its archive ends', async () => {
  const load = await ordering('Grace')
  for (const _ of [1, 2, 3]) {
    const seen = load.acknowledged.length
    await eventually(() => load.acknowledged.length > seen + 20, { withinMs: 30_000 })
    process.kill(await shop.pidOf('archiver'), 'SIGKILL')
    await shop.ready()
  }
  await load.stop()
  await settled(store)
  await expectWhole()
})

test('without an archiver the shop sells on, its lag tells of it, and once it runs again nothing is missing', async () => {
  await shop.run('stop', 'archiver')
  const load = await ordering('Edsger')
  await eventually(() => load.acknowledged.length > 40, { withinMs: 30_000 })
  await load.stop()
  await settled(store)
  expect(load.refusals()).toEqual('nothing')
  await expectSound(store)
  const behind = JSON.parse(await ops('lag')) as Row[]
  expect(
    sum(
      behind.filter(({ group }) => group === 'archive'),
      'lag',
    ),
  ).toBeGreaterThan(100)
  expect(await shop.run('lag', '--once')).toMatch(/^order +archive +[1-9]/m)
  await shop.run('start', 'archiver')
  await expectWhole()
})

test('who cannot reach its disk reads it from the archiver, if it is of the shop', async () => {
  const port = portsFrom(sandbox.portBase).instance('archiver', 1)
  const ARCHIVE_URL = `http://127.0.0.1:${port}`
  const SIGNING_KEYS_FILE = join(sandbox.dir, 'keys', keyFiles.readerSigning)
  const served = archiveObjects({ ARCHIVE_URL, SIGNING_KEYS_FILE })
  expect((await fetch(`${ARCHIVE_URL}/archive/objects`)).status).toBe(401)
  for (let partition = 0; partition < store.partitions; partition++) {
    const at = { topic: 'order', partition }
    const there = await verifyArchive(folderObjects(join(sandbox.dir, 'archive')), at)
    expect(there.events).toBeGreaterThan(0)
    expect(await verifyArchive(served, at)).toEqual(there)
  }
})

test('a segment that somebody changed is named, and exit code 1 tells of it', async () => {
  cpSync(join(sandbox.dir, 'archive'), copy, { recursive: true })
  const names = await folderObjects(copy).list('order/', { limit: 100 })
  const name = names.find((one) => one.endsWith('.zst'))
  const file = join(copy, `${name}`)
  const bytes = readFileSync(file)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] as number) ^ 1
  writeFileSync(file, bytes)
  const env = { ...sandbox.env, ARCHIVE_URL: pathToFileURL(copy).href }
  await expect(opsCommand({ ...sandbox, env }, 'archive', 'verify', 'order')).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(new RegExp(`segment ${name}: its .* (is|are) not`)),
  })
})

test('a part of the log that is no number of events is not restored', async () => {
  await expect(ops('archive', 'restore', '--keep', '0')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--keep is '0', expected a whole number of events from 1"),
  })
})

test('an archive that is nowhere is refused in one sentence', async () => {
  const env = { ...sandbox.env, ARCHIVE_URL: 'attic' }
  await expect(opsCommand({ ...sandbox, env }, 'archive', 'seal')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      'ARCHIVE_URL: expected file:///folder, s3://bucket/prefix or http://host:port, got "attic"',
    ),
  })
})
