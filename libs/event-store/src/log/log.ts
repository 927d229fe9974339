import type { EntityAppend, Snapshot, StateToken } from '../entity.ts'
import type { PartitionId } from '../event.ts'
import type { LogEntry, NewEntry } from './entry.ts'

/** One append, checked and encoded. */
export type EncodedAppend = {
  /** '': none is remembered. */
  readonly commandId: string
  /** Each of another entity. */
  readonly writes: readonly EncodedWrite[]
  /** Of all data. */
  readonly bytes: number
}

/** What an append writes to one entity. */
export type EncodedWrite = Pick<EntityAppend, 'entityId' | 'expected'> & {
  readonly entries: readonly NewEntry[]
  /** Where the archive has an entity that may be cold; see `MaybeCold`. */
  readonly lookedUp?: { readonly chilled: string; readonly token: StateToken }
}

/** What became of an append; nothing was written unless it was `stored`. */
export type AppendAnswer =
  | {
      readonly result: 'stored' | 'repeated'
      readonly position: number
      /** Where each write has left its entity. */
      readonly tokens: readonly StateToken[]
    }
  /** The entity of this write, from 0, is at `token`. */
  | { readonly result: 'conflict'; readonly write: number; readonly token: StateToken }
  /** The command id names another append, to this entity; '' when that is not in the log. */
  | { readonly result: 'reused'; readonly entityId: string }

/** One page of an entity's history, newest first. */
export type WalkedBack = {
  /** The command id was carried out before; then there is nothing else. */
  readonly known: boolean
  readonly head: StateToken
  /** The one that the walk has reached. */
  readonly snapshot?: Pick<Snapshot, 'version' | 'position' | 'entryId' | 'state'>
  /** Where to continue, or ''. */
  readonly next: string
  readonly entries: readonly LogEntry[]
}

/** The last entry of a partition, `0-0` where it has none; its last position, and the last that was trimmed from Redis, or 0. */
export type LogEnd = { readonly entryId: string; readonly position: number; readonly trimmed: number }

/** What a log must be able to do; Redis does it by scripts, the memory store by the same rules in Maps. */
export type Log = {
  /** Without events nothing is stored: what is there is confirmed as an append is, and answered as `repeated` or `stored`. */
  append(at: PartitionId, append: EncodedAppend): Promise<AppendAnswer>
  walkBack(
    at: PartitionId,
    entityId: string,
    options: { commandId: string; revision: string; limit: number; from: string },
  ): Promise<WalkedBack>
  lastEntries(at: PartitionId, entityIds: readonly string[]): Promise<readonly (LogEntry | null)[]>
  /** Entries after an entry id (exclusive), at most `count`. */
  page(at: PartitionId, after: string, count: number): Promise<readonly LogEntry[]>
  /** Where a partition ends. */
  end(at: PartitionId): Promise<LogEnd>
  saveSnapshot(at: PartitionId, entityId: string, snapshot: Snapshot): Promise<void>
}
