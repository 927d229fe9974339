import { setTimeout as delay } from 'node:timers/promises'
import { eventually } from '@ordershop/core/testing'
import { type FaultyProxy, faultyProxy, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'

let redis: RedisServer
let proxy: FaultyProxy
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
beforeEach(async () => {
  await redis.client.flushall()
  proxy = await faultyProxy(redis.port)
})
afterEach(() => proxy.close())

const account = { topic: 'account', entityId: 'a' }

describe('the trap: plain ioredis sends again what was not answered', () => {
  test('and so one XADD becomes two entries', async () => {
    const plain = new Redis(proxy.port)
    await plain.ping()
    proxy.dropReplyTo(/xadd/i)
    await plain.xadd('trap', '*', 'n', '1')
    expect(proxy.dropped()).toBe(1)
    expect(await redis.client.xlen('trap')).toBe(2)
    plain.disconnect()
  })
})

describe('a lost reply', () => {
  test('to an append leaves exactly one event, and the append resolves', async () => {
    const store = openStore(proxy.url)
    await store.ready()
    proxy.dropReplyTo(/eval(sha)?[\s\S]*test-/i)
    const answer = await store.append({ ...movement('a', 1), expected: 0 })
    expect(proxy.dropped()).toBe(1)
    expect(answer).toMatchObject({ version: 1, position: 1, repeated: true })
    expect(await store.readEntity(account)).toHaveLength(1)
    await store.close()
  })

  test('to an append to several entities leaves each of its events exactly once', async () => {
    const store = openStore(proxy.url)
    await store.ready()
    proxy.dropReplyTo(/eval(sha)?[\s\S]*transfer/i)
    const entities = ['a', 'b'].map((entityId) => ({ entityId, expected: 0, events: movement('', 1).events }))
    const answer = await store.appendAll({ topic: 'account', key: 'a', commandId: 'transfer', entities })
    expect(proxy.dropped()).toBe(1)
    expect(answer).toMatchObject({ repeated: true, position: 2, entities: [{ version: 1 }, { version: 1 }] })
    expect(await store.ops.verify('account')).toMatchObject({ problems: [], events: 2 })
    await store.close()
  })

  test('to appends under load leaves each of them exactly once', async () => {
    const store = openStore(proxy.url)
    await store.ready()
    for (let round = 0; round < 10; round++) {
      proxy.dropReplyTo(/eval(sha)?[\s\S]*test-/i)
      await Promise.all(Array.from({ length: 50 }, (_, i) => store.append(movement(`a-${i}`, round))))
    }
    expect(proxy.dropped()).toBe(10)
    const { problems, events } = await store.ops.verify('account')
    expect({ problems, events }).toEqual({ problems: [], events: 500 })
    await store.close()
  })

  for (const [what, request] of [
    ['a read', /xread\b/i],
    ['an advance', /eval(sha)?[\s\S]*lost-replies[\s\S]*/i],
  ] as const)
    test(`to ${what} skips nothing and repeats nothing out of order`, async () => {
      const writer = openStore(redis.url)
      const store = openStore(proxy.url)
      await Promise.all([writer.ready(), store.ready()])
      const seen = new Map<string, number[]>()
      store.subscribe({
        ...quick,
        group: 'lost-replies',
        topics: ['account'],
        on: { moved: ({ key, version }) => void seen.set(key, [...(seen.get(key) ?? []), version]) },
      })
      for (let i = 0; i < 400; i++) {
        if (i % 50 === 25) proxy.dropReplyTo(request)
        await writer.append(movement(`a-${i % 10}`, i))
        await delay(1)
      }
      await eventually(() => expect(new Set([...seen.values()].flat()).size).toBe(40))
      await eventually(() => {
        for (let k = 0; k < 10; k++)
          expect(firstDeliveries(seen.get(`a-${k}`))).toEqual(Array.from({ length: 40 }, (_, v) => v + 1))
      })
      expect(proxy.dropped()).toBeGreaterThanOrEqual(4)
      await Promise.all([store.close(), writer.close()])
    })

  test('from a host that died with its connections open is detected, and everything continues', async () => {
    const writer = openStore(redis.url)
    const store = openStore(proxy.url)
    await Promise.all([writer.ready(), store.ready()])
    const seen: number[] = []
    store.subscribe({
      ...quick,
      group: 'half-open',
      topics: ['account'],
      on: { moved: ({ version }) => void seen.push(version) },
    })
    await writer.append(movement('a', 1))
    await eventually(() => seen.length === 1)
    proxy.freeze()
    await writer.append(movement('a', 2))
    const appended = store.append(movement('b', 1))
    await eventually(() => expect(seen).toContain(2), { withinMs: 12_000 })
    expect(await appended).toMatchObject({ version: 1 })
    await Promise.all([store.close(), writer.close()])
  })
})

/** Versions in the order in which they were first seen. */
function firstDeliveries(versions: readonly number[] = []): number[] {
  return [...new Set(versions)]
}
