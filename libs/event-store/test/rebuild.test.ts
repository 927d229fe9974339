import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ledgerRows, movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'
import { expectRowsEqualFold, rowsOnRedis } from './rows.ts'

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
beforeEach(() => redis.client.flushall())

const topics = ['account', 'note']

describe('a rebuild', () => {
  test('builds identical rows next to the live ones while writes continue, and switches readers at once', async () => {
    const store = openStore(redis.url)
    await store.ready()
    const running = store.project({ ...quick, name: 'ledger', topics, project: ledgerRows })
    for (let i = 0; i < 500; i++) await store.append(movement(`e-${i % 50}`, i))
    let stop = false
    const writing = (async () => {
      for (let i = 0; !stop; i++) {
        const written = await store.append(movement(`e-${i % 50}`, i))
        expect(await store.cache('ledger').waitFor([written], 5_000)).toBe(true)
      }
    })()
    expect(await store.ops.rebuild('ledger', topics)).toMatchObject({ live: 1, building: 2 })
    await expect(store.ops.rebuild('ledger', topics)).rejects.toMatchObject({ code: 'conflict' })
    await eventually(async () =>
      expect(await store.ops.projection('ledger', topics)).toMatchObject({ live: 2, building: null }),
    )
    await eventually(() => running.live() === 2)
    stop = true
    await writing
    // Both versions are kept for readers that have not noticed, and both are updated.
    await eventually(async () =>
      expect(await rowsOnRedis(redis.client, 1)).toEqual(await rowsOnRedis(redis.client, 2)),
    )
    await expectRowsEqualFold(redis.client, store, 2)
    await store.close()
  })

  test('deletes the former version once it has been kept long enough', async () => {
    const store = openStore(redis.url)
    await store.ready()
    store.project({ ...quick, name: 'ledger', topics, project: ledgerRows })
    for (let i = 0; i < 50; i++) await store.append(movement(`e-${i}`, i))
    await store.ops.rebuild('ledger', topics)
    await eventually(async () =>
      expect(await store.ops.projection('ledger', topics)).toMatchObject({ live: 2 }),
    )
    await redis.client.hset('projection:{ledger}', 'retire_at', 1)
    await eventually(async () => expect(await redis.client.keys('*ledger.v1*')).toEqual([]))
    await eventually(async () =>
      expect((await redis.client.xinfo('GROUPS', 'events:{account:0}')) as unknown[]).toHaveLength(1),
    )
    await eventually(async () =>
      expect(await redis.client.hget('projection:{ledger}', 'retiring')).toBeNull(),
    )
    await expectRowsEqualFold(redis.client, store, 2)
    expect(await store.ops.rebuild('ledger', topics)).toMatchObject({ live: 2, building: 3 })
    await store.close()
  })
})
