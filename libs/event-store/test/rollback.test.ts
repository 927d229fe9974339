import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ledgerRows, movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'
import { expectRowsEqualFold } from './rows.ts'

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
beforeEach(() => redis.client.flushall())

/** Puts Redis back to an earlier copy of its data, as a failover to a replica that was behind does. */
async function rollBack(copy: string): Promise<void> {
  await redis.kill()
  redis.putBack(copy)
  await redis.restart()
}

describe('a Redis that lost its last writes', () => {
  test('is detected and counted, the rows equal the fold of what remains, and consumers continue', async () => {
    const store = openStore(redis.url)
    await store.ready()
    const seen = new Map<string, number[]>()
    const member = store.subscribe({
      ...quick,
      group: 'watchers',
      topics: ['account'],
      on: { moved: ({ key, version }) => void seen.set(key, [...(seen.get(key) ?? []), version]) },
    })
    store.project({ ...quick, name: 'ledger', topics: ['account', 'note'], project: ledgerRows })
    for (let i = 0; i < 200; i++) await store.append(movement(`e-${i % 20}`, i))
    await caughtUp()
    const copy = redis.saveCopy()
    for (let i = 0; i < 100; i++) await store.append(movement(`e-${i % 20}`, 1_000 + i))
    await caughtUp()
    expect([...seen.values()].flat()).toHaveLength(300)
    expect(store.heard.forked).toBe(0)

    await rollBack(copy)
    await eventually(() => expect(store.heard.forked).toBeGreaterThan(0))
    await eventually(() => member.owned().length === 8)
    // Another history: fewer events for some entities, more for others, at positions that were seen before.
    for (let i = 0; i < 150; i++) await store.append(movement(`e-${i % 5}`, 2_000 + i))
    await caughtUp()

    const { events, problems } = await store.ops.verify('account')
    expect({ events, problems }).toEqual({ events: 350, problems: [] })
    await expectRowsEqualFold(redis.client, store)
    // Every event of the new history was handled: e-0 … e-4 have 10 old events and 30 new ones.
    for (let k = 0; k < 5; k++) expect(new Set(seen.get(`e-${k}`)).has(40)).toBe(true)
    console.log(`forks counted: ${store.heard.forked}`)
    await store.close()

    async function caughtUp() {
      await eventually(async () => {
        const lag = await store.ops.lag({ watchers: ['account'], 'ledger.v1': ['account'] })
        expect(lag.reduce((sum, each) => sum + each.lag, 0)).toBe(0)
      })
    }
  })

  test('is told to a reader who comes back with the cursor of what was lost', async () => {
    const store = openStore(redis.url)
    await store.ready()
    for (let i = 0; i < 20; i++) await store.append(movement(`e-${i}`, i))
    const cursorNow = async () => {
      const watch = store.watch({ from: 'beginning', live: false })
      for await (const item of watch) expect(item.kind).not.toBe('unreadable')
      return watch.cursor()
    }
    const kept = await cursorNow()
    const copy = redis.saveCopy()
    for (let i = 0; i < 20; i++) await store.append(movement(`e-${i}`, 100 + i))
    const lost = await cursorNow()
    await rollBack(copy)
    // The new history is as long, and later.
    await eventually(() => store.append(movement('e-0', 200)))
    for (let i = 1; i < 20; i++) await store.append(movement(`e-${i}`, 200 + i))
    await expect(store.watch({ from: { cursor: lost } }).check()).rejects.toMatchObject({ code: 'conflict' })
    await store.watch({ from: { cursor: kept } }).check()
    await store.close()
  })

  test('does not make an owner skip new events that took the places of lost ones', async () => {
    const store = openStore(redis.url, { partitions: 1 })
    await store.ready()
    const texts: string[] = []
    let slow: (() => void) | undefined
    store.subscribe({
      ...quick,
      group: 'watchers',
      topics: ['note'],
      on: {
        async noted({ data }) {
          // The old history's last events are still in hand when Redis loses them.
          if (data.text === 'old-15') await new Promise<void>((resolve) => (slow = resolve))
          texts.push(data.text)
        },
      },
    })
    const note = (text: string) =>
      store.append({
        topic: 'note',
        entityId: 'n',
        expected: 'any',
        commandId: text,
        events: [{ type: 'noted', data: { text } }],
      })
    for (let i = 1; i <= 10; i++) await note(`old-${i}`)
    await eventually(async () => expect((await store.ops.lag({ watchers: ['note'] }))[0]?.lag).toBe(0))
    const copy = redis.saveCopy()
    for (let i = 11; i <= 20; i++) await note(`old-${i}`)
    await eventually(() => slow !== undefined)

    await rollBack(copy)
    const writer = openStore(redis.url, { partitions: 1 })
    await writer.ready()
    for (let i = 11; i <= 30; i++)
      await writer.append({
        topic: 'note',
        entityId: 'n',
        expected: 'any',
        commandId: `new-${i}`,
        events: [{ type: 'noted', data: { text: `new-${i}` } }],
      })
    slow?.()
    const fresh = Array.from({ length: 20 }, (_, i) => `new-${i + 11}`)
    await eventually(() => expect(texts.filter((text) => text.startsWith('new'))).toEqual(fresh))
    await Promise.all([store.close(), writer.close()])
  })

  test('whose new master has a clock behind is read from the stored cursor, not from what was remembered', async () => {
    const store = openStore(redis.url, { partitions: 1 })
    await store.ready()
    const seen: string[] = []
    let release: (() => void) | undefined
    store.subscribe({
      ...quick,
      group: 'watchers',
      topics: ['note'],
      on: {
        // The first lost event never finishes, so the cursor stays before it while all that follows is read.
        noted: ({ data }) =>
          data.text === 'lost-11'
            ? new Promise<void>((resolve) => (release = resolve))
            : void seen.push(data.text),
      },
    })
    const note = (id: string, text: string) =>
      store.append({
        topic: 'note',
        entityId: id,
        expected: 'any',
        commandId: text,
        events: [{ type: 'noted', data: { text } }],
      })
    for (let i = 1; i <= 10; i++) await note(`n-${i}`, `kept-${i}`)
    await eventually(async () => expect((await store.ops.lag({ watchers: ['note'] }))[0]?.lag).toBe(0))
    const copy = redis.saveCopy()
    const [lastKept] = (await redis.client.xrevrange('events:{note:0}', '+', '-', 'COUNT', 1)) as [
      [string, string[]],
    ]
    for (let i = 11; i <= 20; i++) await note(`n-${i}`, `lost-${i}`)
    await eventually(() => seen.includes('lost-20'))

    await redis.kill()
    redis.putBack(copy)
    await redis.restart()
    // Ten entries at the lost positions with ids just after the last kept one, then one after everything remembered:
    // a reader that continues from memory sees a contiguous position 21 and has skipped ten events.
    const ms = Number(lastKept[0].split('-')[0])
    const write = (position: number, id: string) => {
      const event = `noted m-${position} event-${position} 1 ${position} - {"c":"c"}`
      const data = JSON.stringify({ text: `new-${position}` })
      return redis.client.xadd('events:{note:0}', id, 'event/2', event, 'data', data)
    }
    for (let position = 11; position <= 20; position++) await write(position, `${ms}-${1_000 + position}`)
    await write(21, '*')
    await eventually(() => seen.includes('new-21'))
    release?.()
    await eventually(() => expect(seen.filter((text) => text.startsWith('new'))).toHaveLength(11))
    expect(store.heard.forked).toBeGreaterThan(0)
    await store.close()
  })
})
