import type { PartitionId } from '../event.ts'
import type { LogEntry } from '../log/entry.ts'
import type { RowWrite } from '../rows/row.ts'
import type { LiveMember } from './assignment.ts'

/** Where a group stands in a partition: the last event it has handled, or parked. */
export type Cursor = { readonly entryId: string; readonly position: number; readonly eventId: string }

/** The cursor before the first event. */
export const beginning: Cursor = { entryId: '0-0', position: 0, eventId: '' }

/** A lease as it was granted. */
export type Claimed = {
  readonly cursor: Cursor
  readonly parkedKeys: readonly string[]
  /** False when the event that the member remembers having read is not in the log any more. */
  readonly remembers: boolean
  /** Owners died or hung here: up to this position events are taken one at a time; 0 = none. */
  readonly carefulUntil: number
  /** Position of the event that ended the owner who took it alone; 0 = none. */
  readonly convicted: number
  /** Keys whose replay ended the owner before: it is not asked for any more. */
  readonly endedReplays: readonly string[]
}

/** Claims of a lease that was not given back, over the same events, after which they are taken one at a time. */
export const claimsUntilCareful = 3

/** An event that is tried alone; a parked key that is replayed, or whose replay is over. */
type Mark =
  | { readonly kind: 'try'; readonly position: number }
  | { readonly kind: 'replay' | 'replayed'; readonly key: string }

/** One parked event, as `advance` writes it. */
type Park = { readonly key: string; readonly entryId: string; readonly reason: string }

/** Takes the first event off a parked key; `next` is the entry id of the key's next parked event, '' when there is none. */
export type Unpark = { readonly key: string; readonly first: string; readonly next: string }

/** What an operator wants done with a parked key. */
export type ParkedRequest =
  | { readonly action: 'replay' }
  | {
      readonly action: 'skip' | 'discard'
      readonly operator: string
      readonly reason: string
      /** Entry id of the event that it is about, which must be the key's first; absent: whichever is. */
      readonly first?: string
    }

/** Takes parked events of a key off unhandled: the first, or all when `next` is ''. */
type Decision = Exclude<ParkedRequest, { action: 'replay' }> & {
  readonly token: string
  readonly key: string
  readonly first: string
  readonly next: string
}

/** One move of the cursor, and all that is stored with it. */
export type Advance = {
  readonly token: string
  readonly leaseMs: number
  readonly from: Cursor
  readonly to: Cursor
  readonly parks: readonly Park[]
  readonly rows: readonly RowWrite[]
  readonly unpark?: Unpark
}

/** Nothing was stored: `rows[index]` meets a row that is a `holds`, e.g. `list`, or a hash with a field that its command does not fit. */
export type RefusedRow = { readonly index: number; readonly holds: string }

/** See `advance.lua`. */
export type AdvanceAnswer = 'OK' | 'ASKED' | 'FENCED' | 'STALE' | 'FORK' | RefusedRow

/** Where a range of entries begins: at an entry id, or behind one. */
export type RangeStart = { readonly first: string } | { readonly after: string }

/** A partition to read, from after an entry id; `position` is that of the last event up to there. */
export type ReadFrom = { readonly at: PartitionId; readonly after: string; readonly position: number }

/** A connection on which one member waits for events. */
export type GroupReader = {
  /** Waits up to `blockMs` for entries in any of the partitions; `count` for each at most. */
  read(
    from: readonly ReadFrom[],
    count: number,
    blockMs: number,
  ): Promise<readonly { at: PartitionId; entries: readonly LogEntry[] }[]>
  /** Ends a `read` under way early. */
  wake(): void
  close(): void
}

/** What consumer groups need of a store; Redis does it by scripts, the memory store by the same rules. */
export type Groups = {
  /** Tells the group that a member lives, and what it reads; answers with all live members. `leaseMs` 0 = the member leaves. */
  beat(group: string, self: Required<LiveMember>, leaseMs: number): Promise<readonly LiveMember[]>
  /** `null` while another member holds the lease. */
  claim(
    at: PartitionId,
    group: string,
    lease: { token: string; member: string; leaseMs: number; remembered: Cursor; maxInHand: number },
  ): Promise<Claimed | null>
  /**
   * Notes what the owner is about to do that may end it. False when another owner has the lease.
   */
  mark(at: PartitionId, group: string, token: string, mark: Mark): Promise<boolean>
  advance(at: PartitionId, group: string, advance: Advance): Promise<AdvanceAnswer>
  /**
   * Whether an `advance` is confirmed by replicas. Then every batch is handled only after one: a master that was
   * cut off cannot confirm, so no handler acts on a history that is about to be lost.
   */
  readonly replicated: boolean
  release(at: PartitionId, group: string, token: string): Promise<void>
  /** What an operator wants done, by parked key. */
  requests(at: PartitionId, group: string): Promise<ReadonlyMap<string, ParkedRequest>>
  requestDone(at: PartitionId, group: string, key: string): Promise<void>
  /** Carries a decision out, records it, and ends its request, all at once. See `decide.lua`. */
  decide(at: PartitionId, group: string, decision: Decision): Promise<'OK' | 'FENCED' | 'STALE'>
  /** First and last parked entry of a key, or `null`. */
  parkedRange(at: PartitionId, group: string, key: string): Promise<{ first: string; last: string } | null>
  /** Parked and other entries from `first`, or after it, to `last`, at most `count`. */
  range(at: PartitionId, from: RangeStart, last: string, count: number): Promise<readonly LogEntry[]>
  /** @param reconnected as in `onReconnect`, for this reader's own connection. */
  reader(reconnected: () => void): GroupReader
  /** Calls back each time the connection came back: what was read before may be another history. Returns how to stop. */
  onReconnect(listener: () => void): () => void
}
