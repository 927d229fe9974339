import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keys } from '../src/redis/keys.ts'
import { ledgerRows, movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'
import { expectRowsEqualFold } from './rows.ts'

let redis: RedisServer
let store: ReturnType<typeof openStore>
let poisonous = true
let seen: string[] = []
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
beforeEach(async () => {
  await redis.client.flushall()
  store = openStore(redis.url)
  await store.ready()
  poisonous = true
  seen = []
})
afterEach(() => store.close())

const subscribe = (of = store) =>
  of.subscribe({
    ...quick,
    group: 'watchers',
    topics: ['account'],
    on: {
      moved: ({ key, data }) => {
        if (poisonous && key.startsWith('bad') && data.cents >= 3) throw new Error('poison')
        seen.push(`${key}/${data.cents}`)
      },
    },
  })
const of = (key: string) =>
  seen.filter((entry) => entry.startsWith(`${key}/`)).map((entry) => Number(entry.split('/')[1]))
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
const parked = () => store.ops.parked('watchers', ['account'])
const lag = async () =>
  (await store.ops.lag({ watchers: ['account'] })).reduce((sum, each) => sum + each.lag, 0)

describe('a parked event that is replayed after its command ids are forgotten', () => {
  const forgetCommands = async () => {
    const all = ['account', 'note'].flatMap((topic) =>
      Array.from({ length: store.partitions }, (_, partition) => ({ topic, partition })),
    )
    // As after two hours.
    await Promise.all(
      all.flatMap((at) => [keys.idem(at), keys.idemOld(at)].map((key) => redis.client.del(key))),
    )
  }

  /** A handler that notes each movement, and then fails at the poison. */
  const noting = (expected: 0 | 'any') =>
    store.subscribe({
      ...quick,
      group: 'watchers',
      topics: ['account'],
      on: {
        async moved(event, context) {
          const note = { topic: 'note', entityId: `of-${event.event_id}`, expected, ...context.caused(event) }
          await store
            .append({ ...note, events: [{ type: 'noted', data: { text: 'moved' } }] })
            .catch((error) => {
              if (error.code !== 'conflict') throw error
            })
          if (poisonous) throw new Error('poison')
          seen.push(event.event_id)
        },
      },
    })

  for (const [what, expected, stored] of [
    ['finds done what it began as an entity named for it', 0, 1],
    ['stores again what it appended whatever was there, as its docstring says', 'any', 2],
  ] as const)
    test(what, async () => {
      noting(expected)
      await store.append(movement('a', 3))
      await eventually(async () => expect(await parked()).toHaveLength(1))
      await forgetCommands()
      poisonous = false
      await store.ops.replayParked('watchers', ['account'])
      await eventually(() => expect(seen).toHaveLength(1))
      expect(await store.readEntity({ topic: 'note', entityId: `of-${seen[0]}` })).toHaveLength(stored)
    })
})

describe('a poisoned event', () => {
  test('parks its key with all that follows, and after replayParked they come in order', async () => {
    subscribe()
    for (let i = 0; i < 8; i++)
      for (const key of ['bad-1', 'good', 'bad-2']) await store.append(movement(key, i))
    await eventually(async () => expect(await lag()).toBe(0))
    expect(of('good')).toEqual(upTo(8))
    expect(of('bad-1')).toEqual([0, 1, 2])
    const found = await parked()
    expect(found.map(({ key, events }) => ({ key, events }))).toEqual(
      expect.arrayContaining([
        { key: 'bad-1', events: 5 },
        { key: 'bad-2', events: 5 },
      ]),
    )
    expect(found[0]?.reason).toBe('Error: poison')

    poisonous = false
    expect(await store.ops.replayParked('watchers', ['account'], { topic: 'account', key: 'bad-1' })).toBe(1)
    const appending = (async () => {
      for (let i = 8; i < 40; i++) await store.append(movement('bad-1', i))
    })()
    await eventually(() => expect(of('bad-1')).toEqual(upTo(40)))
    await appending
    expect((await parked()).map(({ key }) => key)).toEqual(['bad-2'])
    expect(of('bad-2')).toEqual([0, 1, 2])
  })

  test('that fails again in the replay stays parked, and nothing overtakes it', async () => {
    subscribe()
    for (let i = 0; i < 6; i++) await store.append(movement('bad', i))
    await eventually(async () => expect((await parked())[0]?.events).toBe(3))
    await store.ops.replayParked('watchers', ['account'])
    const place = { topic: 'account', partition: store.partitionOf('bad') }
    await eventually(async () => expect(await redis.client.exists(keys.requests(place, 'watchers'))).toBe(0))
    await store.append(movement('bad', 6))
    await eventually(async () => expect((await parked())[0]?.events).toBe(4))
    expect(of('bad')).toEqual([0, 1, 2])
    poisonous = false
    await store.ops.replayParked('watchers', ['account'])
    await eventually(() => expect(of('bad')).toEqual(upTo(7)))
    await eventually(async () => expect(await parked()).toEqual([]))
  })

  test('stays parked for the next owner, which continues a replay that the last one began', async () => {
    const first = subscribe()
    for (let i = 0; i < 50; i++) await store.append(movement('bad', i))
    await eventually(async () => expect((await parked())[0]?.events).toBe(47))
    await first.stop()
    await store.ops.replayParked('watchers', ['account'])
    poisonous = false
    // Several short-lived owners, one after another.
    for (let round = 0; round < 4; round++) {
      const before = seen.length
      const other = openStore(redis.url)
      await other.ready()
      subscribe(other)
      await eventually(async () => expect(seen.length > before || (await parked()).length === 0).toBe(true))
      await other.close()
    }
    subscribe()
    await eventually(async () => expect(await parked()).toEqual([]))
    expect([...new Set(of('bad'))]).toEqual(upTo(50))
  })
})

describe('an entry that cannot be decoded', () => {
  test('parks its entity only, whether its data or its shape is broken', async () => {
    subscribe()
    await store.append(movement('good', 0))
    const place = { topic: 'account', partition: store.partitionOf('good') }
    const neighbour = upTo(1_000)
      .map((i) => `n-${i}`)
      .find((id) => store.partitionOf(id) === place.partition) as string
    await store.append({ ...movement(neighbour, 0) })
    // Somebody's hand in the log: data that no schema knows at a right position, and an entry that is none of ours.
    await redis.client.hincrby(keys.head(place), 'position', 1)
    const { position } = await redis.client.hgetall(keys.head(place))
    const event = `moved ${neighbour} broken 2 ${position} - {"c":"c"}`
    await redis.client.xadd(keys.events(place), '*', 'event/2', event, 'data', '{"amount":"many"}')
    await redis.client.xadd(keys.events(place), '*', 'foo', 'bar')
    await store.append(movement('good', 1))
    await eventually(() => expect(of('good')).toEqual([0, 1]))
    await eventually(async () => expect(await parked()).toHaveLength(2))
    const found = await parked()
    expect(found.find(({ key }) => key === neighbour)?.reason).toMatch(
      /cents is null, expected a whole number|cents is NaN/,
    )
    const foreign = found.find(({ key }) => key.startsWith('entry:'))
    expect(foreign?.reason).toMatch(/fields foo, expected event\/2, data/)
    await eventually(async () => expect(await lag()).toBe(0))
    // Whoever decides about them sees them as they are.
    const shown = (key = '') => store.ops.parkedKey('watchers', { topic: 'account', key }, 20)
    expect((await shown(foreign?.key)).events).toMatchObject([
      { entry_id: foreign?.first, raw: { foo: 'bar' } },
    ])
    expect(await shown(neighbour)).toMatchObject({
      events: [{ raw: { 'event/2': event, data: '{"amount":"many"}' }, problem: expect.any(String) }],
      complete: true,
    })
    const why = { operator: 'ann', reason: 'nobody of ours wrote it' }
    await store.ops.discardParked('watchers', { topic: 'account', key: foreign?.key ?? '' }, why)
    await eventually(async () => expect(await parked()).toMatchObject([{ key: neighbour }]))
  })
})

describe('an operator', () => {
  const why = { operator: 'ann', reason: 'the account was closed by hand' }
  const place = { topic: 'account', key: 'bad' }
  const decided = () => store.ops.parkedDecisions('watchers', ['account'])

  const parkFive = async () => {
    for (let i = 0; i < 8; i++) for (const key of ['bad', 'good']) await store.append(movement(key, i))
    await eventually(async () => expect(await parked()).toMatchObject([{ key: 'bad', events: 5 }]))
  }

  test('skips the first parked event, which is recorded, and has the others replayed', async () => {
    subscribe()
    await parkFive()
    await store.ops.skipParked('watchers', place, why)
    await eventually(async () => expect(await parked()).toMatchObject([{ key: 'bad', events: 4 }]))
    poisonous = false
    await store.ops.replayParked('watchers', ['account'])
    await eventually(async () => expect(of('bad')).toEqual([0, 1, 2, 4, 5, 6, 7]))
    const events = await store.readEntity({ topic: 'account', entityId: 'bad' })
    const first = events[3]?.entry_id
    expect(await decided()).toMatchObject([
      {
        ...why,
        action: 'skip',
        topic: 'account',
        group: 'watchers',
        key: 'bad',
        events: 1,
        first,
        last: first,
      },
    ])
  })

  test('discards all parked events of a key, which is recorded, and later ones are handled', async () => {
    subscribe()
    await parkFive()
    await store.ops.discardParked('watchers', place, why)
    await eventually(async () => expect(await parked()).toEqual([]))
    poisonous = false
    for (let i = 8; i < 12; i++) await store.append(movement('bad', i))
    await eventually(() => expect(of('bad')).toEqual([0, 1, 2, 8, 9, 10, 11]))
    expect(await decided()).toMatchObject([{ ...why, action: 'discard', key: 'bad', events: 5 }])
  })

  test('skips until the key is free, while new events of it come', async () => {
    subscribe()
    await parkFive()
    poisonous = false
    const appending = (async () => {
      for (let i = 8; i < 20; i++) await store.append(movement('bad', i))
    })()
    const skipped = async () => (await decided()).length
    while ((await parked()).length > 0) {
      const before = await skipped()
      await store.ops.skipParked('watchers', place, why)
      await eventually(async () => expect(await skipped()).toBe(before + 1))
    }
    await appending
    await store.append(movement('bad', 20))
    await eventually(() => expect(of('bad').at(-1)).toBe(20))
    const taken = (await decided()).reduce((sum, { events }) => sum + events, 0)
    expect(of('bad').length + taken).toBe(21)
    expect(of('bad')).toEqual(of('bad').toSorted((a, b) => a - b))
  })

  test('can be asked for while no member runs, and the next owner does it', async () => {
    const member = subscribe()
    await parkFive()
    await member.stop()
    await store.ops.discardParked('watchers', place, why)
    expect(await parked()).toHaveLength(1)
    subscribe()
    await eventually(async () => expect(await parked()).toEqual([]))
  })

  test('is told while something else is asked for the key, so that neither is lost', async () => {
    const member = subscribe()
    await parkFive()
    await member.stop()
    await store.ops.skipParked('watchers', place, why)
    await store.ops.skipParked('watchers', place, why)
    await expect(store.ops.replayParked('watchers', ['account'])).rejects.toMatchObject({
      code: 'conflict',
      message:
        'replay parked account:bad: a skip of it is asked for, expected none; try again when it is done',
    })
    subscribe()
    await eventually(async () => expect(await parked()).toMatchObject([{ events: 4 }]))
    await eventually(async () => expect(await store.ops.replayParked('watchers', ['account'])).toBe(1))
  })

  test('decides about the event that was seen: what was asked for late, or again, takes off no other', async () => {
    const member = subscribe()
    await parkFive()
    const [{ first = '' } = {}] = await parked()
    await member.stop()
    const seen = { ...place, first }
    await store.ops.skipParked('watchers', seen, why)
    subscribe()
    await eventually(async () => expect(await parked()).toMatchObject([{ events: 4 }]))
    await expect(store.ops.skipParked('watchers', seen, why)).rejects.toMatchObject({ code: 'conflict' })
    // One that was let through while the first was on its way to the owner.
    const at = { topic: 'account', partition: store.partitionOf('bad') }
    const late = JSON.stringify({ action: 'discard', ...why, first })
    await redis.client.hset(keys.requests(at, 'watchers'), 'bad', late)
    await eventually(async () => expect(await redis.client.exists(keys.requests(at, 'watchers'))).toBe(0))
    expect(await parked()).toMatchObject([{ events: 4 }])
    expect(await decided()).toHaveLength(1)
  })

  test('sees the first events that wait, and whether these are all', async () => {
    subscribe()
    await parkFive()
    const shown = async (limit: number) => {
      const { events, complete } = await store.ops.parkedKey('watchers', place, limit)
      return {
        cents: events.map((event) => 'data' in event && (event.data as { cents: number }).cents),
        complete,
      }
    }
    expect(await shown(20)).toEqual({ cents: [3, 4, 5, 6, 7], complete: true })
    expect(await shown(5)).toEqual({ cents: [3, 4, 5, 6, 7], complete: true })
    expect(await shown(2)).toEqual({ cents: [3, 4], complete: false })
    const good = await store.ops.parkedKey('watchers', { topic: 'account', key: 'good' }, 20)
    expect(good).toEqual({ parked: null, events: [], complete: true, decisions: [] })
  })

  test('is refused without a reason, or for a key that is not parked', async () => {
    subscribe()
    await parkFive()
    const skip = (more: object, of = place) => store.ops.skipParked('watchers', of, { ...why, ...more })
    await expect(skip({ reason: ' ' })).rejects.toMatchObject({
      code: 'invalid',
      message: 'skip parked account:bad: reason is " ", expected 1 to 500 characters',
    })
    await expect(skip({ operator: 'x'.repeat(501) })).rejects.toMatchObject({ code: 'invalid' })
    await expect(skip({}, { ...place, key: 'good' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'skip parked account:good: expected a key that watchers has parked',
    })
    expect(await parked()).toMatchObject([{ key: 'bad', events: 5 }])
    expect(await decided()).toEqual([])
  })
})

describe('a projection', () => {
  test('parks what it cannot project, and replays it into the same rows', async () => {
    let broken = true
    store.project({
      ...quick,
      name: 'ledger',
      topics: ['account'],
      project: (event) => {
        if (broken && event.key === 'bad' && event.version === 2) throw new Error('a bug of this release')
        return ledgerRows(event)
      },
    })
    for (let i = 0; i < 5; i++) for (const key of ['bad', 'good']) await store.append(movement(key, i))
    const parkedRows = () => store.ops.parked('ledger.v1', ['account'])
    await eventually(async () => expect((await parkedRows())[0]?.events).toBe(4))
    broken = false
    await store.ops.replayParked('ledger.v1', ['account'])
    await eventually(async () => expect(await parkedRows()).toEqual([]))
    await expectRowsEqualFold(redis.client, store)
  })

  test('whose row has become another type parks that key, whole, and replays it once the row fits again', async () => {
    const place = { topic: 'account', partition: store.partitionOf('bad') }
    const row = keys.row(place, 'ledger.v1', 'account_entity:bad')
    await redis.client.rpush(row, 'as a former release wrote it')
    store.project({ ...quick, name: 'ledger', topics: ['account'], project: ledgerRows })
    for (let i = 0; i < 5; i++) for (const key of ['bad', 'good']) await store.append(movement(key, i))
    const parkedRows = () => store.ops.parked('ledger.v1', ['account'])
    await eventually(async () => expect((await parkedRows())[0]?.events).toBe(5))
    expect((await parkedRows())[0]?.reason).toBe("HSET of row 'account_entity:bad': it is a list")
    expect(store.heard.logs).toContain('parked: rows cannot be written')

    await store.ops.replayParked('ledger.v1', ['account'])
    await eventually(async () => expect(await redis.client.exists(keys.requests(place, 'ledger.v1'))).toBe(0))
    expect((await parkedRows())[0]?.events).toBe(5)
    expect(await redis.client.exists(keys.row(place, 'ledger.v1', 'account_movements:bad'))).toBe(0)

    await redis.client.del(row)
    await store.ops.replayParked('ledger.v1', ['account'])
    await eventually(async () => expect(await parkedRows()).toEqual([]))
    await expectRowsEqualFold(redis.client, store)
  })
})
