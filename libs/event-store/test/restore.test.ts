import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { folderObjects } from '../src/archive/folder.ts'
import type { Objects } from '../src/archive/objects.ts'
import { runName } from '../src/archive/segment-names.ts'
import { verifyArchive } from '../src/archive/verify-archive.ts'
import { cents, movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'

const account = (entityId: string) => ({ topic: 'account', entityId })

describe('a log that is put back from its archive', () => {
  let redis: RedisServer
  let folder: string
  let objects: Objects
  const stores: ReturnType<typeof openStore>[] = []
  beforeEach(async () => {
    redis = await startRedis()
    folder = mkdtempSync(join(tmpdir(), 'archive-'))
    objects = folderObjects(folder)
  })
  afterEach(async () => {
    await closeAll()
    await redis.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const closeAll = () => Promise.all(stores.splice(0).map((store) => store.close()))
  function open(partitions = 2, more: Parameters<typeof openStore>[1] = {}) {
    const store = openStore(redis.url, { partitions, ...more })
    stores.push(store)
    return store
  }
  type Store = ReturnType<typeof openStore>

  async function archive(store: Store): Promise<void> {
    const archiver = store.archive({ objects, ageMs: Number.POSITIVE_INFINITY, events: 50, cursorsOf: ['g'] })
    await archiver.sealNow()
    await archiver.stop()
  }
  async function write(store: Store, count: number): Promise<void> {
    for (let n = 0; n < count; n++) await store.append(movement(`a${n % 9}`, n))
  }
  /** Redis loses everything; a store that is opened then. */
  async function lose(): Promise<Store> {
    await closeAll()
    await redis.client.flushall()
    const store = open()
    await store.ready({ timeoutMs: 5_000 })
    return store
  }
  async function logOf(): Promise<unknown[]> {
    const partitions = [0, 1].map(async (partition) => {
      const name = `{account:${partition}}`
      const { position } = await redis.client.hgetall(`head:${name}`)
      return [
        position,
        await redis.client.xrange(`events:${name}`, '-', '+'),
        await redis.client.hgetall(`versions:${name}`),
      ]
    })
    return Promise.all(partitions)
  }

  test('is the one that was lost: entries, versions and positions, those that somebody else wrote too', async () => {
    const store = open()
    await write(store, 150)
    await redis.client.xadd('events:{account:0}', '*', 'by', 'hand')
    await write(store, 150)
    await archive(store)
    const before = await logOf()
    const restored = await (await lose()).restore({ objects })
    expect(await logOf()).toEqual(before)
    expect(restored.reduce((sum, { events }) => sum + events, 0)).toBe(300)
    const [next] = stores as [Store]
    const appended = await next.append(movement('a0', 1_000, { expected: 34 }))
    expect(appended.version).toBe(35)
    await archive(next)
  })

  test('lets groups go on where they were, parked keys wait as they did, and projections build their rows anew', async () => {
    const balances = {
      name: 'balances',
      topics: ['account'],
      project: ({ entity_id, version }: { entity_id: string; version: number }) => [
        ['HSET', `account_entity:${entity_id}`, 'version', version] as const,
      ],
    }
    const handled: string[] = []
    const subscribe = (store: Store) =>
      store.subscribe({
        group: 'g',
        topics: ['account'],
        ...quick,
        on: {
          moved({ entity_id, version }) {
            if (entity_id === 'a3') throw new Error('not this one')
            handled.push(`${entity_id} ${version}`)
          },
        },
      })
    const store = open()
    subscribe(store)
    await write(store, 90)
    await eventually(() => expect(handled).toHaveLength(80))
    const lag = async (of: Store) =>
      (await of.ops.lag({ g: ['account'] })).reduce((sum, one) => sum + one.lag, 0)
    await eventually(async () => expect(await lag(store)).toBe(0))
    await archive(store)
    const parked = await store.ops.parked('g', ['account'])

    const next = await lose()
    await next.restore({ objects })
    handled.length = 0
    subscribe(next)
    next.project(balances)
    await write(next, 18)
    await eventually(() => expect(handled).toHaveLength(16))
    expect(handled.every((one) => Number(one.split(' ')[1]) > 10)).toBe(true)
    const parkedNow = await next.ops.parked('g', ['account'])
    expect(parkedNow.map(({ key, first }) => [key, first])).toEqual(
      parked.map(({ key, first }) => [key, first]),
    )
    const { partition, topic } = { partition: next.partitionOf('a0'), topic: 'account' }
    const row = { command: 'HGETALL' as const, topic, partition, row: 'account_entity:a0' }
    await eventually(async () =>
      expect(await next.cache('balances').query([row])).toEqual([{ version: '12' }]),
    )
  })

  test('has only its newest events in Redis where that was asked for, the others in the archive, also when broken off midway', async () => {
    const store = open()
    await store.append(movement('over', 7))
    await write(store, 300)
    await redis.client.xadd('events:{account:0}', '*', 'by', 'hand')
    await write(store, 300)
    await archive(store)
    const before = await logOf()
    const whole = await Promise.all(Array.from({ length: 9 }, (_, n) => store.readEntity(account(`a${n}`))))
    await lose()
    await closeAll()
    const next = open(2, { archive: objects })
    await next.ready({ timeoutMs: 5_000 })
    await next.restore({ objects, keepEvents: 20, untilPosition: () => 70 })
    expect(await redis.client.xlen('events:{account:0}')).toBe(20)
    await next.restore({ objects, keepEvents: 20 })
    const lengths = [0, 1].map((partition) => redis.client.xlen(`events:{account:${partition}}`))
    for (const length of await Promise.all(lengths)) expect(length).toBe(20)
    const kept = (log: unknown[]) =>
      log.map((one) => {
        const [position, , { over, ...versions }] = one as [string, unknown, Record<string, string>]
        return { position, versions }
      })
    expect(kept(await logOf())).toEqual(kept(before))
    const read = Array.from({ length: 9 }, (_, n) => next.readEntity(account(`a${n}`)))
    expect(await Promise.all(read)).toEqual(whole)
    const versions = await Promise.all([0, 1].map((p) => redis.client.hkeys(`versions:{account:${p}}`)))
    expect(versions.flat()).not.toContain('over')
    expect(cents(await next.readEntity(account('over')))).toEqual([7])
    await expect(next.append(movement('over', 1, { expected: 0 }))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await next.append(movement('a0', 1_000, { expected: 68 }))).version).toBe(69)
    await archive(next)
    await expect(next.restore({ objects, keepEvents: 0 })).rejects.toThrow('keepEvents is 0, expected')
  })

  test('ends at a moment, or at a position, and groups with it', async () => {
    const store = open()
    await write(store, 40)
    const half = await store.append(movement('a0', 40))
    const halfAt = Number(
      (
        await redis.client.xrevrange(`events:{account:${half.partition}}`, '+', '-', 'COUNT', 1)
      )[0]?.[0].split('-')[0],
    )
    await eventually(() => expect(Date.now()).toBeGreaterThan(halfAt + 1))
    await write(store, 40)
    await archive(store)
    const next = await lose()
    await next.restore({ objects, untilMs: halfAt })
    expect(cents(await next.readEntity(account('a0')))).toEqual([0, 9, 18, 27, 36, 40])
    const other = await lose()
    await other.restore({ objects, untilPosition: () => 3 })
    expect(
      (await other.restore({ objects, untilPosition: () => 3 })).map(({ events, position }) => [
        events,
        position,
      ]),
    ).toEqual([0, 1, 2, 3].map((k) => [0, k < 2 ? 3 : 0]))
  })

  test('is finished by a second try when the first was broken off, and twice is once', async () => {
    const store = open()
    await write(store, 300)
    await archive(store)
    const before = await logOf()
    let reads = 0
    const failing: Objects = {
      ...objects,
      read: (name, range) =>
        ++reads > 4 ? Promise.reject(new Error('the network is away')) : objects.read(name, range),
    }
    const next = await lose()
    await expect(next.restore({ objects: failing })).rejects.toThrow('the network is away')
    expect(await logOf()).not.toEqual(before)
    await next.restore({ objects })
    expect(await logOf()).toEqual(before)
    const again = await next.restore({ objects })
    expect(again.every(({ events }) => events === 0)).toBe(true)
    expect(await logOf()).toEqual(before)
  })

  test('is refused where Redis has another history, or more of it, and nothing is written', async () => {
    const store = open()
    await write(store, 100)
    await archive(store)
    await write(store, 10)
    await expect(store.restore({ objects })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/the log has \d+ events, expected no more than are to be restored/),
    })
    const other = await lose()
    await write(other, 20)
    const before = await logOf()
    await expect(other.restore({ objects })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/the log does not have event [0-9a-f-]+ at position \d+, expected/),
    })
    expect(await logOf()).toEqual(before)
  })

  test('writes nothing into a log that moves meanwhile', async () => {
    const store = open()
    await write(store, 100)
    await archive(store)
    const next = await lose()
    let reads = 0
    const moving: Objects = {
      ...objects,
      async read(name, range) {
        // By the time of the first segment somebody has written.
        if (name.endsWith('.zst') && reads++ === 0) await redis.client.hset('head:{account:0}', 'position', 7)
        return objects.read(name, range)
      },
    }
    await expect(next.restore({ objects: moving })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('the log has moved from position 0 meanwhile'),
    })
    expect(await redis.client.xlen('events:{account:0}')).toBe(0)
  })

  test('is refused with another number of partitions', async () => {
    const store = open()
    await write(store, 100)
    await archive(store)
    await closeAll()
    await redis.client.flushall()
    const other = open(3)
    await other.ready({ timeoutMs: 5_000 })
    await expect(other.restore({ objects })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('has 2 partitions, expected 3'),
    })
  })

  test('to a moment in the past is not archived into the archive of what came after it, until that is cut off', async () => {
    const store = open()
    await write(store, 100)
    await archive(store)
    await write(store, 100)
    await archive(store)
    const before = await objects.list('account/', { limit: 100 })
    const next = await lose()
    await expect(next.cutArchive(objects)).rejects.toThrow('the log is empty, expected one that was restored')
    // Within a segment in one partition, at the end of one in the other.
    const untilPosition = ({ partition }: { partition: number }) => (partition === 0 ? 20 : 50)
    await next.restore({ objects, untilPosition })
    await write(next, 100)
    await expect(archive(next)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Redis has lost events that are archived'),
    })
    const runs = [1, 2].map((last) => runName({ topic: 'account', partition: 0 }, 1, last * 1_000))
    for (const run of runs) await objects.create(run, new Uint8Array(1))
    const cut = await next.cutArchive(objects)
    expect(await objects.list('account/0/index/', { limit: 10 })).toEqual([])
    expect(cut.map(({ partition, position }) => [partition, position])).toEqual([
      [0, 20],
      [1, 50],
    ])
    const now = await objects.list('account/', { limit: 100 })
    const gone = before.filter((name) => !now.includes(name))
    expect(gone.length).toBeGreaterThan(2)
    const aside = await objects.list('cut/', { limit: 100 })
    expect(aside.map((name) => name.split('/').slice(2).join('/'))).toEqual(gone)
    await archive(next)
    for (const partition of [0, 1])
      expect(await verifyArchive(objects, { topic: 'account', partition })).toMatchObject({ problem: null })
    const log = await logOf()
    const again = await lose()
    await again.restore({ objects })
    expect(await logOf()).toEqual(log)
    expect(await again.cutArchive(objects)).toEqual([])
  })

  test('of another shop is not cut to fit, and a cut that was broken off is finished by a second one', async () => {
    const store = open()
    await write(store, 100)
    await archive(store)
    const other = await lose()
    await write(other, 100)
    const all = await objects.list('account/', { limit: 100 })
    await expect(other.cutArchive(objects)).rejects.toThrow('not even its first event is in the log')
    expect(await objects.list('account/', { limit: 100 })).toEqual(all)
    for (let removals = 0; removals < 2; removals++) {
      const next = await lose()
      await next.restore({ objects, untilPosition: () => 20 - removals })
      let left = removals
      const failing: Objects = {
        ...objects,
        remove: (name) => (left-- > 0 ? objects.remove(name) : Promise.reject(new Error('away'))),
      }
      await expect(next.cutArchive(failing)).rejects.toThrow('away')
      await next.cutArchive(objects)
      await archive(next)
      for (const partition of [0, 1])
        expect(await verifyArchive(objects, { topic: 'account', partition })).toMatchObject({
          ...{ problem: null, last: 20 - removals },
        })
    }
  })
})
