// Cuts off the end of an archive that is of a former history: Redis was put back to the past, or failed over, and went on.
import type { PartitionId } from '../event.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { chainOf } from './chain.ts'
import type { Objects } from './objects.ts'
import { broken, entriesOf, readSegment } from './read-segment.ts'
import { type SegmentHeader, segmentWriter, type WrittenSegment } from './segment.ts'
import { mergedName, type NamedSegment, namesIn, readRunName, runsOf } from './segment-names.ts'

/** An event of the archive, as far as it must be known to be looked for in the log. */
export type ArchivedEvent = { readonly entryId: string; readonly eventId: string; readonly position: number }

/** What cutting needs. */
export type CutOptions = {
  readonly objects: Objects
  readonly entryOf: (raw: RawEntry) => LogEntry
  /** Whether the log has an event of the archive, or has had it until it was trimmed. */
  readonly isInLog: (at: PartitionId, event: ArchivedEvent) => Promise<boolean>
}

/** What is to be cut off one partition. */
export type Cut = PartitionId & {
  /** Position of the last event that log and archive share. */
  readonly after: number
  /** Position at which the archive ends now. */
  readonly last: number
  readonly lost: readonly NamedSegment[]
  /** The beginning of the first of those, up to `after`; none where a segment ends there. */
  readonly kept: WrittenSegment | null
}

/** @returns null where the archive's end is in the log: the log is its history. */
export async function planCut(options: CutOptions, at: PartitionId): Promise<Cut | null> {
  const chain = chainOf(options.objects, at)
  const { segments } = await chain.list()
  let after = 0
  let last = 0
  let common = segments.length
  for (; common > 0; common--) {
    const { name } = segments[common - 1] as NamedSegment
    const header = (await chain.header(name))?.header
    if (!header) throw broken(name, 'it is gone since it was listed')
    last ||= header.last
    after = header.last
    if (await options.isInLog(at, endOf(header))) break
    after = 0
  }
  const lost = segments.slice(common)
  const [oldest] = lost
  if (!oldest) return null
  const kept = await beginningOf(options, at, oldest.name)
  return { ...at, after: kept?.header.last ?? after, last, lost, kept }
}

const endOf = ({ last_entry, last_event, last }: SegmentHeader): ArchivedEvent => ({
  entryId: last_entry,
  eventId: last_event,
  position: last,
})

/** Copies what is lost to names that begin with `aside`, then removes it, the newest first: broken off, it is begun anew. */
export async function cutOff(objects: Objects, cut: Cut, aside: string): Promise<void> {
  const { lost, kept } = cut
  for (const { name } of lost) {
    const bytes = await objects.read(name)
    if (bytes) await objects.create(`${aside}${name}`, bytes)
  }
  // Called otherwise than the one that it is of, whose bytes somebody may remember.
  const keptName = kept && mergedName(cut, kept.header.first, kept.header.last)
  if (kept && keptName && !(await chainOf(objects, cut).add(kept, keptName)))
    throw broken(keptName, 'it is another one than was written')
  // The index is made again of the segments that stay.
  for (const name of await namesIn(objects, runsOf(cut)))
    if ((readRunName(name)?.last ?? 0) > cut.after) await objects.remove(name)
  for (const { name } of lost.toReversed()) await objects.remove(name)
}

/** Of the segment in which the two histories part: what they share, in the parts in which it was sealed; null for nothing. */
async function beginningOf(
  { objects, entryOf, isInLog }: CutOptions,
  at: PartitionId,
  name: string,
): Promise<WrittenSegment | null> {
  const segment = await readSegment(objects, name)
  if (!segment) throw broken(name, 'it is gone since it was listed')
  const all = [...entriesOf(segment)].flat().map((raw) => ({ raw, entry: entryOf(raw) }))
  const events = all.filter(({ entry }) => !Number.isNaN(entry.position))
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (await isInLog(at, (events[middle] as (typeof events)[0]).entry)) low = middle + 1
    else high = middle
  }
  const end = events[low - 1]
  if (!end) return null
  const writer = segmentWriter(at, segment.header.previous)
  const counts = segment.header.parts.map(({ count }) => count)
  let inPart = 0
  for (const { raw, entry } of all.slice(0, all.indexOf(end) + 1)) {
    await writer.add(raw, entry)
    if (++inPart < (counts[0] ?? 0)) continue
    writer.endPart()
    counts.shift()
    inPart = 0
  }
  return writer.end()
}
