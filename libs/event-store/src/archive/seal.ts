// One segment: what the log has behind the archive's end, written, read back, and recorded in Redis under a lease.
import { AppError } from '@ordershop/core'
import { newId } from '@ordershop/core/id'
import { type PartitionId, partitionName } from '../event.ts'
import type { Claimed, Cursor, Groups } from '../groups/groups.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { type Chain, type ChainEnd, chainOf } from './chain.ts'
import { type Manifest, writeManifest } from './manifest.ts'
import type { Objects } from './objects.ts'
import { type SegmentWriter, segmentWriter, type WrittenSegment } from './segment.ts'

/** Entries of the log behind an entry id, `count` at most: as they are stored, and read. */
export type StoredPage = (
  at: PartitionId,
  after: string,
  count: number,
) => Promise<readonly { readonly raw: RawEntry; readonly entry: LogEntry }[]>

/** What sealing needs. */
export type SealOptions = {
  readonly objects: Objects
  readonly groups: Pick<Groups, 'claim' | 'advance' | 'release'>
  readonly page: StoredPage
  /** What goes into the manifest beside the segments. */
  readonly about: (at: PartitionId) => Promise<Pick<Manifest, 'partitions' | 'groups'>>
  /** The group whose cursor says how far a partition is archived. */
  readonly group: string
  readonly member: string
  readonly leaseMs: number
  /** Events of a segment, at most. */
  readonly events: number
}

/** `held`: another member is at it. */
export type Sealed =
  | { readonly result: 'sealed'; readonly events: number; readonly bytes: number; readonly full: boolean }
  | { readonly result: 'nothing' | 'held' }

const perPage = 512
/** Characters of entries after which a segment ends, however few they are: what is in memory at once. */
const mostChars = 16 * 1024 * 1024

/**
 * Archives what the log has behind the archive's end, as one segment; with `onlyFull`, nothing unless that fills one.
 *
 * A segment's place follows from the one before, and an object that is there is never written again. So of two that are
 * at it, the lease of one having run out, one comes first, and the other finds its place taken. Only what was read back is
 * recorded, and only by who holds the lease. Whoever comes after a crash between the two records what it finds.
 *
 * @throws AppError `conflict` when log and archive are two histories, or another archive was recorded: a person has to
 *   look. `unavailable` when one of them cannot be reached, or another member was first.
 */
export async function seal(options: SealOptions, at: PartitionId, onlyFull: boolean): Promise<Sealed> {
  const { objects, groups, group, member, leaseMs, events } = options
  const chain = chainOf(objects, at)
  const end = await chain.end()
  const token = newId()
  const lease = { token, member, leaseMs, remembered: cursorOf(end), maxInHand: events }
  const claimed = await groups.claim(at, group, lease)
  if (!claimed) return { result: 'held' }
  const record = (from: Cursor, to: Cursor) => advance(options, at, token, from, to)
  try {
    checkHistory(at, claimed, end)
    // Whoever wrote the last segment did not come to recording it; if somebody did, this only renews the lease. Where
    // writes are replicated, it also says that what was read is not about to be lost.
    await record(claimed.cursor, cursorOf(end))
    const writer = segmentWriter(at, end.chain)
    await readOn(options, at, end, writer)
    const full = isFull(options, writer)
    if (writer.count() === 0 || (onlyFull && !full)) return { result: 'nothing' }
    const written = await writer.end()
    await record(cursorOf(end), cursorOf(end))
    await add(chain, at, written)
    await record(cursorOf(end), cursorOf(written.header))
    // A zombie's may be older: a restore has some events handled once more then.
    await writeManifest(objects, at, await options.about(at))
    return { result: 'sealed', events: written.header.count, bytes: written.bytes.length, full }
  } finally {
    await groups.release(at, group, token).catch(() => {})
  }
}

const cursorOf = ({ last, last_entry, last_event }: Omit<ChainEnd, 'chain'>): Cursor => ({
  entryId: last_entry,
  position: last,
  eventId: last_event,
})

/** The archive must be a part of the log, and as long as Redis has recorded it to be, or longer. */
function checkHistory(at: PartitionId, { cursor, remembers }: Claimed, end: ChainEnd): void {
  if (!remembers)
    throw new AppError(
      'conflict',
      `archive ${partitionName(at)}: it ends with event ${end.last_event} at position ${end.last}, expected that event in the log: Redis has lost events that are archived`,
    )
  if (cursor.position > end.last || (cursor.position === end.last && cursor.eventId !== end.last_event))
    throw new AppError(
      'conflict',
      `archive ${partitionName(at)}: it ends at position ${end.last}, expected ${cursor.position} (event ${cursor.eventId}), as recorded in Redis: it has lost segments, or is another shop's`,
    )
}

async function advance(
  { groups, group, leaseMs }: SealOptions,
  at: PartitionId,
  token: string,
  from: Cursor,
  to: Cursor,
): Promise<void> {
  const answer = await groups.advance(at, group, { token, leaseMs, from, to, parks: [], rows: [] })
  if (answer === 'OK' || answer === 'ASKED') return
  const what = `archive ${partitionName(at)}: record position ${to.position}`
  if (answer === 'FORK')
    throw new AppError('conflict', `${what}: event ${to.eventId} is not in the log: Redis has lost events`)
  throw new AppError('unavailable', `${what}: another member has the lease (${JSON.stringify(answer)})`)
}

async function add(chain: Chain, at: PartitionId, written: WrittenSegment): Promise<void> {
  if (await chain.add(written)) return
  const { first } = written.header
  throw new AppError(
    'unavailable',
    `archive ${partitionName(at)}: another member has written the segment at position ${first}`,
  )
}

const isFull = ({ events }: SealOptions, writer: SegmentWriter) =>
  writer.count() >= events || writer.chars() >= mostChars

/** Gives the writer what follows `end`, until it is full. It ends with an event: the next segment begins behind it. */
async function readOn(
  options: SealOptions,
  at: PartitionId,
  end: ChainEnd,
  writer: SegmentWriter,
): Promise<void> {
  // Entries without a position, which go with the event that follows.
  let foreign: Awaited<ReturnType<StoredPage>>[number][] = []
  let position = end.last
  const pageAfter = (after: string) => options.page(at, after, perPage)
  for (let coming: ReturnType<StoredPage> | null = pageAfter(end.last_entry); coming; ) {
    const entries: Awaited<ReturnType<StoredPage>> = await coming
    const last = entries.at(-1)
    // Read while this one is compressed.
    coming = last && entries.length === perPage ? pageAfter(last.entry.entryId) : null
    coming?.catch(() => {})
    for (const one of entries) {
      if (Number.isNaN(one.entry.position)) {
        foreign.push(one)
        continue
      }
      if (one.entry.position !== ++position)
        throw new AppError(
          'unavailable',
          `archive ${partitionName(at)}: position ${one.entry.position}, expected ${position}: that event has left Redis for another archive, or was lost`,
        )
      for (const { raw, entry } of [...foreign, one]) await writer.add(raw, entry)
      foreign = []
      if (isFull(options, writer)) return
    }
  }
}
