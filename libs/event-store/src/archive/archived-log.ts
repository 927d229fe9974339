// The log as the archive has it: pages of it and single entries, from a few blocks that are kept in memory.
import { AppError } from '@ordershop/core'
import { type PartitionId, partitionName } from '../event.ts'
import type { RangeStart } from '../groups/groups.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { indexAfter } from '../log/entry-id.ts'
import type { Observer } from '../observer.ts'
import { archivedBlocks, blockCacheBytes } from './archived-blocks.ts'
import { entityIndex } from './entity-index.ts'
import { type HotStart, isTrimmed } from './hot-start.ts'
import type { Objects } from './objects.ts'
import { entityHash } from './segment.ts'
import { Gone, segmentDirectory } from './segment-directory.ts'

/** What has left the log, by partition. Every call rejects with `unavailable`, or `invalid` where the archive is broken. */
export type ArchivedLog = {
  /** Entries from an entry id on, or behind one, in order, `count` at most; fewer at the archive's end. */
  page(at: PartitionId, from: RangeStart, count: number): Promise<readonly LogEntry[]>
  /** The entry with exactly this id. */
  entry(at: PartitionId, entryId: string): Promise<LogEntry | null>
  /**
   * The last event of an entity of those up to position `trimmed`, and behind `after`, where events behind it have entry
   * ids from `firstEntry` on; `null` when there is none.
   */
  lastOf(at: PartitionId, entityId: string, upTo: HotStart, after: number): Promise<LogEntry | null>
  /** `count` events that end with the one of this entry id, in order; `[]` when that is not archived. */
  upTo(at: PartitionId, entryId: string, count: number): Promise<readonly LogEntry[]>
  /** Where the block begins that has an event, or the first entry behind an entry id; `null` when that is not archived. */
  blockWith(at: PartitionId, place: { position: number } | { entryId: string }): Promise<EntryAt | null>
}

/** An entry and its position, or the position before where it has none. */
export type EntryAt = { readonly position: number; readonly entryId: string }

/** Whoever asks for so many entries at once is likely to ask for those behind them. */
const pageAhead = 16
/** Of a read that meets segments which are being put together. */
const attempts = 5

/** @param entryOf reads an entry as the store spells it. */
export function archivedLog(
  objects: Objects,
  entryOf: (raw: RawEntry) => LogEntry,
  cacheBytes = blockCacheBytes,
  observer: Pick<Observer, 'archiveBlock'> = {},
): ArchivedLog {
  const directory = segmentDirectory(objects)
  const { placeOf, placeOfPosition, entriesAt, from, fetchAhead } = archivedBlocks(
    objects,
    directory,
    cacheBytes,
    observer,
  )
  const index = entityIndex(objects, directory, entryOf)

  /** From the start, where segments were put together meanwhile. */
  async function again<T>(at: PartitionId, work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++)
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Gone)) throw error
        directory.forget(at)
        index.forget(at)
        if (attempt === attempts)
          throw new AppError('unavailable', `read ${partitionName(at)}: segment ${error.message} is gone`)
      }
  }

  async function entry(at: PartitionId, entryId: string): Promise<LogEntry | null> {
    const place = await placeOf(at, entryId)
    const entries = place ? await entriesAt(place) : []
    const found = entries[indexAfter(entries, entryId, idOf) - 1]
    return found && idOf(found) === entryId ? entryOf(found) : null
  }

  async function page(at: PartitionId, start: RangeStart, count: number): Promise<readonly LogEntry[]> {
    const entryId = 'first' in start ? start.first : start.after
    const place = await placeOf(at, entryId)
    if (place && count >= pageAhead) fetchAhead(at, place).catch(() => {})
    const found: LogEntry[] = []
    for await (const entries of from(at, place)) {
      let first = indexAfter(entries, entryId, idOf)
      const before = entries[first - 1]
      if ('first' in start && before && idOf(before) === entryId) first--
      for (const raw of entries.slice(first, first + count - found.length)) found.push(entryOf(raw))
      if (found.length >= count) break
    }
    return found
  }

  async function upTo(at: PartitionId, entryId: string, count: number): Promise<readonly LogEntry[]> {
    const last = await entry(at, entryId)
    if (!last) return []
    return eventsFrom(at, last.position - count + 1, count)
  }

  /** `count` events from a position on, fewer at the archive's end. */
  async function eventsFrom(at: PartitionId, first: number, count: number): Promise<readonly LogEntry[]> {
    const found: LogEntry[] = []
    for await (const entries of from(at, await placeOfPosition(at, first))) {
      const events = entries.map(entryOf)
      found.push(...events.filter(({ position }) => position >= first && position < first + count))
      if (found.length === count) break
    }
    return found
  }

  async function lastOf(
    at: PartitionId,
    entityId: string,
    upTo: HotStart,
    after: number,
  ): Promise<LogEntry | null> {
    const position = await index.lastPosition(at, entityHash(entityId), { after, upTo: upTo.trimmed })
    if (position === null) return null
    const [hit] = await eventsFrom(at, position, 1)
    let found = hit?.entityId === entityId ? hit : await searched(at, entityId, position)
    // Of a history that Redis has lost, or that it has appended since.
    while (found && !isTrimmed(found.entryId, upTo)) found = await entry(at, found.previous)
    return found && found.position > after ? found : null
  }

  /** The last event of an entity up to a position, without the index: two have the same hash. */
  async function searched(at: PartitionId, entityId: string, upTo: number): Promise<LogEntry | null> {
    let last: LogEntry | null = null
    for await (const entries of from(at, await placeOfPosition(at, 1)))
      for (const raw of entries) {
        const one = entryOf(raw)
        if (one.position > upTo) return last
        if (one.entityId === entityId) last = one
      }
    return last
  }

  async function blockWith(
    at: PartitionId,
    wanted: { position: number } | { entryId: string },
  ): Promise<EntryAt | null> {
    const place = await ('position' in wanted
      ? placeOfPosition(at, wanted.position)
      : placeOf(at, wanted.entryId))
    const block = place?.segment.header.blocks[place.block]
    return block ? { position: block.first, entryId: block.first_entry } : null
  }

  return {
    entry: (at, entryId) => again(at, () => entry(at, entryId)),
    page: (at, start, count) => again(at, () => page(at, start, count)),
    lastOf: (at, entityId, start, after) => again(at, () => lastOf(at, entityId, start, after)),
    upTo: (at, entryId, count) => again(at, () => upTo(at, entryId, count)),
    blockWith: (at, wanted) => again(at, () => blockWith(at, wanted)),
  }
}

const idOf = ([entryId]: RawEntry) => entryId
