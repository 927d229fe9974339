import { randomUUID } from 'node:crypto'
import { eventually } from '@ordershop/core/testing'
import { type Readable, verifyArchive, type WatchOptions } from '@ordershop/event-store'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ledgerRows, movement } from '../src/testing/ledger.ts'
import { objectsInMemory } from '../src/testing/objects-in-memory.ts'
import { openStore, quick } from './harness.ts'

type Fields = readonly (string | Buffer)[]

const log = 'events:{account:0}'
const head = 'head:{account:0}'
const notUtf8 = Buffer.from([0xff, 0xfe, 0x80])
const words = (more: object = {}) => {
  const fields = { type: 'moved', entity: 'x', id: randomUUID(), version: '1', position: '1', previous: '-' }
  return `${Object.values({ ...fields, ...more }).join(' ')} {"c":"c"}`
}
const of = (event: string | Buffer, data: string | Buffer = '{"cents":1}'): Fields => [
  'event/2',
  event,
  'data',
  data,
]
const withBytes = (before: string, after: string) =>
  Buffer.concat([Buffer.from(before), notUtf8, Buffer.from(after)])

/** Entries that are none of ours: each is an entity by itself. */
const foreign: Record<string, Fields> = {
  'other fields': ['foo', 'bar'],
  'no data': ['event/2', words()],
  'data alone': ['data', '{}'],
  'fields the other way round': ['data', '{}', 'event/2', words()],
  'a third field': [...of(words()), 'more', '1'],
  'another name for data': ['event/2', words(), 'Data', '{}'],
  'no words': of(''),
  'four words': of('moved x id 3'),
  'five words': of('moved x id 3 4'),
  'an empty word': of('moved  id 3 4 - {"c":"c"}'),
  'a line break for a space': of(words().replaceAll(' ', '\n')),
  'a tab in its fields': of(`moved\tx ${words()}`),
  'an event id that is none': of(words({ id: '__proto__' })),
  'an event id that is not UTF-8': of(withBytes('moved x ', ' 1 1 - {"c":"c"}')),
  'an entity that is not UTF-8': of(withBytes('moved ', ` ${randomUUID()} 1 1 - {"c":"c"}`)),
  'fields that are not UTF-8': [notUtf8, notUtf8],
  'a mebibyte of words': of('w '.repeat(512 * 1024)),
  ...Object.fromEntries(
    ['0', '-1', '1.5', '1e3', '007', 'NaN', 'Infinity', '0x10', '9'.repeat(16), '9'.repeat(400)].map(
      (position) => [`position ${position.slice(0, 20)}`, of(words({ position }))],
    ),
  ),
}

/** Events in their turn that cannot be read: each parks its entity. */
const broken: Record<string, (event: (more?: object, meta?: string) => string) => Fields> = {
  ...Object.fromEntries(
    [
      'null',
      '7',
      '"c"',
      '[]',
      '{}',
      '{',
      '',
      '{"c":7}',
      '{"c":"c","k":{}}',
      '{"c":"c","k":null}',
      '{"c":"c","s":"2"}',
    ]
      .concat('{"c":"c","s":0}', '{"c":"c","u":["ann"]}', '{"c":"c","t":1}', '{"__proto__":{"c":"c"}}')
      .map((meta) => [
        `envelope ${meta}`,
        (event: (more?: object, meta?: string) => string) => of(event({}, meta)),
      ]),
  ),
  ...Object.fromEntries(
    [
      'null',
      'true',
      '',
      '{',
      '[]',
      '{"cents":null}',
      '{"cents":1e999}',
      '{"cents":"1"}',
      '{"__proto__":{"cents":1}}',
    ]
      .concat('['.repeat(100_000), `{"cents":"${'9'.repeat(1024 * 1024)}"}`)
      .map((data) => [`data ${data.slice(0, 30)}`, (event: () => string) => of(event(), data)]),
  ),
  'data that is not UTF-8': (event) => of(event(), withBytes('{"cents":"', '"}')),
  ...Object.fromEntries(
    ['x', '0', '-1', '1.5', '9'.repeat(400)].map((version) => [
      `version ${version.slice(0, 20)}`,
      (event: (more: object) => string) => of(event({ version })),
    ]),
  ),
  ...Object.fromEntries(
    ['__proto__', 'constructor', 'toString', 'unknown'].map((type) => [
      `type ${type}`,
      (event: (more: object) => string) => of(event({ type })),
    ]),
  ),
}

let redis: RedisServer
let store: ReturnType<typeof openStore>
beforeAll(async () => {
  redis = await startRedis('--stream-node-max-entries', '1')
})
afterAll(() => redis.stop())
beforeEach(async () => {
  await redis.client.flushall()
  store = openStore(redis.url, { partitions: 1 })
  await store.ready()
})
afterEach(() => store.close())

const add = (fields: Fields) => redis.client.xadd(log, '*', ...fields) as Promise<string>

/** Between movements of `good`; the keys that must be parked. */
async function addAll(): Promise<Set<string>> {
  const keys = new Set<string>()
  let cents = 0
  await store.append(movement('good', cents++))
  for (const fields of Object.values(foreign)) {
    keys.add(`entry:${await add(fields)}`)
    if (keys.size % 5 === 0) await store.append(movement('good', cents++))
  }
  const names = ['__proto__', 'constructor', 'hasOwnProperty']
  for (const [k, make] of Object.values(broken).entries()) {
    const entity = names[k] ?? `bad-${k}`
    const position = await redis.client.hincrby(head, 'position', 1)
    await add(
      make((more = {}, meta = '{"c":"c","s":2}') =>
        words({ entity, position, ...more }).replace('{"c":"c"}', meta),
      ),
    )
    keys.add(entity)
    if (k % 5 === 0) await store.append(movement('good', cents++))
  }
  await store.append(movement('good', cents++))
  return keys
}

const goodCents = async () =>
  (await store.readEntity({ topic: 'account', entityId: 'good' })).map(
    ({ data }) => (data as { cents: number }).cents,
  )

/** What a watch gives, up to the event of an entity, each with the cursor behind it; `begun` once it has caught up. */
function watchedUntil(last: string, options: WatchOptions) {
  const begun = Promise.withResolvers<void>()
  async function run() {
    const items: { item: Readable; cursor: string }[] = []
    const watch = store.watch(options)
    for await (const item of watch) {
      if (item.kind === 'caught-up') begun.resolve()
      else items.push({ item, cursor: watch.cursor() })
      if (item.kind === 'event' && item.event.key === last) break
    }
    return items
  }
  return { begun: begun.promise, done: run() }
}

describe('entries that somebody has written into the log by hand, malformed in every way', () => {
  test('are parked, each by itself, by a consumer and a projection that handle everything else in order', async () => {
    const seen: number[] = []
    store.subscribe({
      ...quick,
      group: 'watchers',
      topics: ['account'],
      on: { moved: ({ key, data }) => void (key === 'good' ? seen.push(data.cents) : expect.fail(key)) },
    })
    store.project({ ...quick, name: 'ledger', topics: ['account'], project: ledgerRows })
    const keys = await addAll()
    const expected = await goodCents()
    for (const group of ['watchers', 'ledger.v1']) {
      await eventually(async () => expect((await store.ops.lag({ [group]: ['account'] }))[0]?.lag).toBe(0))
      const parked = await store.ops.parked(group, ['account'])
      expect(new Set(parked.map(({ key }) => key)), group).toEqual(keys)
      expect(parked.filter(({ events }) => events !== 1)).toEqual([])
      expect(Math.max(...parked.map(({ reason }) => reason.length))).toBeLessThan(2_000)
    }
    expect(seen).toEqual(expected)
    expect(await redis.client.lrange('account_movements:{account:0}:ledger.v1:good', 0, -1)).toEqual(
      expected.map(String),
    )
    expect(store.heard.forked).toBe(0)
  })

  test('are each named by verify, and end a read of the topic with the name of the first', async () => {
    const keys = await addAll()
    const { problems, events } = await store.ops.verify('account')
    expect(events).toBe(keys.size + (await goodCents()).length)
    const entries = (await redis.client.xrange(log, '-', '+')).map(([id]) => id)
    const [first] = [...keys]
    const named = new Set(problems.map((problem) => /entry (\S+):/.exec(problem)?.[1]))
    expect([...named].every((id) => entries.includes(id as string))).toBe(true)
    expect(named.has(first?.slice('entry:'.length))).toBe(true)
    const reading = async () => {
      for await (const event of store.readTopic('account', 0)) expect(event.key).toBe('good')
    }
    await expect(reading()).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(`decode entry ${first?.slice('entry:'.length)}`),
    })
  })

  test('are each given to a reader without a group, marked, and hold up nothing: from the beginning, live, or behind any of them', async () => {
    const live = watchedUntil('last', { from: 'now' })
    await live.begun
    await addAll()
    await store.append(movement('last', 0))
    const entries = (await redis.client.xrange(log, '-', '+')).map(([id]) => id)
    const expected = await goodCents()
    const read = await watchedUntil('last', { from: 'beginning', live: false }).done
    for (const items of [read, await live.done]) {
      // One for each entry, in its place; an event does not say which entry it is of.
      expect(items.map(({ item }, k) => (item.kind === 'unreadable' ? item.entry_id : entries[k]))).toEqual(
        entries,
      )
      const events = items.flatMap(({ item }) => (item.kind === 'event' ? item.event : []))
      const good = events.filter(({ key }) => key === 'good')
      expect(good.map(({ data }) => (data as { cents: number }).cents)).toEqual(expected)
      const problems = items.flatMap(({ item }) => (item.kind === 'unreadable' ? item.problem.length : []))
      expect(problems.length).toBeGreaterThan(Object.keys(foreign).length)
      expect(Math.max(...problems)).toBeLessThan(2_000)
    }
    for (const [k, { cursor }] of read.entries()) {
      const next = await store.watch({ from: { cursor }, live: false })[Symbol.asyncIterator]().next()
      expect(next.value, cursor).toEqual(read[k + 1]?.item ?? { kind: 'caught-up' })
    }
  })

  test('are archived as they are, and trimmed with everything around them', async () => {
    const objects = objectsInMemory()
    const through = openStore(redis.url, { partitions: 1, archive: objects })
    await addAll()
    const expected = await goodCents()
    const archiver = through.archive({
      ...{ objects, topics: ['account'], ageMs: 3_600_000, events: 7, trim: { keepEvents: 3 } },
    })
    await archiver.sealNow()
    const position = await redis.client.hget(head, 'position')
    expect(await redis.client.hget('sub:{account:0}:archive', 'position')).toBe(position)
    expect(Number(await redis.client.hget(head, 'trimmed'))).toBeGreaterThan(Number(position) - 14)
    expect(await verifyArchive(objects, { topic: 'account', partition: 0 })).toMatchObject({ problem: null })
    const read = await through.readEntity({ topic: 'account', entityId: 'good' })
    expect(read.map(({ data }) => (data as { cents: number }).cents)).toEqual(expected)
    await through.close()
  })
})

test('an event at a position whose turn it is not holds its partition until it is taken out, for it may be lost history', async () => {
  const seen: number[] = []
  const on = { moved: ({ data }: { data: { cents: number } }) => void seen.push(data.cents) }
  store.subscribe({ ...quick, group: 'watchers', topics: ['account'], on })
  await store.append(movement('good', 0))
  // Stored as handled, so that it does not come again.
  await eventually(async () =>
    expect(await redis.client.hget('sub:{account:0}:watchers', 'position')).toBe('1'),
  )
  const forged = await add(of(words({ position: '900' })))
  await store.append(movement('good', 1))
  await eventually(() => expect(store.heard.forked).toBeGreaterThan(0))
  expect((await store.ops.verify('account')).problems.join()).toContain(
    `entry ${forged}: position 900, expected 2`,
  )
  expect(seen).toEqual([0])
  await redis.client.xdel(log, forged)
  await eventually(() => expect(seen).toEqual([0, 1]))
})
