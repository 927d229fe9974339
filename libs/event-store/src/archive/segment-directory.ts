// Which segment of a partition has an entry, found without reading those that have not.
import { LRUCache } from 'lru-cache'
import type { PartitionId } from '../event.ts'
import { compareEntryIds } from '../log/entry-id.ts'
import { chainOf, segmentName } from './chain.ts'
import type { Objects } from './objects.ts'
import { readHeader } from './read-segment.ts'
import type { SegmentHeader } from './segment.ts'

/** What is remembered of headers, in blocks of which they tell; one takes some 100 B. */
const blocksRemembered = 50_000

/** A segment that was found; `start` is the byte at which its first block begins. */
export type FoundSegment = { readonly name: string; readonly header: SegmentHeader; readonly start: number }

/** The segments of all partitions of one archive. */
export function segmentDirectory(objects: Objects) {
  const headers = new LRUCache<string, FoundSegment>({
    maxSize: blocksRemembered,
    sizeCalculation: ({ header }) => header.blocks.length + 10,
  })
  /** By partition: the position that each segment begins with, oldest first. */
  const known = new Map<string, Promise<readonly number[]>>()

  /** What was listed before, and what has come since. */
  function listAgain(at: PartitionId): Promise<readonly number[]> {
    const folder = segmentName(at, 1)
    const before = known.get(folder) ?? Promise.resolve([])
    const listing = before.then(async (firsts) => [...firsts, ...(await chainOf(objects, at).newer(firsts))])
    known.set(folder, listing)
    listing.catch(() => known.set(folder, before))
    return listing
  }

  async function segment(at: PartitionId, first: number): Promise<FoundSegment> {
    const name = segmentName(at, first)
    const remembered = headers.get(name)
    if (remembered) return remembered
    const { header, size } = await chainOf(objects, at).header(name)
    const found = { name, header, start: size }
    headers.set(name, found)
    return found
  }

  /** The first segment of which this is so; it must be so of all behind it. */
  async function firstWhere(
    at: PartitionId,
    isSo: (first: number, k: number, firsts: readonly number[]) => boolean | Promise<boolean>,
  ): Promise<FoundSegment | null> {
    for (const list of [() => known.get(segmentName(at, 1)) ?? listAgain(at), () => listAgain(at)]) {
      const firsts = await list()
      let [low, high] = [0, firsts.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (await isSo(firsts[middle] as number, middle, firsts)) high = middle
        else low = middle + 1
      }
      if (low < firsts.length) return segment(at, firsts[low] as number)
    }
    return null
  }

  return {
    /** The segment that has an entry or, where none has it, the one that has the next; `null` when the archive ends before. */
    withEntry: (at: PartitionId, entryId: string) =>
      firstWhere(at, async (first) => {
        const { header } = await segment(at, first)
        return compareEntryIds(header.last_entry, entryId) >= 0
      }),
    /** The segment that has the event at a position; `null` when the archive ends before. */
    withPosition: (at: PartitionId, position: number) =>
      firstWhere(at, async (first, k, firsts) => {
        const next = firsts[k + 1]
        if (next !== undefined) return position < next
        return position <= (await segment(at, first)).header.last
      }),
    /** The segment behind another; `null` when it is the last. */
    async after(at: PartitionId, { header }: FoundSegment): Promise<FoundSegment | null> {
      const name = segmentName(at, header.last + 1)
      if (headers.has(name) || (await readHeader(objects, name))) return segment(at, header.last + 1)
      return null
    },
  }
}
