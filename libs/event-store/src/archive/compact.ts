// Puts the small segments of a partition together: one a minute for years would be more files than anybody can list.
import type { PartitionId } from '../event.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { chainOf } from './chain.ts'
import type { Objects } from './objects.ts'
import { broken, entriesOf, readSegment } from './read-segment.ts'
import { chainAfter, type SegmentHeader, segmentWriter } from './segment.ts'
import { mergedName, type NamedSegment } from './segment-names.ts'

/** So many of them are put together. */
const smallSegments = 64
/** Of one that is put together: what its header has room for, and what is in memory at once. */
const mostParts = 1_024
const mostChars = 8 * 1024 * 1024

/** What putting together needs. */
export type CompactOptions = {
  readonly objects: Objects
  readonly entryOf: (raw: RawEntry) => LogEntry
  /** Events of a segment, at most. */
  readonly events: number
}

/**
 * Puts the newest small segments of a partition together, when there are enough, in one or some of up to `events` events.
 * Each is read back before those that it was made of are removed. What is made of the same segments is the same, byte for
 * byte, so it does no harm if two do it at once; a crash leaves segments that are removed the next time.
 *
 * @returns how many segments there are fewer. @throws AppError as reading and writing segments do.
 */
export async function compact(options: CompactOptions, at: PartitionId): Promise<number> {
  const { objects } = options
  const { segments, covered } = await chainOf(objects, at).list()
  for (const { name } of covered) await objects.remove(name)
  const lastMerged = segments.findLastIndex(({ last }) => last !== undefined)
  if (segments.length - 1 - lastMerged < smallSegments) return 0
  // The one before them may have room yet.
  const small = segments.slice(Math.max(0, lastMerged))
  let fewer = 0
  for (let from = 0; from < small.length; ) {
    const merged = await mergeFrom(options, at, small.slice(from))
    from += merged
    fewer += merged - 1
  }
  return fewer
}

/** Puts as many of the first of these together as there is room for, and tells how many that were. */
async function mergeFrom(
  { objects, entryOf, events }: CompactOptions,
  at: PartitionId,
  segments: readonly NamedSegment[],
): Promise<number> {
  const taken: SegmentHeader[] = []
  let writer: ReturnType<typeof segmentWriter> | undefined
  let parts = 0
  for (const { name } of segments) {
    const segment = await readSegment(objects, name)
    if (!segment) throw broken(name, 'it is gone since it was listed')
    const { header } = segment
    const before = taken.at(-1)
    if (before && (header.previous !== chainAfter(before) || header.first !== before.last + 1))
      throw broken(name, `it does not follow the one that ends at position ${before.last}`)
    parts += header.parts.length
    if (writer && (writer.count() + header.count > events || parts > mostParts || writer.chars() > mostChars))
      break
    writer ??= segmentWriter(at, header.previous)
    let left = 0
    const counts = header.parts.map(({ count }) => count)
    for (const block of entriesOf(segment))
      for (const raw of block) {
        await writer.add(raw, entryOf(raw))
        if (++left === counts[0]) {
          writer.endPart()
          counts.shift()
          left = 0
        }
      }
    taken.push(header)
  }
  if (!writer || taken.length < 2) return 1
  const written = await writer.end()
  const { first, last } = written.header
  const name = mergedName(at, first, last)
  if (!(await chainOf(objects, at).add(written, name)))
    throw broken(name, 'it is another one than was written')
  for (const segment of segments.slice(0, taken.length)) await objects.remove(segment.name)
  return taken.length
}
