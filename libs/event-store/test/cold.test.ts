import { randomUUID } from 'node:crypto'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Objects } from '../src/archive/objects.ts'
import type { ArchiveOptions } from '../src/archive/options.ts'
import { account, cents, movement } from '../src/testing/ledger.ts'
import { objectsInMemory } from '../src/testing/objects-in-memory.ts'
import { openStore } from './harness.ts'

type Store = ReturnType<typeof openStore>

describe('an entity whose last event has left Redis', () => {
  let redis: RedisServer
  let objects: Objects
  const stores: Store[] = []
  beforeEach(async () => {
    redis = await startRedis('--stream-node-max-entries', '1')
    objects = objectsInMemory()
  })
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()))
    await redis.stop()
  })

  async function open(archive = objects): Promise<Store> {
    const store = openStore(redis.url, { partitions: 1, archive })
    stores.push(store)
    await store.ready()
    return store
  }
  const archiverOf = (store: Store, more: Partial<ArchiveOptions> = {}) =>
    store.archive({
      ...{ objects, ageMs: 3_600_000, events: 50, topics: ['account'], trim: { keepEvents: 1 } },
      ...more,
    })
  const versions = async () => Object.keys(await redis.client.hgetall('versions:{account:0}')).sort()
  const write = (store: Store, ids: readonly string[], amount = 1) =>
    Promise.all(ids.map((id) => store.append(movement(id, amount))))
  const many = (count: number) => Array.from({ length: count }, (_, k) => `entity-${k}`)

  test('leaves Redis, with its snapshot, and is there for all who ask', async () => {
    const store = await open()
    const written = await write(store, many(500))
    const { token = '', position = 0, version = 0 } = written[7] ?? {}
    const snapshot = {
      version,
      position,
      entryId: token.split('@')[1] ?? '',
      revision: '1',
      state: { sum: 1 },
    }
    await store.saveSnapshot(account('entity-7'), snapshot)
    await store.append(movement('last', 1))
    await archiverOf(store).sealNow()
    expect(await versions()).toEqual(['', 'last'])
    expect(await redis.client.hkeys('snapshots:{account:0}')).toEqual([''])
    expect(Number(await redis.client.hget('head:{account:0}', 'cold'))).toBe(500)
    for (const [k, id] of many(500).entries())
      expect(await store.load(account(id))).toMatchObject({ version: 1, token: written[k]?.token })
    const found = await store.lastEvents([account('entity-3'), account('nobody'), account('last')])
    expect(found.map((event) => event?.entity_id)).toEqual(['entity-3', undefined, 'last'])
    await store.saveSnapshot(account('entity-7'), snapshot)
    expect(await redis.client.hkeys('snapshots:{account:0}')).toEqual([''])
  })

  test('is appended to at its version and at no other, and is in Redis again', async () => {
    const store = await open()
    const archiver = archiverOf(store)
    for (let n = 0; n < 5; n++) await store.append(movement('a', n))
    await store.append(movement('last', 1))
    await archiver.sealNow()
    expect(await versions()).toEqual(['', 'last'])
    await expect(store.append(movement('a', 9, { expected: 0 }))).rejects.toMatchObject({ code: 'conflict' })
    await expect(store.append(movement('a', 9, { expected: 4 }))).rejects.toMatchObject({ code: 'conflict' })
    expect(await store.append(movement('a', 5, { expected: 5 }))).toMatchObject({ version: 6 })
    expect(await versions()).toEqual(['', 'a', 'last'])
    await store.append(movement('last', 2))
    await archiver.sealNow()
    expect(await versions()).toEqual(['', 'last'])
    expect(cents(await store.readEntity(account('a')))).toEqual([0, 1, 2, 3, 4, 5])
    expect(await store.ops.verify('account')).toMatchObject({ events: 8, problems: [] })
  })

  test('is shown as it was', async () => {
    const store = await open()
    const positions: number[] = []
    for (let n = 0; n < 5; n++) positions.push((await store.append(movement('a', n))).position)
    await store.append(movement('last', 1))
    await archiverOf(store).sealNow()
    expect(await versions()).toEqual(['', 'last'])
    for (const [k, position] of positions.entries()) {
      const { version, events } = await store.loadAsOf(account('a'), { position })
      expect([version, cents(events)]).toEqual([k + 1, [0, 1, 2, 3, 4].slice(0, k + 1)])
    }
    expect(await store.loadAsOf(account('a'), { time: 1 })).toMatchObject({ version: 0, events: [] })
  })

  test('answers the repeat of a command, and is decided on with others', async () => {
    const store = await open()
    const once = movement('a', 7, { commandId: randomUUID() })
    const first = await store.append(once)
    await store.append(movement('b', 1))
    await store.append(movement('last', 1))
    await archiverOf(store).sealNow()
    expect(await store.append(once)).toEqual({ ...first, repeated: true })
    const event = { type: 'moved', data: { cents: 1 } } as const
    const both = await store.appendAll({
      ...{ topic: 'account', key: 'last', commandId: randomUUID() },
      entities: ['a', 'b', 'new'].map((entityId) => ({ entityId, expected: 'any', events: [event] })),
    })
    expect(both.entities.map(({ version }) => version)).toEqual([2, 2, 1])
  })

  test('is not taken for one that is new, which the filter may take for it', async () => {
    const store = await open()
    await write(store, many(20))
    await archiverOf(store).sealNow()
    // As if every entity there can be were among those that have left.
    await redis.client.setrange('cold:{account:0}', 0, Buffer.alloc(32 * 1024, 255))
    await expect(store.append(movement('entity-3', 2, { expected: 0 }))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await store.append(movement('new', 1, { expected: 0 }))).toMatchObject({ version: 1 })
    expect(await store.load(account('newer'))).toMatchObject({ version: 0, events: [] })
    expect(await store.lastEvents([account('newer')])).toEqual([null])
  })

  test('is not appended to where it was when it was looked up, if it came back and left since', async () => {
    const store = await open()
    const archiver = archiverOf(store)
    await store.append(movement('a', 0))
    await store.append(movement('last', 1))
    await archiver.sealNow()
    let [looking, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slow = await open({
      ...objects,
      async list(...args) {
        const names = await objects.list(...args)
        looking.resolve()
        await goOn.promise
        return names
      },
    })
    const append = slow.append(movement('a', 2, { expected: 1 }))
    await looking.promise
    await store.append(movement('a', 1))
    await store.append(movement('last', 1))
    await archiver.sealNow()
    expect(await versions()).toEqual(['', 'last'])
    goOn.resolve()
    await expect(append).rejects.toMatchObject({ code: 'conflict' })
    expect(cents(await store.readEntity(account('a')))).toEqual([0, 1])
    ;[looking, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    goOn.resolve()
    expect(await slow.append(movement('a', 2, { expected: 2 }))).toMatchObject({ version: 3 })
  })

  test('stays as long as its last event does, however old the others are', async () => {
    const store = await open()
    await store.append(movement('a', 0))
    await write(store, many(50))
    await store.append(movement('a', 1))
    await archiverOf(store).sealNow()
    expect(await versions()).toEqual(['', 'a'])
  })

  test('is found in a long archive by a few runs of its index, which are made again when they are lost', async () => {
    const store = await open()
    const archiver = archiverOf(store, { events: 1_000 })
    const ids = many(8_500)
    for (let round = 0; round < 2; round++) await write(store, ids, round)
    await archiver.sealNow()
    const runs = await objects.list('account/0/index/', { limit: 100 })
    expect(runs).toHaveLength(1)
    const last = await store.lastEvents(ids.slice(0, 100).map(account))
    expect(cents(last.flatMap((event) => event ?? []))).toEqual(Array(100).fill(1))
    for (const name of runs) await objects.remove(name)
    const another = await open()
    const again = await another.lastEvents(ids.slice(100, 200).map(account))
    expect(cents(again.flatMap((event) => event ?? []))).toEqual(Array(100).fill(1))
    const next = archiverOf(another, { events: 1_000 })
    await another.append(movement('last', 1))
    await next.sealNow()
    expect(await objects.list('account/0/index/', { limit: 100 })).not.toEqual([])
    expect(await another.load(account('entity-300'))).toMatchObject({ version: 2 })
  })
})
