import { describe, expect, test } from 'vitest'
import type { EventStore } from '../event-store.ts'
import { cursorOf, placesIn } from '../watching/cursor.ts'
import type { WatchItem, WatchOptions } from '../watching/watch.ts'
import { cents, type LedgerEvent, movement } from './ledger.ts'
import type { TestedStore } from './tested-store.ts'

type Item = WatchItem<LedgerEvent>

const eventIn = (item: Item) => (item.kind === 'event' ? [item.event] : [])

/** What a watch yields up to its end, or until `isEnough`; and the cursor there. */
async function watched(
  store: EventStore<LedgerEvent>,
  options: WatchOptions,
  isEnough: (item: Item, items: readonly Item[]) => boolean = () => false,
) {
  const watch = store.watch(options)
  const items: Item[] = []
  for await (const item of watch) {
    items.push(item)
    if (isEnough(item, items)) break
  }
  return { items, events: items.flatMap(eventIn), cursor: watch.cursor() }
}

const all = { from: 'beginning', live: false } as const

/** Reading without a group. */
export function watchContract(store: TestedStore): void {
  describe('watching', () => {
    test('gives all there is, says so, and then what comes', async () => {
      await store().append(movement('a', 1))
      const { items } = await watched(store(), { from: 'beginning' }, (item, items) => {
        if (item.kind === 'caught-up') void store().append(movement('a', 2))
        return items.length === 3
      })
      expect(items.map((item) => (item.kind === 'event' ? item.event.version : item.kind))).toEqual([
        1,
        'caught-up',
        2,
      ])
    })

    test('from now gives nothing of what was there', async () => {
      await store().append(movement('a', 1))
      const { events } = await watched(store(), { from: 'now' }, (item) => {
        if (item.kind === 'caught-up') void store().append(movement('a', 2))
        return item.kind === 'event'
      })
      expect(cents(events)).toEqual([2])
    })

    test('from a time gives what was recorded then or later', async () => {
      await store().append(movement('a', 1))
      await new Promise((resolve) => setTimeout(resolve, 5))
      await store().append(movement('a', 2))
      await store().append(movement('b', 3))
      const { events } = await watched(store(), all)
      const second = events.find(({ data }) => 'cents' in data && data.cents === 2)
      const time = new Date(second?.recorded_at ?? '')
      const later = await watched(store(), { from: { time }, live: false })
      expect(cents(later.events).sort()).toEqual([2, 3])
    })

    test('gives only what fits topics, types, entity and correlation id', async () => {
      const text = (entityId: string) => ({ type: 'noted', data: { text: entityId } }) as const
      await store().append(movement('a', 1, { correlationId: 'one' }))
      await store().append(movement('b', 2, { correlationId: 'two' }))
      await store().append(movement('a', 3, { events: [{ type: 'closed', data: {} }], correlationId: 'two' }))
      await store().append(movement('a', 0, { topic: 'note', events: [text('a')], correlationId: 'one' }))
      const found = async (filter: object) =>
        cents((await watched(store(), { ...all, ...filter })).events).sort()
      expect(await found({})).toEqual([1, 2, 'closed', 'noted'])
      expect(await found({ topics: ['note'] })).toEqual(['noted'])
      expect(await found({ types: ['moved', 'noted'] })).toEqual([1, 2, 'noted'])
      expect(await found({ entityId: 'a' })).toEqual([1, 'closed', 'noted'])
      expect(await found({ correlationId: 'two' })).toEqual([2, 'closed'])
      expect(await found({ entityId: 'a', types: ['moved'], correlationId: 'one' })).toEqual([1])
    })

    test('goes on from the cursor behind what did not fit, too', async () => {
      for (let i = 0; i < 200; i++) await store().append(movement(`e${i % 7}`, i))
      const nothing = await watched(store(), { ...all, entityId: 'nobody' })
      expect(nothing.events).toEqual([])
      await store().append(movement('a', 1))
      const { events } = await watched(store(), { from: { cursor: nothing.cursor }, live: false })
      expect(cents(events)).toEqual([1])
    })

    test('ends after so many entries, and goes on from there', async () => {
      for (let i = 0; i < 30; i++) await store().append(movement(`e${i % 7}`, i))
      const seen: (number | string)[] = []
      let from: WatchOptions['from'] = 'beginning'
      for (let pages = 0; ; pages++) {
        const page = await watched(store(), { from, live: false, searchAtMost: 8 })
        expect(page.events.length).toBeLessThanOrEqual(8)
        seen.push(...cents(page.events))
        from = { cursor: page.cursor }
        if (page.items.at(-1)?.kind !== 'caught-up') continue
        expect(pages).toBeGreaterThanOrEqual(3)
        break
      }
      expect(seen.sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 30 }, (_, i) => i))
    })

    test('ends at once when it is told to, or the store closes', async () => {
      const abort = new AbortController()
      const stopped = watched(store(), { from: 'now', signal: abort.signal }, (item) => {
        if (item.kind === 'caught-up') setImmediate(() => abort.abort())
        return false
      })
      expect((await stopped).items).toEqual([{ kind: 'caught-up' }])
      const closed = watched(store(), { from: 'now' }, (item) => {
        if (item.kind === 'caught-up') setImmediate(() => void store().close())
        return false
      })
      expect((await closed).items).toEqual([{ kind: 'caught-up' }])
    })

    test.each([
      ['of nonsense', 'x'],
      ['of another number of partitions', 'account=,,'],
      ['with a place that is none', 'account=,,,Z'],
    ])('refuses a cursor %s', (_name, cursor) => {
      expect(() => store().watch({ from: { cursor } })).toThrow(
        /^watch from a cursor: .*expected one that a watch has given$/,
      )
    })

    test('refuses a cursor behind an event that the log does not have, and gives nothing', async () => {
      await store().append(movement('a', 1))
      const { cursor } = await watched(store(), all)
      await store().append(movement('a', 2))
      const of = (ids: (id: string) => string) => {
        const places = [...placesIn(cursor, store().partitions)].map(
          ([topic, there]) => [topic, there.map((id) => (id === '' ? '' : ids(id)))] as const,
        )
        return { cursor: cursorOf(new Map(places)) }
      }
      const other = of((id) => `${id.split('-')[0]}-${Number(id.split('-')[1]) + 7}`)
      for (const live of [false, true]) {
        const watch = store().watch({ from: other, live })
        await expect(watch.check()).rejects.toMatchObject({
          code: 'conflict',
          message: expect.stringMatching(/^watch from a cursor: account:\d has no entry \d+-\d+, .*lost/),
        })
        await expect(watched(store(), { from: other, live })).rejects.toMatchObject({ code: 'conflict' })
      }
      await store()
        .watch({ from: of((id) => id) })
        .check()
      expect(cents((await watched(store(), { from: of((id) => id), live: false })).events)).toEqual([2])
    })

    test('goes on from the cursor of a watch that began at a time, before it has met an event', async () => {
      await store().append(movement('a', 1))
      const later = new Date(Date.now() + 60_000)
      const { cursor, events } = await watched(store(), { from: { time: later }, live: false })
      expect(events).toEqual([])
      await store().watch({ from: { cursor } }).check()
    })

    test('refuses a topic that is none', () => {
      expect(() => store().watch({ topics: ['nope'], from: 'now' })).toThrow(/topic is 'nope'/)
    })

    test.each([
      ['', 100],
      [', more than wait for it', 5_000],
    ])('gives a reader who pauses all that came meanwhile%s', async (_name, count) => {
      const watching = store().watch({ from: 'now' })[Symbol.asyncIterator]()
      expect((await watching.next()).value).toEqual({ kind: 'caught-up' })
      const other = watched(store(), { from: 'beginning' }, (_, items) => items.length > count)
      const events: LedgerEvent[] = Array.from({ length: 100 }, (_, i) => ({
        type: 'moved',
        data: { cents: i },
      }))
      for (let i = 0; i < count / 100; i++) await store().append(movement('a', 0, { events }))
      await other
      const versions: number[] = []
      while (versions.length < count) {
        const { value, done } = await watching.next()
        if (done) break
        if (value.kind === 'event') versions.push(value.event.version)
      }
      await watching.return?.()
      expect(versions).toEqual(Array.from({ length: count }, (_, i) => i + 1))
    })

    test('gives every event once and in order, to readers who stop anywhere and go on, beside writers', async () => {
      const written = 600
      const writing = Promise.all(
        [0, 1, 2].map(async (writer) => {
          for (let i = 0; i < written / 3; i++) {
            const topic = i % 3 === 0 ? 'note' : 'account'
            const events: LedgerEvent[] = [{ type: 'moved', data: { cents: i } }]
            await store().append(movement(`e${writer}-${i % 11}`, 0, { topic, events }))
          }
        }),
      )
      const readers = await Promise.all(Array.from({ length: 4 }, () => readInPieces(store(), written)))
      await writing
      for (const { problems, resumes } of readers) {
        expect(problems).toEqual([])
        expect(resumes).toBeGreaterThan(20)
      }
    })
  })
}

/** Reads so many events in watches that each end after a few, and says what was missed, repeated or out of order. */
async function readInPieces(store: EventStore<LedgerEvent>, expected: number) {
  const last = new Map<string, number>()
  const problems: string[] = []
  let from: WatchOptions['from'] = 'beginning'
  let count = 0
  let resumes = 0
  while (count < expected && problems.length === 0) {
    const most = 1 + Math.floor(Math.random() * 40)
    const { events, cursor } = await watched(store, { from }, (item, items) => {
      const seen = items.length - (items.some(({ kind }) => kind === 'caught-up') ? 1 : 0)
      return item.kind === 'event' && (seen >= most || count + seen >= expected)
    })
    for (const { topic, partition, position } of events) {
      const name = `${topic}:${partition}`
      const before = last.get(name) ?? 0
      if (position !== before + 1) problems.push(`${name}: ${position} after ${before}`)
      last.set(name, position)
    }
    count += events.length
    from = { cursor }
    resumes++
  }
  return { problems, resumes }
}
