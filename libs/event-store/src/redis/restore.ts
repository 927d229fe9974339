// A log from its archive: the way back into a Redis that has lost everything.
import { AppError } from '@ordershop/core'
import { chainOf } from '../archive/chain.ts'
import { type Manifest, readManifest } from '../archive/manifest.ts'
import type { Objects } from '../archive/objects.ts'
import { writeIndex } from '../archive/write-index.ts'
import { type PartitionId, partitionName } from '../event.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { compareEntryIds } from '../log/entry-id.ts'
import { chillStep } from './chill-step.ts'
import { answerTo } from './connection.ts'
import { type GroupCursor, placeGroups } from './group-states.ts'
import { keys } from './keys.ts'
import { hasEvent, type LogStands, logStands } from './log-stands.ts'
import type { ScriptedRedis } from './scripts.ts'
import { entryOf } from './wire.ts'

/** What is restored, and up to where. */
export type RestoreOptions = {
  readonly objects: Objects
  /** Default: every topic of the catalog. */
  readonly topics?: readonly string[]
  /** No event that Redis stored later than this, in milliseconds since 1970. Default: all. */
  readonly untilMs?: number
  /** No event of a partition behind this position. Default: all. */
  readonly untilPosition?: (at: PartitionId) => number | undefined
  /** So many events of each partition are put back into Redis, the newest; the others stay in the archive, and are read there. Default: all. */
  readonly keepEvents?: number
  /**
   * Redis was started from a backup of itself: where its log goes on beyond the archive, having the archive's end, it stays
   * as it is. Default: that is refused.
   */
  readonly ontoBackup?: boolean
}

/** Blocks of the archive, of some hundred events each, after which entities leave. */
const blocksPerChill = 32

/** `events` of them were written now; the log ends at `position`. */
export type RestoredPartition = PartitionId & { readonly events: number; readonly position: number }

const nothingArchived: GroupCursor = { entry_id: '0-0', position: 0, event_id: '' }

/**
 * Puts one partition back. What is there already must be the beginning of it, as when a restore was broken off; of the
 * archive it reads the segment that has the log's last event, which must be the same event, and those behind.
 *
 * @throws AppError `conflict` when the log has another history, or has moved meanwhile.
 */
export async function restorePartition(
  redis: ScriptedRedis,
  options: RestoreOptions,
  at: PartitionId,
  partitions: number,
): Promise<RestoredPartition> {
  const { objects, untilMs = Number.POSITIVE_INFINITY, keepEvents = Number.POSITIVE_INFINITY } = options
  if (!(keepEvents >= 1))
    throw new AppError('invalid', `restore: keepEvents is ${keepEvents}, expected a whole number from 1`)
  const most = options.untilPosition?.(at) ?? Number.POSITIVE_INFINITY
  const manifest = await readManifest(objects, at)
  checkPartitions(at, manifest, partitions)
  const chain = chainOf(objects, at)
  const there = await logStands(redis, at)
  const coldUpTo = Math.min((await chain.end()).last, most) - keepEvents
  const isOver = ({ entryId, position }: LogEntry) =>
    Number(entryId.split('-')[0]) > untilMs || position > most
  const walk: Walk = { position: there.position, last: nothingArchived, over: false }
  let coldBlocks = 0
  for await (const block of chain.entries(await chain.before(there.position))) {
    const before = walk.position
    const { fresh, cold } = freshOf(block, walk, { there, coldUpTo, isOver })
    if (before === there.position && walk.same) await checkThere(redis, at, there, walk.same)
    if (walk.blocked) throw written(at, there, walk.blocked)
    if (fresh.length > 0) await write(redis, at, [before, walk.position], fresh, cold)
    if (cold.entries > 0 && ++coldBlocks % blocksPerChill === 0) await chillAll(redis, at)
    if (walk.over) break
  }
  const { last, over, position } = walk
  if (last.position < there.position) {
    if (over || !options.ontoBackup) throw longer(at, there)
    if (last.position > 0) await checkThere(redis, at, there, last)
  }
  if (coldBlocks > 0) {
    await writeIndex(objects, entryOf, at)
    await chillAll(redis, at)
  }
  await placeGroups(redis, at, manifest?.groups ?? {}, last)
  return { ...at, events: position - there.position, position }
}

/**
 * How far the archive was walked through: `same` is the event at the position that the log is at, `blocked` one that has no
 * place behind the log's last entry.
 */
type Walk = { position: number; last: GroupCursor; over: boolean; same?: GroupCursor; blocked?: string }

type Bounds = {
  readonly there: LogStands
  readonly coldUpTo: number
  readonly isOver: (entry: LogEntry) => boolean
}

/** What of a block the log does not have, and how much of it, from its beginning, is to stay in the archive. */
function freshOf(block: readonly RawEntry[], walk: Walk, { there, coldUpTo, isOver }: Bounds) {
  const fresh: RawEntry[] = []
  const cold = { entries: 0, position: 0 }
  for (const raw of block) {
    const entry = entryOf(raw)
    const { entryId, eventId, position } = entry
    walk.over ||= isOver(entry)
    if (walk.over) break
    const isEvent = !Number.isNaN(position)
    if (isEvent) walk.last = { entry_id: entryId, position, event_id: eventId }
    if (position === there.position) walk.same = walk.last
    walk.position = Math.max(walk.position, walk.last.position)
    const isThere = isEvent ? position <= there.position : walk.last.position < there.position
    const isBefore = compareEntryIds(entryId, there.entryId) <= 0
    if (isEvent && !isThere && isBefore) walk.blocked ??= entryId
    if (isThere || isBefore) continue
    fresh.push(raw)
    if (walk.last.position <= coldUpTo)
      Object.assign(cold, { entries: fresh.length, position: walk.last.position })
  }
  return { fresh, cold }
}

/** Entities all of whose events stay in the archive leave Redis again, so that it never has those of the whole log. */
async function chillAll(redis: ScriptedRedis, at: PartitionId): Promise<void> {
  const step = chillStep(redis)
  for (let cursor = ''; cursor !== '0'; ) cursor = (await step(at, cursor || '0')).cursor
}

function checkPartitions(at: PartitionId, manifest: Manifest | null, partitions: number): void {
  if (!manifest || manifest.partitions === partitions) return
  throw new AppError(
    'invalid',
    `restore ${partitionName(at)}: the archived topic has ${manifest.partitions} partitions, expected ${partitions}`,
  )
}

const longer = (at: PartitionId, there: LogStands) =>
  new AppError(
    'conflict',
    `restore ${partitionName(at)}: the log has ${there.position} events, expected no more than are to be restored`,
  )

const written = (at: PartitionId, there: LogStands, entryId: string) =>
  new AppError(
    'conflict',
    `restore ${partitionName(at)}: the log ends with entry ${there.entryId}, expected none behind which ${entryId} cannot be put: somebody has written to it`,
  )

/** The log must have an event of the archive: otherwise the two are two histories. */
async function checkThere(
  redis: ScriptedRedis,
  at: PartitionId,
  there: LogStands,
  event: GroupCursor,
): Promise<void> {
  const { entry_id: entryId, event_id: eventId, position } = event
  if (await hasEvent(redis, at, there, { entryId, eventId, position })) return
  throw new AppError(
    'conflict',
    `restore ${partitionName(at)}: the log does not have event ${eventId} at position ${position}, expected the history that is archived or an empty log`,
  )
}

async function write(
  redis: ScriptedRedis,
  at: PartitionId,
  [from, to]: readonly [number, number],
  entries: readonly RawEntry[],
  cold: { entries: number; position: number },
): Promise<void> {
  const named = [keys.events, keys.versions, keys.head].map((key) => key(at))
  const args = entries.flatMap(([id, fields]) => [id, fields.length, ...fields])
  const done = await ask('write', redis.restore(...named, from, to, cold.entries, cold.position, ...args))
  if (done !== 1)
    throw new AppError(
      'conflict',
      `restore ${partitionName(at)}: the log has moved from position ${from} meanwhile, expected nobody else to write`,
    )
}

const ask = <T>(attempted: string, answer: Promise<T>) => answerTo<T>(`restore: ${attempted}`, answer)
