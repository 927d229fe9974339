// Entities that are only in the archive: their last event, looked up once and remembered.
import { LRUCache } from 'lru-cache'
import type { StateToken } from '../entity.ts'
import { type PartitionId, partitionName } from '../event.ts'
import type { LogEntry } from '../log/entry.ts'
import type { ArchivedLog } from './archived-log.ts'
import type { MaybeCold } from './hot-start.ts'

/** Bytes of entries that are remembered, about. */
const rememberedBytes = 4 * 1024 * 1024

type Known = { readonly trimmed: number; readonly entry: LogEntry | null }

/**
 * Looks up where an entity is that Redis does not have, as of when Redis said so.
 *
 * All events of a cold entity are trimmed. So its last one follows from how far the log was trimmed then, and what was
 * found before is still so unless there is a later one, up to there.
 */
export function coldEntities(archived: Pick<ArchivedLog, 'lastOf'>) {
  const known = new LRUCache<string, Known>({
    maxSize: rememberedBytes,
    sizeCalculation: ({ entry }, key) => key.length + 500 + 2 * (entry?.data.length ?? 0),
  })

  return async function lastOf(
    at: PartitionId,
    entityId: string,
    maybe: MaybeCold,
  ): Promise<LogEntry | null> {
    const key = `${partitionName(at)} ${entityId}`
    const before = known.get(key)
    if (before?.trimmed === maybe.trimmed) return before.entry
    // A Redis that came back older may have trimmed less: what was found may be of the history that it has lost.
    const isEarlier = before !== undefined && before.trimmed < maybe.trimmed
    const later = await archived.lastOf(at, entityId, maybe, isEarlier ? before.trimmed : 0)
    // A copy: its strings are slices of the block that was read, all of which they would keep in memory.
    const entry = later ? structuredClone(later) : isEarlier ? before.entry : null
    known.set(key, { trimmed: maybe.trimmed, entry })
    return entry
  }
}

/** Where an entity is whose last event this is. */
export const tokenOf = (last: LogEntry | null): StateToken =>
  last ? `${last.version}@${last.entryId}` : '0@'
