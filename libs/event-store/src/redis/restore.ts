// A log from its archive: the way back into a Redis that has lost everything.
import { AppError } from '@ordershop/core'
import { chainOf } from '../archive/chain.ts'
import { type GroupState, type Manifest, readManifest } from '../archive/manifest.ts'
import type { Objects } from '../archive/objects.ts'
import { writeIndex } from '../archive/write-index.ts'
import { type PartitionId, partitionName } from '../event.ts'
import type { RawEntry } from '../log/entry.ts'
import { compareEntryIds } from '../log/entry-id.ts'
import { chillStep } from './chill-step.ts'
import { answerTo } from './connection.ts'
import { keys } from './keys.ts'
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

/** An event of the archive: where a group may stand. */
type Archived = Omit<GroupState, 'parked'>

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
  const there = await lastThere(redis, at)
  const coldUpTo = Math.min((await chain.end()).last, most) - keepEvents
  let position = there.position
  let events = 0
  let last = { entry_id: '0-0', position: 0, event_id: '' }
  let over = false
  let coldBlocks = 0
  for await (const block of chain.entries(await chain.before(there.position))) {
    const fresh: RawEntry[] = []
    const cold = { entries: 0, position: 0 }
    const before = position
    for (const raw of block) {
      const entry = entryOf(raw)
      over ||= Number(entry.entryId.split('-')[0]) > untilMs || entry.position > most
      if (over) break
      if (!Number.isNaN(entry.position)) {
        last = { entry_id: entry.entryId, position: entry.position, event_id: entry.eventId }
        if (last.position === there.position) await checkThere(redis, at, there, last)
      }
      position = Math.max(position, last.position)
      const isThere = Number.isNaN(entry.position)
        ? last.position < there.position
        : entry.position <= there.position
      if (isThere || compareEntryIds(entry.entryId, there.entryId) <= 0) continue
      fresh.push(raw)
      if (last.position <= coldUpTo) Object.assign(cold, { entries: fresh.length, position: last.position })
    }
    if (fresh.length > 0) await write(redis, at, [before, position], fresh, cold)
    if (cold.entries > 0 && ++coldBlocks % blocksPerChill === 0) await chillAll(redis, at)
    events += position - before
    if (over) break
  }
  if (last.position < there.position) {
    if (over || !options.ontoBackup) throw longer(at, there)
    if (last.position > 0) await checkThere(redis, at, there, last)
  }
  if (coldBlocks > 0) {
    await writeIndex(objects, entryOf, at)
    await chillAll(redis, at)
  }
  await placeGroups(redis, at, manifest?.groups ?? {}, last)
  return { ...at, events, position }
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

const longer = (at: PartitionId, there: There) =>
  new AppError(
    'conflict',
    `restore ${partitionName(at)}: the log has ${there.position} events, expected no more than are to be restored`,
  )

/** The log must have an event of the archive, or have had it: otherwise the two are two histories. */
async function checkThere(
  redis: ScriptedRedis,
  at: PartitionId,
  there: There,
  event: Archived,
): Promise<void> {
  const { entry_id, event_id, position } = event
  const found = (await ask('compare', redis.xrange(keys.events(at), entry_id, entry_id))) as RawEntry[]
  const met = found[0] && entryOf(found[0]).eventId
  if (met === event_id || (met === undefined && position <= there.trimmed)) return
  throw new AppError(
    'conflict',
    `restore ${partitionName(at)}: the log does not have event ${event_id} at position ${position}, expected the history that is archived or an empty log`,
  )
}

/** Where groups are now, for the manifest. */
export async function groupStates(
  redis: ScriptedRedis,
  at: PartitionId,
  groups: readonly string[],
): Promise<Record<string, GroupState>> {
  const states = groups.map(async (group) => {
    const [[entry_id, position, event_id], parked] = await Promise.all([
      ask('read', redis.hmget(keys.subscription(at, group), 'entry_id', 'position', 'event_id')),
      ask('read', redis.hgetall(keys.parked(at, group))),
    ])
    if (!entry_id || !event_id) return []
    return [[group, { entry_id, position: Number(position), event_id, parked }] as const]
  })
  return Object.fromEntries((await Promise.all(states)).flat())
}

/** How far the log is: its last position, the id of its last entry, and the last position that was trimmed. */
type There = { readonly position: number; readonly entryId: string; readonly trimmed: number }

async function lastThere(redis: ScriptedRedis, at: PartitionId): Promise<There> {
  const found = (await ask('look', redis.xrevrange(keys.events(at), '+', '-', 'COUNT', 1))) as RawEntry[]
  const [position, trimmed] = await ask('look', redis.hmget(keys.head(at), 'position', 'trimmed'))
  return { position: Number(position), entryId: found[0]?.[0] ?? '0-0', trimmed: Number(trimmed) }
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

/** Groups go on where they were, or at the end of what was restored. One that has begun there already is left alone. */
async function placeGroups(
  redis: ScriptedRedis,
  at: PartitionId,
  groups: Readonly<Record<string, GroupState>>,
  last: Archived,
): Promise<void> {
  for (const [group, { parked, ...was }] of Object.entries(groups)) {
    const cursor = was.position > last.position ? last : was
    const key = keys.subscription(at, group)
    if (
      cursor.position === 0 ||
      (await ask('place groups', redis.hsetnx(key, 'position', cursor.position))) === 0
    )
      continue
    await ask('place groups', redis.hset(key, cursor))
    for (const [parkedKey, value] of Object.entries(parked)) {
      const [first = ''] = value.split('|', 1)
      if (compareEntryIds(first, last.entry_id) <= 0)
        await ask('place groups', redis.hset(keys.parked(at, group), parkedKey, value))
    }
  }
}

const ask = <T>(attempted: string, answer: Promise<T>) => answerTo<T>(`restore: ${attempted}`, answer)
