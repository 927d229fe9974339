// The segments of one partition: each begins behind the one before, and continues its chain of hashes.
import { AppError } from '@ordershop/core'
import { type PartitionId, partitionName } from '../event.ts'
import type { RawEntry } from '../log/entry.ts'
import type { Objects } from './objects.ts'
import {
  broken,
  entriesOf,
  type ReadHeader,
  type ReadSegment,
  readHeader,
  readSegment,
} from './read-segment.ts'
import { chainAfter, type SegmentHeader, type WrittenSegment } from './segment.ts'
import { listed, type NamedSegment, readName, sealedName, segmentsOf } from './segment-names.ts'

/** Enough to find the end by: more are there only where many were put together at once. */
const newestNames = 200
/** How often it is looked for a segment anew that was there a moment ago: it was put together with others. */
const looks = 5

/** Where the archive of a partition ends: its last event, and the chain up to there. */
export type ChainEnd = Pick<SegmentHeader, 'last' | 'last_entry' | 'last_event'> & { readonly chain: string }

/** The end of an archive without segments. */
export const noSegment: ChainEnd = { last: 0, last_entry: '0-0', last_event: '', chain: '' }

/** The segments of one partition in `objects`. */
export function chainOf(objects: Objects, at: PartitionId) {
  /** Only what follows the segment before may be there. */
  function checkLink(name: string, header: SegmentHeader, end: ChainEnd): void {
    if (header.topic !== at.topic || header.partition !== at.partition)
      throw broken(name, `it is of ${partitionName(header)}, expected ${partitionName(at)}`)
    if (header.first !== end.last + 1)
      throw broken(name, `it begins at position ${header.first}, expected ${end.last + 1}`)
    if (header.previous !== end.chain)
      throw broken(name, `it continues the chain ${header.previous}, expected ${end.chain}`)
  }

  const list = () => listed(objects, segmentsOf(at))

  /** The segment behind `end`, of those that are there now; `undefined` when `end` is the archive's. */
  async function next(
    known: NamedSegment[],
    end: ChainEnd,
  ): Promise<[NamedSegment, ReadSegment] | undefined> {
    for (let look = 1; look <= looks; look++) {
      while (known[0] && known[0].first <= end.last) known.shift()
      const [found] = known
      const read = found?.first === end.last + 1 ? await readSegment(objects, found.name) : null
      if (found && read) return [found, read]
      known.splice(0, known.length, ...(await list()).segments)
      const newest = known.at(-1)
      if (!newest || (newest.last ?? newest.first) <= end.last) return undefined
      if (newest.first <= end.last)
        throw new AppError(
          'unavailable',
          `archive ${partitionName(at)}: segments were put together while they were read, start over`,
        )
    }
    throw broken(sealedName(at, end.last + 1), 'it is missing, and there are segments behind it')
  }

  /** The segments behind `from`, oldest first, each checked by itself and by its link to the one before. */
  async function* segments(from: ChainEnd): AsyncGenerator<ReadSegment> {
    const known: NamedSegment[] = []
    let end = from
    let coming = next(known, end)
    for (let found = await coming; found; found = await coming) {
      const [{ name }, segment] = found
      checkLink(name, segment.header, end)
      end = { ...segment.header, chain: chainAfter(segment.header) }
      // Read while this one is worked on.
      coming = next(known, end)
      coming.catch(() => {})
      yield segment
    }
  }

  return {
    /** Where the newest segment ends, by its header; `noSegment` when there is none. */
    async end(): Promise<ChainEnd> {
      for (let look = 1; look <= looks; look++) {
        const names = await objects.list(segmentsOf(at), { limit: newestNames })
        const newest = newestOf(names)
        if (!newest) return noSegment
        const found = await readHeader(objects, newest.name)
        if (found) return { ...found.header, chain: chainAfter(found.header) }
      }
      throw new AppError('unavailable', `archive ${partitionName(at)}: its newest segment is gone each time`)
    },
    /** What the segment follows that has the event at a position, or the newest where none has: whoever has that can begin there. */
    async before(position: number): Promise<ChainEnd> {
      for (let look = 1; look <= looks; look++) {
        const named = (await list()).segments.findLast(({ first }) => first <= position)
        if (!named) return noSegment
        const found = await readHeader(objects, named.name)
        if (found) return { ...noSegment, last: named.first - 1, chain: found.header.previous }
      }
      throw new AppError(
        'unavailable',
        `archive ${partitionName(at)}: its segment at position ${position} is gone each time`,
      )
    },
    list,
    /** The header of a segment that was listed; `null` when it was put together with others since. */
    header: (name: string): Promise<ReadHeader | null> => readHeader(objects, name),
    /**
     * Adds a segment, and reads it back.
     *
     * @returns false when there is another one in its place: somebody else was first.
     * @throws AppError `invalid` when what is there now is not what was written.
     */
    async add(written: WrittenSegment, name = sealedName(at, written.header.first)): Promise<boolean> {
      await objects.create(name, written.bytes)
      const back = await objects.read(name)
      if (!back) throw broken(name, 'it was written, and is not there')
      if (Buffer.compare(back, written.bytes) === 0) return true
      await readSegment(objects, name)
      return false
    },
    segments: () => segments(noSegment),
    /** All entries, or those of the segments behind `from`, in the order of the log, a block at a time. */
    async *entries(from = noSegment): AsyncGenerator<readonly RawEntry[]> {
      for await (const segment of segments(from)) yield* entriesOf(segment)
    },
  }
}

export type Chain = ReturnType<typeof chainOf>

/** Of the newest names, newest first: a segment that is not part of another one. */
function newestOf(names: readonly string[]): NamedSegment | undefined {
  const found = names.flatMap((name) => readName(name) ?? [])
  const covers = Math.max(0, ...found.map(({ last = 0 }) => last))
  return found.find(({ first, last }) => first > covers || last === covers)
}
