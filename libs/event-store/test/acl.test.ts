import { eventually } from '@ordershop/core/testing'
import { type RedisAccess, redisAcl } from '@ordershop/event-store'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { account, cents, ledgerRows, movement } from '../src/testing/ledger.ts'
import { objectsInMemory } from '../src/testing/objects-in-memory.ts'
import { openStore, quick } from './harness.ts'
import { type RedisCluster, startCluster } from './redis-cluster.ts'

type Store = ReturnType<typeof openStore>

const stores: Store[] = []
afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())))

describe.each(['Redis', 'Cluster'] as const)('users of one %s, each with what its process does', (kind) => {
  let redis: RedisServer
  let cluster: RedisCluster
  const nodes = () => (kind === 'Redis' ? [redis] : [...cluster.masters, ...cluster.replicas])
  beforeAll(async () => {
    if (kind === 'Redis') redis = await startRedis()
    else cluster = await startCluster(3)
  })
  afterAll(() => (kind === 'Redis' ? redis : cluster).stop())

  const keyPrefix = 'bank:'

  async function userOf(name: string, access: RedisAccess): Promise<void> {
    for (const { client } of nodes())
      await client.call('ACL', 'SETUSER', name, 'reset', 'on', '>secret', ...redisAcl(access, keyPrefix))
  }

  function openAs(username: string, options: Parameters<typeof openStore>[1]): Store {
    const reached = kind === 'Redis' ? { url: redis.url } : { cluster: cluster.nodes }
    const store = openStore('', {
      ...{ partitions: 2, appendfsync: 'always' },
      redis: { ...reached, keyPrefix, username, password: 'secret' },
      ...options,
    })
    stores.push(store)
    return store
  }

  const denials = async () =>
    (await Promise.all(nodes().map(({ client }) => client.call('ACL', 'LOG')))).flat() as unknown[]
  beforeEach(async () => {
    for (const { client } of nodes()) await client.call('ACL', 'LOG', 'RESET')
  })

  test('append, consume, park, decide, project, rebuild, archive, trim and read, and are refused nothing', async () => {
    const topics = ['account', 'note']
    await userOf('writer', { appends: topics })
    await userOf('consumer', { groups: { watchers: topics } })
    await userOf('projector', { projections: { ledger: topics } })
    await userOf('archiver', { groups: { archive: topics }, watches: topics, trims: topics })
    await userOf('reader', { caches: { ledger: topics } })
    await userOf('operator', { appends: topics, watches: topics, rebuilds: ['ledger'], operates: topics })
    const objects = objectsInMemory()
    const others = { topics: { creates: [], awaits: topics } }
    const writer = openAs('writer', { archive: objects })
    const [consumer, projector, archiver, reader] = ['consumer', 'projector', 'archiver', 'reader'].map(
      (name) => openAs(name, { ...others, archive: objects }),
    ) as [Store, Store, Store, Store]
    const operator = openAs('operator', { archive: objects })
    await Promise.all(stores.map((store) => store.ready()))

    const seen: number[] = []
    let broken = true
    consumer.subscribe({
      ...quick,
      group: 'watchers',
      topics,
      on: {
        moved: ({ data }) => void seen.push(data.cents),
        noted() {
          if (broken) throw new Error('broken')
        },
      },
    })
    projector.project({ ...quick, name: 'ledger', topics, project: ledgerRows })
    for (let n = 1; n <= 4; n++) await writer.append(movement('a', n))
    expect(cents(await writer.readEntity(account('a')))).toEqual([1, 2, 3, 4])
    for (const id of ['n', 'm'])
      await writer.append({
        ...{ topic: 'note', entityId: id, expected: 0, commandId: `note-${id}` },
        events: [{ type: 'noted', data: { text: 'well' } }],
      })
    await eventually(() => expect(seen).toEqual([1, 2, 3, 4]))

    await eventually(async () => expect(await operator.ops.parked('watchers', topics)).toHaveLength(2))
    broken = false
    await operator.ops.skipParked(
      'watchers',
      { topic: 'note', key: 'n' },
      { operator: 'ada', reason: 'seen to' },
    )
    await operator.ops.replayParked('watchers', topics, { topic: 'note', key: 'm' })
    await eventually(async () => expect(await operator.ops.parked('watchers', topics)).toEqual([]))
    expect(await operator.ops.parkedDecisions('watchers', topics)).toMatchObject([
      { key: 'n', action: 'skip' },
    ])

    const row = { topic: 'account', partition: writer.partitionOf('a'), row: 'account_entity:a' }
    const balance = () => reader.cache('ledger').query([{ command: 'HMGET', args: ['balance'], ...row }])
    await eventually(async () => expect(await balance()).toEqual([['10']]))
    await operator.ops.rebuild('ledger', topics)
    await eventually(async () =>
      expect(await operator.ops.projection('ledger', topics)).toMatchObject({ live: 2 }),
    )

    const archiving = archiver.archive({
      objects,
      group: 'archive',
      cursorsOf: ['watchers'],
      ageMs: 1,
      trim: { keepEvents: 0 },
    })
    await eventually(async () => {
      const lags = await operator.ops.lag({ archive: topics })
      expect(lags.filter(({ lag }) => lag > 0)).toEqual([])
    })
    await archiving.stop()
    expect(await operator.ops.verify('account')).toMatchObject({ events: 4, problems: [] })
    await operator.restore({ objects })
    expect(await denials()).toEqual([])
  })

  test('are told who lacks what when Redis refuses them, wait for it, and go on once they may', async () => {
    await userOf('writer', { appends: ['account', 'note'] })
    await userOf('thief', { appends: ['note'], reads: ['account'] })
    await userOf('consumer', { reads: ['account', 'note'], groups: { others: ['account'] } })
    const writer = openAs('writer', {})
    const thief = openAs('thief', { topics: { creates: ['note'], awaits: ['account'] } })
    const consumer = openAs('consumer', { topics: { creates: [], awaits: ['account'] } })
    await Promise.all(stores.map((store) => store.ready()))
    await writer.append(movement('b', 1))

    await expect(thief.append(movement('b', 2))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        /^append: Redis user thief lacks a permission for a script on bank:events:\{account:\d\} bank:versions:/,
      ),
    })
    const handled: number[] = []
    consumer.subscribe({
      ...quick,
      group: 'watchers',
      topics: ['account'],
      on: { moved: ({ data }) => void handled.push(data.cents) },
    })
    await eventually(() =>
      expect(consumer.heard.logs.join()).toMatch(
        /Redis user consumer lacks a permission for a script on bank:members:\{watchers\}/,
      ),
    )
    expect(handled).toEqual([])
    await userOf('consumer', { groups: { watchers: ['account'] } })
    await eventually(() => expect(handled).toContain(1))
  })
})

test('a user who may not read what a process needs is told so by readiness, once', async () => {
  const redis = await startRedis()
  await redis.client.call('ACL', 'SETUSER', 'nobody', 'on', '>p', '-@all', '+@connection', '+info')
  const store = openStore('', {
    redis: { url: redis.url, username: 'nobody', password: 'p' },
    appendfsync: 'always',
  })
  stores.push(store)
  const told = /^check Redis: Redis user nobody lacks a permission for HGET topics: NOPERM/
  await eventually(() => expect(store.health().problem).toMatch(told))
  expect(store.heard.logs.filter((line) => told.test(line))).toHaveLength(1)
  await redis.stop()
})
