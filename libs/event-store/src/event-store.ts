import type { AnyEvent, Cause, EntityRef, LogPosition, NewEvent, Recorded, StateToken } from './event.ts'
import type { RunningSubscription, Subscription } from './groups/subscription.ts'
import type { EntityCache, Projection, RunningProjection } from './projections/projection.ts'

/** One atomic append to one entity. */
export type Append<E extends AnyEvent = AnyEvent> = EntityRef &
  Cause & {
    /**
     * What the entity must be at. A `StateToken` is what a decision needs: it holds for exactly the state that was read.
     * A version number (0 = must not exist yet) is for people: it does not protect from an event that was read, then lost
     * by a failover, and replaced by another of the same number. `'any'` does not check.
     */
    readonly expected: StateToken | number | 'any'
    /**
     * Names this write, 1 to 256 characters: the same append under the same id is stored once, however often it comes
     * within an hour. The id belongs to its entity and events: their partition refuses it for others. Another partition
     * does not know it, and takes it for a command of its own.
     */
    readonly commandId: string
    /** 1 to 512 events, kept in this order; `data` of each at most 128 KiB of JSON, together at most 1 MiB. */
    readonly events: readonly NewEvent<E>[]
  }

/** What an append answers. */
export type Appended = LogPosition & {
  /** The entity's version after the append: the number of its events. */
  readonly version: number
  /** Names the entity's state after the append. */
  readonly token: StateToken
  /** True when this command id had been stored before, and nothing was written now. */
  readonly repeated: boolean
}

/** An entity as `load` finds it. */
export type Loaded<E extends AnyEvent = AnyEvent> = {
  /** 0 when it does not exist. */
  readonly version: number
  /** Names this state, for the `expected` of an append that was decided on it. */
  readonly token: StateToken
  /** The position of its last event; 0 when it does not exist. */
  readonly position: number
  readonly partition: number
  /** State to start from, when a valid snapshot of `revision` was stored; `events` then begin after it. */
  readonly snapshot?: unknown
  /** In order of version. */
  readonly events: readonly Recorded<E>[]
  /** The stored answer, when `commandId` is known already; `events` are then empty. */
  readonly repeated?: Appended
}

/** State of an entity at a version, kept so that a long history need not be read whole. */
export type Snapshot = {
  readonly version: number
  /** The position of the event at `version`. */
  readonly position: number
  /** Entry id of the event at `version`: a snapshot whose event is not in the log any more is not used. */
  readonly entryId: string
  /** Names the decider's shape of state, e.g. `order/1`; a snapshot of another revision is not used. */
  readonly revision: string
  readonly state: unknown
}

/**
 * A partitioned log of events in which every entity has its own version, with subscriptions that keep the order.
 *
 * **Order.** Events of one entity (more exactly: of one key) are totally ordered, for readers and for every
 * subscription. There is no order across partitions. Two appends are ordered only when the first was awaited.
 *
 * **Durability.** A resolved append is stored at the store's durability (`memory`, `fsync` or `replicated`). A rejected
 * one with code `unavailable` may or may not be stored; the same command id, repeated, settles it.
 *
 * **What readers see.** `load`, `readEntity`, `lastEvents` and `readTopic` read the master: every acknowledged event, and
 * also one that is not acknowledged yet and that a failover may still lose. Nothing that was decided on such an event is
 * stored once it is lost: the token of the state does not fit any more. Subscriptions and projections of a `replicated`
 * store are given confirmed events only.
 *
 * Two implementations pass one conformance suite (`@ordershop/event-store/testing`): `redisEventStore`, and
 * `memoryEventStore` for tests of what is built on top.
 */
export type EventStore<E extends AnyEvent = AnyEvent> = {
  /**
   * Appends events to one entity, all or none, exactly once per command id.
   *
   * @throws AppError `conflict` when the entity is not at what was `expected` (nothing was written; the message names both);
   *   `invalid` when a limit or a schema is broken (nothing was sent), or when the command id was used in this partition
   *   for another entity or for other events (nothing was written; its field is `commandId`); `unavailable` when the store did not answer in
   *   time: the outcome is then unknown until the same command id is appended again.
   */
  append(append: Append<E>): Promise<Appended>

  /**
   * Reads what a decision needs, in one round trip for up to 1,000 events: history since the last snapshot of
   * `snapshotRevision`, or the stored answer when `commandId` was carried out before, as durable as `append` promises.
   *
   * One consistent look, however long the entity: what is appended meanwhile belongs to the next load.
   *
   * @throws AppError `unavailable`; `invalid` when the command id was used for another entity of the partition; `internal`
   *   when events of the entity are missing in the log.
   */
  load(ref: EntityRef, options?: { commandId?: string; snapshotRevision?: string }): Promise<Loaded<E>>

  /**
   * Resolves once the state that was read is as durable as an append: for who answers on what was read, without writing.
   *
   * @throws AppError `conflict` when the entity is not at that state any more; `unavailable` as `append` does.
   */
  confirm(ref: EntityRef, token: StateToken): Promise<void>

  /** Keeps a snapshot, best effort: losing it costs time, never correctness. */
  saveSnapshot(ref: EntityRef, snapshot: Snapshot): Promise<void>

  /** All events of one entity in order of version; `[]` when there is none. @throws AppError `unavailable`. */
  readEntity(ref: EntityRef): Promise<readonly Recorded<E>[]>

  /**
   * The last event of each entity, or `null` where there is none, in the order asked. Read from the log itself on the
   * master, so every acknowledged append is seen.
   */
  lastEvents(refs: readonly EntityRef[]): Promise<readonly (Recorded<E> | null)[]>

  /**
   * Walks one partition in order of position, page by page, up to what is there when the page is read.
   *
   * @param range `after` is an entry id (default: from the beginning); `pageSize` events per round trip (default 512).
   */
  readTopic(
    topic: string,
    partition: number,
    range?: { after?: string; pageSize?: number },
  ): AsyncIterable<Recorded<E>>

  /**
   * Starts one member of a consumer group. See `Subscription` for delivery, order, failure and limits.
   *
   * @throws AppError `invalid` for a topic that the catalog does not name.
   */
  subscribe(subscription: Subscription<E>): RunningSubscription

  /** Starts one member of the group that keeps a projection up to date. See `Projection`. */
  project(projection: Projection<E>): RunningProjection

  /** Reads the rows that a projection keeps, from any process. */
  cache(projectionName: string): EntityCache

  /** Partitions of every topic. */
  readonly partitions: number

  /** The partition in which everything of `key` lies. */
  partitionOf(key: string): number

  /** Stops every subscription and projection gracefully, then closes the connections. */
  close(): Promise<void>
}
