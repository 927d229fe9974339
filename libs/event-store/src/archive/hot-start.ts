// Where the part of the log begins that Redis has: what comes before was trimmed, and is in the archive.
import type { PartitionId } from '../event.ts'
import { compareEntryIds } from '../log/entry-id.ts'

export type HotStart = {
  /** Position of the last event that was trimmed; 0 when none was. */
  readonly trimmed: number
  /** Entry id of the first entry that was not; '' when none was. */
  readonly firstEntry: string
}

/** What Redis says of an entity that may be cold: only the archive can tell its last event. */
export type MaybeCold = HotStart & {
  /** When entities last became cold: until others do, what the archive tells is so. */
  readonly chilled: string
}

/** Asks Redis. */
export type AskHotStart = (at: PartitionId) => Promise<HotStart>

export function isTrimmed(entryId: string, { firstEntry }: HotStart): boolean {
  return firstEntry !== '' && compareEntryIds(entryId || '0-0', firstEntry) < 0
}
