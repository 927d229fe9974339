import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { objectsAt } from '@ordershop/archive-objects'
import { catalog, type ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { folderObjects, type RedisEventStore, redisEventStore, verifyArchive } from '@ordershop/event-store'
import { freePort, killAtExit, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'

const partitions = 2
let redis: RedisServer
let store: RedisEventStore<ShopEvent>
let folder: string
beforeAll(async () => {
  // Entries leave a stream node by node.
  redis = await startRedis('--stream-node-max-entries', '10')
})
afterAll(() => redis.stop())
beforeEach(async () => {
  await redis.client.flushall()
  folder = mkdtempSync(join(tmpdir(), 'archiver-'))
  await openStore()
  return async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

async function openStore(): Promise<void> {
  store = redisEventStore({
    ...{ catalog, clientName: 'test', durability: 'memory', partitions },
    ...{ redis: { url: redis.url }, archive: folderObjects(folder) },
  })
  await store.ready()
}

async function emptyRedis(): Promise<void> {
  await redis.client.flushall()
  await store.close()
  await openStore()
}

/** The service as a process, which ends with the test. */
async function startArchiver(env: NodeJS.ProcessEnv = {}) {
  const port = await freePort()
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    env: {
      ...{ PATH: process.env.PATH, PORT: String(port), REDIS_URL: redis.url, DURABILITY: 'memory' },
      ...{ PARTITIONS: String(partitions), ARCHIVE_URL: pathToFileURL(folder).href, ARCHIVE_SEAL_MS: '300' },
      ...env,
    },
  })
  killAtExit(child)
  onTestFinished(async () => void (await end(child, 'SIGKILL')))
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const url = `http://127.0.0.1:${port}`
  const metrics = async () => (await fetch(`${url}/metrics`)).text()
  return { child, url, metrics, said: () => said }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return child.exitCode
}

async function appendCustomers(count: number): Promise<void> {
  const adding = Array.from({ length: count }, async () => {
    const customer_id = crypto.randomUUID()
    const data = { customer_id, name: 'Ada', email: 'ada@example.com' }
    const events: ShopEvent[] = [{ type: 'customer_created', data }]
    const where = { topic: 'customer', entityId: customer_id, expected: 0, commandId: customer_id }
    await store.append({ ...where, events })
  })
  await Promise.all(adding)
}

/** Events of customers in an archive, every segment of which is checked. */
async function archived(objects = folderObjects(folder)): Promise<number> {
  let all = 0
  for (let partition = 0; partition < partitions; partition++) {
    const { events, problem } = await verifyArchive(objects, { topic: 'customer', partition })
    expect(problem).toBe(null)
    all += events
  }
  return all
}

async function inRedis(): Promise<number> {
  let all = 0
  for (let partition = 0; partition < partitions; partition++)
    all += await redis.client.xlen(`events:{customer:${partition}}`)
  return all
}

const isArchived = (count: number, withinMs = 15_000) =>
  eventually(async () => expect(await archived()).toBe(count), { withinMs, everyMs: 100 })

/** Takes the newest segments away, as an operator does, until the archive of a partition ends at a position, or before. */
async function removeBeyond(partition: number, position: number): Promise<void> {
  const objects = folderObjects(folder)
  for (const name of await objects.list(`customer/${partition}/segments/`, { limit: 1_000 })) {
    if ((await verifyArchive(objects, { topic: 'customer', partition })).last <= position) return
    rmSync(join(folder, name))
  }
}

test.each([
  ['ARCHIVE_KEEP_EVENTS', '-1', /ARCHIVE_KEEP_EVENTS: expected a whole number from 0 to/],
  ['ARCHIVE_KEEP_MS', '7d', /ARCHIVE_KEEP_MS: expected a whole number from 0 to/],
  ['ARCHIVE_MEMORY_TARGET', '60', /ARCHIVE_MEMORY_TARGET: expected a number from 0 to 1/],
])('with %s=%s it does not start, and says what it expected', async (variable, value, why) => {
  const { child, said } = await startArchiver({ [variable]: value })
  await once(child, 'exit')
  expect(child.exitCode).toBe(1)
  expect(said()).toMatch(why)
})

test.each([
  ['', /ARCHIVE_URL: expected file:\/\/\/folder or s3:\/\/bucket\/prefix, where the log is to be archived/],
  ['http://archiver:5010', /ARCHIVE_URL: expected file:.*got \\"http:\/\/archiver:5010\\"/],
  ['/var/archive', /ARCHIVE_URL: expected file:.*got \\"\/var\/archive\\"/],
])('with ARCHIVE_URL %j it does not start, and says what it expected', async (ARCHIVE_URL, why) => {
  const { child, said } = await startArchiver({ ARCHIVE_URL })
  await once(child, 'exit')
  expect(child.exitCode).toBe(1)
  expect(said()).toMatch(why)
})

test('what is in the log is archived, counted, and served to who cannot reach the disk', async () => {
  const { child, url, metrics } = await startArchiver()
  await appendCustomers(200)
  await isArchived(200)
  expect(await archived(objectsAt({ ARCHIVE_URL: url }))).toBe(200)
  const told = await metrics()
  expect(told).toContain('eventstore_archive_events_total{topic="customer"} 200')
  expect(told).toMatch(/eventstore_archive_bytes_total\{topic="customer"\} [1-9]/)
  expect(told).toMatch(/eventstore_archive_duration_seconds_count\{topic="customer"\} [1-9]/)
  expect(told).toContain('eventstore_archive_failures_total{topic="customer",reason="broken"} 0')
  expect(await end(child, 'SIGTERM')).toBe(0)
})

test('Redis keeps all that is archived, unless it is told to keep less; what has left it is read from the archive', async () => {
  const { child } = await startArchiver()
  await appendCustomers(400)
  await isArchived(400)
  await end(child, 'SIGTERM')
  expect(await inRedis()).toBe(400)
  await startArchiver({ ARCHIVE_KEEP_EVENTS: '20', ARCHIVE_SEGMENT_EVENTS: '10' })
  await appendCustomers(200)
  await isArchived(600)
  await eventually(async () => expect(await inRedis()).toBeLessThan(300), { withinMs: 15_000 })
  expect(await inRedis()).toBeGreaterThanOrEqual(partitions * 20)
  expect(await store.ops.verify('customer')).toMatchObject({ events: 600, problems: [] })
})

test('what has been archived for longer than is to be kept leaves Redis, and what Redis has no room for does at once', async () => {
  await appendCustomers(200)
  const { child, metrics } = await startArchiver({
    ...{ ARCHIVE_KEEP_MS: '2592000000', ARCHIVE_MEMORY_TARGET: '0.5' },
  })
  await isArchived(200)
  expect(await metrics()).toContain('eventstore_trimmed_events_total{topic="customer"} 0')
  expect(await inRedis()).toBe(200)
  await redis.client.config('SET', 'maxmemory', '1mb')
  onTestFinished(async () => void (await redis.client.config('SET', 'maxmemory', '0')))
  await eventually(async () => expect(await inRedis()).toBeLessThan(partitions * 20), { withinMs: 15_000 })
  await redis.client.config('SET', 'maxmemory', '0')
  expect(await metrics()).toMatch(/eventstore_trimmed_events_total\{topic="customer"\} 1[6-9]\d/)
  expect(await metrics()).toContain('eventstore_memory_target_ratio 0.5')
  await end(child, 'SIGTERM')
  await appendCustomers(100)
  await startArchiver({ ARCHIVE_KEEP_MS: '1000' })
  await eventually(async () => expect(await inRedis()).toBeLessThan(partitions * 20), { withinMs: 15_000 })
  expect((await store.ops.verify('customer')).events).toBe(300)
})

test('several share the partitions, and one that is killed at work leaves an archive that the others go on with', async () => {
  const members = await Promise.all([startArchiver(), startArchiver(), startArchiver()])
  let count = 0
  for (const { child } of members.slice(1)) {
    for (const _ of [1, 2, 3]) {
      await appendCustomers(100)
      count += 100
    }
    await end(child, 'SIGKILL')
  }
  await appendCustomers(1)
  await eventually(async () => expect(await archived()).toBe(count + 1), { withinMs: 45_000, everyMs: 200 })
})

test('another history is not written behind the one that is archived: it is told of, and counted', async () => {
  const { metrics, said } = await startArchiver()
  await appendCustomers(50)
  await isArchived(50)
  await emptyRedis()
  await appendCustomers(80)
  await eventually(() => expect(said()).toContain('expected that event in the log: Redis has lost events'), {
    withinMs: 15_000,
  })
  expect(await metrics()).toMatch(
    /eventstore_archive_failures_total\{topic="customer",reason="broken"\} [1-9]/,
  )
  expect(await archived()).toBe(50)
})

test('to another place it archives anew, from the first event on, once Redis has forgotten how far it was archived', async () => {
  const { child } = await startArchiver()
  await appendCustomers(50)
  await isArchived(50)
  await end(child, 'SIGKILL')
  rmSync(folder, { recursive: true })
  const anew = await startArchiver()
  await appendCustomers(30)
  await eventually(() => expect(anew.said()).toContain('it has lost segments, or is another'), {
    withinMs: 15_000,
  })
  await end(anew.child, 'SIGTERM')
  expect(await archived()).toBe(0)
  await redis.client.del(await redis.client.keys('sub:*:archive'))
  await startArchiver()
  await isArchived(80)
})

test('where the log has gone another way, it goes on behind what log and archive share, though Redis has not all of that', async () => {
  const keepFew = { ARCHIVE_KEEP_EVENTS: '10', ARCHIVE_SEGMENT_EVENTS: '10' }
  const { child } = await startArchiver(keepFew)
  await appendCustomers(300)
  await isArchived(300)
  await end(child, 'SIGTERM')
  await emptyRedis()
  const shared = 105
  const restore = {
    objects: folderObjects(folder),
    topics: ['customer'],
    untilPosition: () => shared,
    keepEvents: 10,
  }
  expect((await store.restore(restore)).map(({ position }) => position)).toEqual([shared, shared])
  await appendCustomers(60)
  expect(await inRedis()).toBeLessThan(2 * 105)
  const { said } = await startArchiver(keepFew)
  await eventually(() => expect(said()).toContain('expected that event in the log: Redis has lost events'), {
    withinMs: 15_000,
  })
  for (let partition = 0; partition < partitions; partition++) await removeBeyond(partition, shared)
  await isArchived(2 * shared + 60, 45_000)
  expect(await store.ops.verify('customer')).toMatchObject({ events: 2 * shared + 60, problems: [] })
})

test('from what it serves a lost log is restored while it runs, and then it goes on', async () => {
  const { url } = await startArchiver()
  await appendCustomers(300)
  await isArchived(300)
  await emptyRedis()
  const restored = await store.restore({ objects: objectsAt({ ARCHIVE_URL: url }) })
  expect(restored.reduce((sum, { events }) => sum + events, 0)).toBe(300)
  expect((await store.ops.verify('customer')).problems).toEqual([])
  await appendCustomers(20)
  await eventually(async () => expect(await archived()).toBe(320), { withinMs: 45_000, everyMs: 200 })
})
