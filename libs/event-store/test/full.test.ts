import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'

const account = { topic: 'account', entityId: 'a' }
const balances = {
  name: 'balances',
  topics: ['account'],
  project: ({ entity_id, version }: { entity_id: string; version: number }) => [
    ['HSET', `account_entity:${entity_id}`, 'version', version] as const,
  ],
}
const refused = {
  code: 'unavailable',
  message: expect.stringContaining('Redis has reached its maxmemory'),
  // As long as an append is repeated, so this one was not.
  retryAfterMs: 5_000,
}

describe('a Redis at its maxmemory', () => {
  let redis: RedisServer
  const stores: ReturnType<typeof openStore>[] = []
  const open = () => {
    const store = openStore(redis.url)
    stores.push(store)
    return store
  }
  beforeEach(async () => {
    redis = await startRedis()
  })
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()))
    await redis.stop()
  })
  // Any Redis uses more than one byte, so this is full at once.
  const fill = () => redis.client.config('SET', 'maxmemory', '1')
  const makeRoom = () => redis.client.config('SET', 'maxmemory', '0')

  test('refuses appends in one sentence, keeps members and their leases, and all continues when there is room', async () => {
    const store = open()
    const handled: number[] = []
    const member = store.subscribe({
      group: 'g',
      topics: ['account'],
      ...quick,
      on: { moved: ({ version }) => void handled.push(version) },
    })
    await store.append(movement('a', 1))
    await eventually(() => expect(handled).toEqual([1]))
    await fill()
    await expect(store.append(movement('a', 2))).rejects.toMatchObject(refused)
    const until = async () =>
      Number(await redis.client.hget(`sub:{account:${store.partitionOf('a')}}:g`, 'until'))
    const before = await until()
    // Two leases go by, each renewed.
    await eventually(async () => expect(await until()).toBeGreaterThan(before + 2 * quick.leaseMs))
    expect(member.healthy()).toBe(true)
    expect(store.health()).toEqual({ ready: true })
    await makeRoom()
    await store.append(movement('a', 2))
    await eventually(() => expect(handled).toEqual([1, 2]))
    expect(store.heard).toMatchObject({ fenced: 0, forked: 0, redelivered: 0 })
  })

  test('answers reads, lag and rows, also to a process that starts only then', async () => {
    const writer = open()
    const running = writer.project(balances)
    const { partition, position, topic } = await writer.append(movement('a', 1))
    expect(await writer.cache('balances').waitFor([{ partition, position, topic }], 5_000)).toBe(true)
    await fill()
    const reader = open()
    await reader.ready({ timeoutMs: 5_000 })
    expect(await reader.readEntity(account)).toHaveLength(1)
    const { lags } = await reader.ops.survey({ groups: { g: ['account'] }, projections: {} })
    expect(lags.reduce((sum, { lag }) => sum + lag, 0)).toBe(1)
    const row = { topic, partition, row: 'account_entity:a' }
    expect(await reader.cache('balances').query([{ command: 'HGETALL', ...row }])).toEqual([{ version: '1' }])
    expect(running.healthy()).toBe(true)
  })

  test('takes no rows, and a projection continues from its cursor when there is room', async () => {
    const store = open()
    await store.append(movement('a', 1))
    await fill()
    const running = store.project({ ...balances, ...quick })
    const { partition, topic } = { partition: store.partitionOf('a'), topic: 'account' }
    const { lags } = await store.ops.survey({ groups: {}, projections: { balances: ['account'] } })
    expect(lags.reduce((sum, { lag }) => sum + lag, 0)).toBe(1)
    // Its owner keeps the partition: its lease is renewed beside the rows that are refused.
    const lease = () => redis.client.hmget(`sub:{account:${partition}}:balances.v1`, 'token', 'until')
    await eventually(async () => expect((await lease())[0]).toBeTruthy())
    const [token, until] = await lease()
    await eventually(async () =>
      expect(Number((await lease())[1])).toBeGreaterThan(Number(until) + 2 * quick.leaseMs),
    )
    expect((await lease())[0]).toBe(token)
    await makeRoom()
    expect(await store.cache('balances').waitFor([{ topic, partition, position: 1 }], 10_000)).toBe(true)
    await running.stop()
  })
})
