// Which segment of a partition has an entry, found without reading those that have not.
import { LRUCache } from 'lru-cache'
import { type PartitionId, partitionName } from '../event.ts'
import { compareEntryIds } from '../log/entry-id.ts'
import { chainOf } from './chain.ts'
import type { Objects } from './objects.ts'
import type { SegmentHeader } from './segment.ts'
import type { NamedSegment } from './segment-names.ts'

/** What is remembered of headers, in blocks and parts of which they tell; one takes some 100 B. */
const placesRemembered = 50_000

/** A segment that was found; `start` is the byte at which its first block begins. */
export type FoundSegment = { readonly name: string; readonly header: SegmentHeader; readonly start: number }

/** Where in the list of segments something is; they are in order, so it is so of all behind the first of which it is. */
type IsSo = (named: NamedSegment, k: number, all: readonly NamedSegment[]) => Promise<boolean>

/** A segment is not there any more that was listed: it was put together with others. `forget`, and ask again. */
export class Gone extends Error {}

/** The segments of all partitions of one archive. */
export function segmentDirectory(objects: Objects) {
  const headers = new LRUCache<string, FoundSegment>({
    maxSize: placesRemembered,
    sizeCalculation: ({ header }) => header.blocks.length + header.parts.length + 10,
  })
  const known = new Map<string, Promise<readonly NamedSegment[]>>()

  function listAgain(at: PartitionId): Promise<readonly NamedSegment[]> {
    const listing = chainOf(objects, at)
      .list()
      .then(({ segments }) => segments)
    known.set(partitionName(at), listing)
    listing.catch(() => known.delete(partitionName(at)))
    return listing
  }

  async function segment(at: PartitionId, { name }: NamedSegment): Promise<FoundSegment> {
    const remembered = headers.get(name)
    if (remembered) return remembered
    const read = await chainOf(objects, at).header(name)
    if (!read) throw new Gone(name)
    const found = { name, header: read.header, start: read.size }
    headers.set(name, found)
    return found
  }

  async function search(
    at: PartitionId,
    all: readonly NamedSegment[],
    isSo: IsSo,
  ): Promise<FoundSegment | null> {
    let [low, high] = [0, all.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (await isSo(all[middle] as NamedSegment, middle, all)) high = middle
      else low = middle + 1
    }
    const first = all[low]
    return first ? segment(at, first) : null
  }

  /** What was listed before is looked at first: only what is newer needs another look. */
  async function firstWhere(at: PartitionId, isSo: IsSo): Promise<FoundSegment | null> {
    const before = known.get(partitionName(at))
    const found = before && (await search(at, await before, isSo))
    return found ?? search(at, await listAgain(at), isSo)
  }

  return {
    /** The segment that has an entry or, where none has it, the one that has the next; `null` when the archive ends before. */
    withEntry: (at: PartitionId, entryId: string) =>
      firstWhere(at, async (named) => {
        const { header } = await segment(at, named)
        return compareEntryIds(header.last_entry, entryId) >= 0
      }),
    /** The segment that has the event at a position; `null` when the archive ends before. */
    withPosition: (at: PartitionId, position: number) =>
      firstWhere(at, async (named, k, all) => {
        const next = all[k + 1]
        if (next) return position < next.first
        return position <= (await segment(at, named)).header.last
      }),
    /** The segments that have events behind a position, as they are listed now. */
    async behind(at: PartitionId, position: number): Promise<readonly FoundSegment[]> {
      const all = await listAgain(at)
      // One that begins before may end behind it.
      const from = Math.max(
        0,
        all.findLastIndex(({ first }) => first <= position + 1),
      )
      const found = await Promise.all(all.slice(from).map((named) => segment(at, named)))
      return found.filter(({ header }) => header.last > position)
    },
    /** Has the segments of a partition listed anew when they are next asked for. */
    forget: (at: PartitionId) => void known.delete(partitionName(at)),
  }
}

export type SegmentDirectory = ReturnType<typeof segmentDirectory>
