// How far a log is, and whether an event of its archive is part of it: what a restore and a cut go by.
import type { ArchivedEvent } from '../archive/cut.ts'
import type { PartitionId } from '../event.ts'
import type { RawEntry } from '../log/entry.ts'
import { answerTo } from './connection.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'
import { entryOf } from './wire.ts'

/** How far the log is: its last position, the id of its last entry, and the last position that was trimmed. */
export type LogStands = { readonly position: number; readonly entryId: string; readonly trimmed: number }

export async function logStands(redis: ScriptedRedis, at: PartitionId): Promise<LogStands> {
  const what = 'look where the log is'
  const newest = redis.xrevrange(keys.events(at), '+', '-', 'COUNT', 1)
  const found = await answerTo<RawEntry[]>(what, newest)
  const head = redis.hmget(keys.head(at), 'position', 'trimmed')
  const [position, trimmed] = await answerTo<(string | null)[]>(what, head)
  return { position: Number(position), entryId: found[0]?.[0] ?? '0-0', trimmed: Number(trimmed) }
}

/** Whether the log has an event of the archive, or has had it until it was trimmed. */
export async function hasEvent(
  redis: ScriptedRedis,
  at: PartitionId,
  { trimmed }: LogStands,
  { entryId, eventId, position }: ArchivedEvent,
): Promise<boolean> {
  const asked = redis.xrange(keys.events(at), entryId, entryId)
  const found = await answerTo<RawEntry[]>('compare log and archive', asked)
  const met = found[0] && entryOf(found[0]).eventId
  return met === eventId || (met === undefined && position <= trimmed)
}
