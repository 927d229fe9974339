// Where the part of the log begins that Redis has: what comes before was trimmed, and is in the archive.
import type { PartitionId } from '../event.ts'
import type { LogEntry } from '../log/entry.ts'
import { compareEntryIds } from '../log/entry-id.ts'

export type HotStart = {
  /** Position of the last event that was trimmed; 0 when none was. */
  readonly trimmed: number
  /** Entry id of the first entry that was not; '' when none was. */
  readonly firstEntry: string
}

/** Asks Redis. */
export type AskHotStart = (at: PartitionId) => Promise<HotStart>

export function isTrimmed(entryId: string, { firstEntry }: HotStart): boolean {
  return firstEntry !== '' && compareEntryIds(entryId || '0-0', firstEntry) < 0
}

/** What was trimmed, and behind it what was not; either may reach into the other. */
export function joined(
  archived: readonly LogEntry[],
  hot: readonly LogEntry[],
  start: HotStart,
): readonly LogEntry[] {
  const before = ({ entryId }: LogEntry) => isTrimmed(entryId, start)
  return [...archived.filter(before), ...hot.filter((entry) => !before(entry))]
}
