// Blocks of archived entries: where one is, and a few of them in memory.
import { LRUCache } from 'lru-cache'
import type { PartitionId } from '../event.ts'
import type { RawEntry } from '../log/entry.ts'
import { indexAfter } from '../log/entry-id.ts'
import type { Observer } from '../observer.ts'
import type { Objects } from './objects.ts'
import { readBlock } from './read-segment.ts'
import { type FoundSegment, Gone, type SegmentDirectory } from './segment-directory.ts'

/** Bytes of entries that are kept in memory, decompressed. */
export const blockCacheBytes = 16 * 1024 * 1024
/** Whoever reads page after page is likely to come to so many blocks next. */
const blocksAhead = 4

/** A block of a segment, from 0. */
export type Place = { readonly segment: FoundSegment; readonly block: number }

/** The blocks of all partitions of one archive. Whatever reads one throws `Gone` when its segment is not there any more. */
export function archivedBlocks(
  objects: Objects,
  directory: SegmentDirectory,
  cacheBytes: number,
  observer: Pick<Observer, 'archiveBlock'>,
) {
  const blocks = new LRUCache<string, readonly RawEntry[], Place>({
    maxSize: cacheBytes,
    sizeCalculation: bytesOf,
    // One that is under way when others need the room is still waited for.
    ignoreFetchAbort: true,
    async fetchMethod(_key, _stale, { context: { segment, block } }) {
      const entries = await readBlock(objects, segment, block)
      if (!entries) throw new Gone(segment.name)
      return entries
    },
  })

  const keyOf = ({ segment, block }: Place) => `${segment.name} ${block}`

  async function fetched(place: Place): Promise<readonly RawEntry[]> {
    return (await blocks.fetch(keyOf(place), { context: place })) as readonly RawEntry[]
  }

  function entriesAt(place: Place): Promise<readonly RawEntry[]> {
    const { topic, partition } = place.segment.header
    observer.archiveBlock?.({ topic, partition, inMemory: blocks.has(keyOf(place)) })
    return fetched(place)
  }

  /** The block that has an entry or, where none has it, one before those that follow it. */
  async function placeOf(at: PartitionId, entryId: string): Promise<Place | null> {
    const segment = await directory.withEntry(at, entryId)
    if (!segment) return null
    const behind = indexAfter(segment.header.blocks, entryId, ({ first_entry }) => first_entry)
    return { segment, block: Math.max(0, behind - 1) }
  }

  async function placeOfPosition(at: PartitionId, position: number): Promise<Place | null> {
    const segment = await directory.withPosition(at, position)
    if (!segment) return null
    const behind = segment.header.blocks.findIndex(({ first }) => first > position)
    return { segment, block: (behind < 0 ? segment.header.blocks.length : Math.max(1, behind)) - 1 }
  }

  async function behind(at: PartitionId, { segment, block }: Place): Promise<Place | null> {
    if (block + 1 < segment.header.blocks.length) return { segment, block: block + 1 }
    return placeOfPosition(at, segment.header.last + 1)
  }

  /** All entries from a block on, a block at a time. */
  async function* from(at: PartitionId, place: Place | null): AsyncGenerator<readonly RawEntry[]> {
    for (let here = place; here; here = await behind(at, here)) yield await entriesAt(here)
  }

  /** Who reads page after page finds the next blocks here when it comes to them. */
  async function fetchAhead(at: PartitionId, place: Place): Promise<void> {
    let next: Place | null = place
    for (let block = 0; block < blocksAhead && next; block++) {
      next = await behind(at, next)
      // What cannot be read is told to whoever comes to it.
      if (next) fetched(next).catch(() => {})
    }
  }

  return { placeOf, placeOfPosition, entriesAt, from, fetchAhead }
}

/** A character takes one byte, each string and array some more. */
function bytesOf(entries: readonly RawEntry[]): number {
  const charsOf = ([, fields]: RawEntry) => fields.reduce((sum, field) => sum + field.length + 32, 100)
  return entries.reduce((sum, entry) => sum + charsOf(entry), 1)
}
