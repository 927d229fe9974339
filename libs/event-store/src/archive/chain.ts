// The segments of one partition: each begins behind the one before, and names its hash.
import { AppError, errorCode } from '@ordershop/core'
import { type PartitionId, partitionName } from '../event.ts'
import type { RawEntry } from '../log/entry.ts'
import { readManifest } from './manifest.ts'
import type { Objects } from './objects.ts'
import { broken, entriesOf, type ReadHeader, readHeader, readSegment } from './read-segment.ts'
import type { SegmentHeader, WrittenSegment } from './segment.ts'

// Names are in the order of their bytes, and the newest segment is looked for: so they count down.
const highest = 10 ** 15
const digits = 15
const namesPerList = 10_000

/** Where the archive of a partition ends: its last event, and the hash of the segment that has it. */
export type ChainEnd = Pick<SegmentHeader, 'last' | 'last_entry' | 'last_event'> & { readonly hash: string }

/** The end of an archive without segments. */
export const noSegment: ChainEnd = { last: 0, last_entry: '0-0', last_event: '', hash: '' }

const folderOf = ({ topic, partition }: PartitionId) => `${topic}/${partition}/segments/`

/** The object that holds the segment whose first event has this position: `order/3/segments/999999999999999.zst`. */
export function segmentName(at: PartitionId, first: number): string {
  return `${folderOf(at)}${String(highest - first).padStart(digits, '0')}.zst`
}

/** The segments of one partition in `objects`. */
export function chainOf(objects: Objects, at: PartitionId) {
  /** Only what follows the segment before may be there. */
  function checkLink(header: SegmentHeader, end: ChainEnd): void {
    const name = segmentName(at, header.first)
    if (header.topic !== at.topic || header.partition !== at.partition)
      throw broken(name, `it is of ${partitionName(header)}, expected ${partitionName(at)}`)
    if (header.first !== end.last + 1)
      throw broken(name, `it begins at position ${header.first}, expected ${end.last + 1}`)
    if (header.previous !== end.hash)
      throw broken(name, `it names ${header.previous} as the segment before, expected ${end.hash}`)
  }

  /** The segments, oldest first, each checked by its hashes and its link to the one before. */
  async function* segments() {
    let end = noSegment
    for (;;) {
      const found = await readSegment(objects, segmentName(at, end.last + 1))
      if (!found) break
      checkLink(found.header, end)
      yield found
      end = { ...found.header, hash: found.hash }
    }
    const newest = await newestName()
    // One that begins there has been added since.
    if (newest !== undefined && firstOf(newest) > end.last + 1)
      throw broken(segmentName(at, end.last + 1), 'it is missing, and there are segments behind it')
  }

  async function header(name: string): Promise<ReadHeader> {
    const found = await readHeader(objects, name)
    if (found) return found
    throw new AppError('unavailable', `archive: segment ${name} is gone since it was listed`)
  }

  const folder = folderOf(at)
  const newestName = async () => (await objects.list(folder, { limit: 1 }))[0]
  const firstOf = (name: string) => highest - Number(name.slice(folder.length, -'.zst'.length))

  return {
    /** Where the newest segment ends, by its header; `noSegment` when there is none. */
    async end(): Promise<ChainEnd> {
      const name = await newestName()
      if (name === undefined) return noSegment
      const { header: found, hash } = await header(name)
      return { ...found, hash }
    },
    header,
    /** The positions that segments begin with, oldest first: of those that are newer than all of `known`. */
    async newer(known: readonly number[]): Promise<readonly number[]> {
      const found: number[] = []
      for (let after = ''; ; ) {
        const names = await objects.list(folder, { after, limit: namesPerList })
        const fresh = names.map(firstOf).filter((first) => first > (known.at(-1) ?? 0))
        found.push(...fresh)
        if (names.length < namesPerList || fresh.length < names.length) return found.reverse()
        after = names.at(-1) as string
      }
    },

    /**
     * Adds a segment behind `end`, and reads it back.
     *
     * @returns false when there is another one in its place: somebody else was first.
     * @throws AppError `invalid` when what is there now is not what was written.
     */
    async add(written: WrittenSegment): Promise<boolean> {
      const name = segmentName(at, written.header.first)
      await objects.create(name, written.bytes)
      const back = await readSegment(objects, name)
      if (!back) throw broken(name, 'it was written, and is not there')
      return back.hash === written.hash
    },

    segments,

    /** All entries, in the order of the log, a block at a time. */
    async *entries(): AsyncGenerator<readonly RawEntry[]> {
      for await (const segment of segments()) yield* entriesOf(segment)
    },
  }
}

export type Chain = ReturnType<typeof chainOf>

/** What reading a whole partition of an archive has shown. */
export type ArchiveVerification = {
  readonly segments: number
  readonly events: number
  /** Position of the last event. */
  readonly last: number
  /** The first that was found: nothing behind it was looked at. */
  readonly problem: string | null
}

/**
 * Reads every segment of a partition: its hashes, its link to the one before, and that none is missing; and that its
 * manifest is one.
 *
 * @throws AppError `unavailable` when they cannot be read.
 */
export async function verifyArchive(objects: Objects, at: PartitionId): Promise<ArchiveVerification> {
  let [segments, events, last] = [0, 0, 0]
  try {
    for await (const { header } of chainOf(objects, at).segments()) {
      segments++
      events += header.last - header.first + 1
      last = header.last
    }
    await readManifest(objects, at)
  } catch (error) {
    if (errorCode(error) === 'unavailable') throw error
    return { segments, events, last, problem: (error as Error).message }
  }
  return { segments, events, last, problem: null }
}
