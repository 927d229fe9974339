import type { LogEntry } from '../log/entry.ts'
import type { WatchFilter } from './watch.ts'

/** Whether an entry, which need not be decoded for it, is one that a reader wants; its topic is another matter. */
export function fits({ types, entityId, correlationId }: WatchFilter, entry: LogEntry): boolean {
  if (entityId !== undefined && entry.entityId !== entityId) return false
  if (correlationId !== undefined && entry.correlationId !== correlationId) return false
  return types === undefined || types.includes(entry.type)
}
