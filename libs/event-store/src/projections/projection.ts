import type { AnyEvent, LogPosition, Recorded } from '../event.ts'
import type { SubscriptionSettings } from '../groups/subscription.ts'
import type { RowQuery, RowWrite } from '../rows/row.ts'

/**
 * A fold of the log into rows that can be read with redis-cli.
 *
 * - **Effectively once**: the rows and the cursor are written by one script, so a crash repeats neither.
 * - **Order**: as for a subscription; an event can only write rows in its own partition.
 * - **Rebuild**: a new version is built beside the live one; readers switch to it at once when it has caught up.
 * - An event that cannot be projected parks its key, as in a subscription; so does one with a write that Redis would
 *   refuse (a Set without members, a row that is a List already, adding to a field that holds no integer) or whose sum would
 *   leave the safe integers (±(2^53 - 1)), and then none of its writes is made.
 */
export type Projection<E extends AnyEvent = AnyEvent> = {
  /** e.g. `read-model`; version N of it reads as consumer group `read-model.vN`. */
  readonly name: string
  readonly topics: readonly string[]
  /**
   * Pure and deterministic: the same event gives the same writes, whenever it is replayed. At most 1,000 writes, each of
   * at most 4,000 arguments, together 10,000; scores are numbers, deltas safe integers.
   */
  readonly project: (event: Recorded<E>) => readonly RowWrite[]
} & Partial<SubscriptionSettings>

/** One running member of a projection's group. */
export type RunningProjection = {
  /** The version that readers see. */
  live(): number
  owned(): readonly string[]
  healthy(): boolean
  stop(): Promise<void>
}

/** Reads of a projection's live rows. */
export type EntityCache = {
  /**
   * Answers all queries, in order, in one round trip. An absent row is `{}` for HGETALL, else `[]` or 0.
   *
   * @throws AppError `unavailable`.
   */
  query(queries: readonly RowQuery[]): Promise<unknown[]>
  /**
   * Waits until the projection has handled every position: read-your-writes.
   *
   * @returns false when `timeoutMs` passed first, or at once when a cursor is known to stand still.
   */
  waitFor(positions: readonly LogPosition[], timeoutMs: number): Promise<boolean>
}
