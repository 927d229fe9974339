// Readers without a group: pages of their own until they have caught up, then what the process reads for all of them.
import { AppError } from '@ordershop/core'
import pLimit from 'p-limit'
import { type AnyEvent, type Catalog, type PartitionId, partitionName } from '../event.ts'
import type { Groups } from '../groups/groups.ts'
import type { LogEntry } from '../log/entry.ts'
import { compareEntryIds, entryIdBefore, lastSequence } from '../log/entry-id.ts'
import { checkTopic } from '../log/limits.ts'
import type { Log } from '../log/log.ts'
import { allPartitions } from '../log/partition.ts'
import { readable } from '../log/readable.ts'
import type { Observer } from '../observer.ts'
import { cursorOf, placesIn } from './cursor.ts'
import { fits } from './fits.ts'
import { type Joined, lostBefore, sharedTail } from './tail.ts'
import type { Watch, WatchItem, WatchOptions } from './watch.ts'

/** Entries that a reader who is behind holds at a time. */
const pageSize = 64
/** Pages that all readers of a process ask for at a time. */
const pagesAtATime = 8

/** Where one reader is in one partition; `position` is unknown until it has met an event. */
type Place = { readonly at: PartitionId; readonly name: string; entryId: string; position?: number }

type Ends = ReadonlyMap<string, string>

/** The `watch` of a store. `close` ends all of them. */
export function watchesFrom<E extends AnyEvent>(
  log: Log,
  groups: Groups,
  catalog: Catalog<E>,
  partitions: number,
  observer: Observer,
) {
  const itemOf = (at: PartitionId, entry: LogEntry) => readable(catalog, at, entry)
  const tail = sharedTail(log, groups, itemOf, observer)
  const paging = pLimit(pagesAtATime)

  async function endsOf(places: readonly Place[]): Promise<Ends> {
    const ends = await Promise.all(places.map(({ at }) => log.end(at)))
    return new Map(places.map(({ name }, k) => [name, ends[k]?.entryId ?? '']))
  }

  function watch(options: WatchOptions): Watch<E> {
    const {
      topics = catalog.topics,
      from,
      live = true,
      searchAtMost = Number.POSITIVE_INFINITY,
      signal,
    } = options
    for (const topic of topics) checkTopic('watch', catalog.topics, topic)
    const places = placesFrom(topics, from, partitions)
    const placeOf = new Map(places.map((place) => [place.name, place]))
    let begun = from !== 'now'
    let searched = 0

    const isOver = () => signal?.aborted === true || searched >= searchAtMost

    /** That what was read is still the beginning of what follows. Only of places where an entry was read. */
    async function checkPlace(place: Place): Promise<void> {
      const [entry] = await paging(() => log.page(place.at, entryIdBefore(place.entryId), 1))
      if (entry?.entryId !== place.entryId)
        throw new AppError(
          'conflict',
          `watch from a cursor: ${place.name} has no entry ${place.entryId}, which was read: the log has lost it, or is another one`,
        )
      if (!Number.isNaN(entry.position)) place.position = entry.position
    }
    let checked: Promise<void> | undefined
    function check(): Promise<void> {
      const read = typeof from === 'object' && 'cursor' in from ? places.filter(isOfEntry) : []
      checked ??= Promise.all(read.map(checkPlace)).then(() => {})
      return checked
    }

    /** Moves on behind an entry; whether the reader wants it. */
    function pass(place: Place, entry: LogEntry): boolean {
      const lost = lostBefore(place.at, place.position, entry)
      if (lost) throw new AppError('unavailable', lost)
      place.entryId = entry.entryId
      if (!Number.isNaN(entry.position)) place.position = entry.position
      searched++
      return fits(options, entry)
    }

    /** A page of each partition in turn, until all have come to their end. */
    async function* catchUp(ends: Ends): AsyncGenerator<WatchItem<E>> {
      const isBehind = ({ name, entryId }: Place) => compareEntryIds(entryId, ends.get(name) ?? '') < 0
      for (let behind = places.filter(isBehind); behind.length > 0; ) {
        const full: Place[] = []
        for (const place of behind) {
          const page = await paging(() => log.page(place.at, place.entryId, pageSize))
          for (const entry of page) {
            if (isOver()) return
            if (pass(place, entry)) yield itemOf(place.at, entry)
          }
          if (page.length === pageSize) full.push(place)
        }
        behind = full.filter(isBehind)
      }
    }

    /** What the process reads, from a number on; ends when this reader is so slow that it must read by itself again. */
    async function* follow(joined: Joined, from: number): AsyncGenerator<WatchItem<E>> {
      for (let number = from; !isOver() && !joined.closed(); ) {
        const tailed = joined.get(number)
        if (tailed === 'gone') return
        if (tailed === undefined) {
          await joined.more(signal)
          continue
        }
        number++
        const place = placeOf.get(tailed.name)
        // What the reader has had from a page of its own.
        if (!place || compareEntryIds(tailed.entry.entryId, place.entryId) <= 0) continue
        if (tailed.lost) throw new AppError('unavailable', tailed.lost)
        if (pass(place, tailed.entry)) yield tailed.item() as WatchItem<E>
      }
    }

    async function* read(): AsyncGenerator<WatchItem<E>> {
      await check()
      // Joined before it is asked where the log ends: nothing that comes between is missed.
      const joined = live ? await tail.join(places.map(({ at }) => at)) : undefined
      try {
        if (from === 'now') {
          const ends = await endsOf(places)
          for (const place of places) place.entryId = ends.get(place.name) ?? ''
          begun = true
        }
        for (let isFirst = true; !isOver() && !joined?.closed(); isFirst = false) {
          const { number, ends } = joined?.place() ?? { number: 0, ends: await endsOf(places) }
          yield* catchUp(ends)
          if (isOver()) return
          if (isFirst) yield { kind: 'caught-up' }
          if (!joined) return
          yield* follow(joined, number)
        }
      } finally {
        joined?.leave()
      }
    }

    const byTopic = () =>
      new Map(
        topics.map((topic, k) => [
          topic,
          places.slice(k * partitions, (k + 1) * partitions).map(({ entryId }) => entryId),
        ]),
      )
    return { [Symbol.asyncIterator]: read, check, cursor: () => (begun ? cursorOf(byTopic()) : '') }
  }

  return { watch, close: tail.close }
}

/** Where a reader begins, partition by partition. */
function placesFrom(topics: readonly string[], from: WatchOptions['from'], partitions: number): Place[] {
  const known = typeof from === 'object' && 'cursor' in from ? placesIn(from.cursor, partitions) : undefined
  const before = typeof from === 'object' && 'time' in from ? lastIdBefore(from.time) : ''
  return allPartitions(topics, partitions).map((at) => ({
    at,
    name: partitionName(at),
    entryId: known?.get(at.topic)?.[at.partition] ?? before,
  }))
}

/** The place of who begins at a time; no entry has this id. */
function lastIdBefore(time: Date): string {
  const ms = time.getTime()
  if (Number.isNaN(ms)) throw new AppError('invalid', 'watch: from is no time, expected a valid Date')
  return ms <= 0 ? '' : entryIdBefore(`${ms}-0`)
}

/** Whether a place is behind an entry, and not at the beginning or at a time. */
const isOfEntry = ({ entryId }: Place) => entryId !== '' && !entryId.endsWith(`-${lastSequence}`)
