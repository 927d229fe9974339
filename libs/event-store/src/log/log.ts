import type { Snapshot } from '../event-store.ts'
import type { PartitionId } from './keys.ts'
import type { RawEntry } from './wire.ts'

/** One append, checked and encoded. */
export type WireAppend = {
  readonly commandId: string
  readonly entityId: string
  /** A version in digits, or `any`. */
  readonly expected: string
  /** Event id, type, meta and data of each event, flat. */
  readonly events: readonly string[]
  readonly bytes: number
}

/** One page of an entity's history, newest first. */
export type WalkedBack = {
  /** `version:position` stored for the command id, or ''. */
  readonly answer: string
  /** `version@entry id`, or '' when the entity does not exist. */
  readonly head: string
  /** `version|entry id|revision|{position, state}`, or ''. */
  readonly snapshot: string
  /** Where to go on, or ''. */
  readonly next: string
  readonly entries: readonly RawEntry[]
}

/** What a log must be able to do; Redis does it by the scripts in `lua/`, the memory store by the same rules in a Map. */
export type Log = {
  /** Answers `O<version>:<position>`, `R<version>:<position>` or `C<version>`, see `append.lua`. */
  append(at: PartitionId, append: WireAppend): Promise<string>
  walkBack(
    at: PartitionId,
    entityId: string,
    options: { commandId: string; revision: string; limit: number; from: string },
  ): Promise<WalkedBack>
  lastEntries(at: PartitionId, entityIds: readonly string[]): Promise<readonly (RawEntry | null)[]>
  /** Entries after an entry id (exclusive), at most `count`. */
  page(at: PartitionId, after: string, count: number): Promise<readonly RawEntry[]>
  saveSnapshot(at: PartitionId, entityId: string, snapshot: Snapshot): Promise<void>
}
