import type { StateCache } from './deciding/state-cache.ts'
import type { EntityRef } from './entity.ts'
import type { AnyEvent, PartitionId } from './event.ts'
import type { RunningSubscription, Subscription } from './groups/subscription.ts'
import type { EntityLog } from './log/entity-log.ts'
import type { LogEnd } from './log/log.ts'
import type { ReadBackOptions, ReadBackPage } from './log/read-back.ts'
import type { Readable } from './log/readable.ts'
import type { EntityCache, Projection, RunningProjection } from './projections/projection.ts'
import type { Causes, SearchOptions } from './watching/causes.ts'
import type { Watch, WatchOptions } from './watching/watch.ts'

/** A partition and where it ends; see `ends`. */
export type PartitionEnd = PartitionId & LogEnd

/**
 * A partitioned log of events in which every entity has its own version, with subscriptions that keep the order.
 *
 * **Order.** Events of one entity (more exactly: of one key) are totally ordered, for readers and for every
 * subscription. There is no order across partitions. Two appends are ordered only when the first was awaited.
 *
 * **Durability.** A resolved append is stored at the store's durability (`memory`, `fsync` or `replicated`). A rejected
 * one with code `unavailable` may or may not be stored; the same command id, repeated, settles it.
 *
 * **What readers see.** `load`, `loadAsOf`, `readEntity`, `lastEvents` and `readTopic` read the master: every acknowledged event, and
 * also one that is not acknowledged yet and that a failover may still lose. Nothing that was decided on such an event is
 * stored once it is lost: the token of the state does not fit any more. Subscriptions and projections of a `replicated`
 * store are given confirmed events only.
 *
 * Two implementations pass one conformance suite (`@ordershop/event-store/testing`): `redisEventStore`, and
 * `memoryEventStore` for tests of what is built on top.
 */
export type EventStore<E extends AnyEvent = AnyEvent> = EntityLog<E> & {
  /**
   * Starts one member of a consumer group. See `Subscription` for delivery, order, failure and limits.
   *
   * @throws AppError `invalid` for a topic that the catalog does not name.
   */
  subscribe(subscription: Subscription<E>): RunningSubscription

  /** Starts one member of the group that keeps a projection up to date. See `Projection`. */
  project(projection: Projection<E>): RunningProjection

  /**
   * Reads events without a group: each reader has all of what it asks for, and leaves nothing in the store but a cursor
   * with whoever asked.
   *
   * **Order.** The events of a partition in order of position, each once, from where the reading begins, and on from a
   * cursor; no order across partitions. One that cannot be decoded is yielded as `unreadable`, and the reading goes on.
   *
   * **Durability.** It reads the master: what it yields may not be acknowledged yet, and a failover may lose it. Then a
   * reader that is under way rejects with `unavailable` at the next event of that partition; one that comes with a cursor
   * of the lost history is not told, and goes on behind it by entry ids, which is by time.
   *
   * **Load.** All readers of a process share one connection (on a Cluster one for each partition) and the 4,096 newest
   * entries, at most 8 MiB, decoded once. A reader that is further behind pages by itself, 64 entries at a time, and eight
   * readers at a time do: memory does not grow with the number of readers, nor with how slow they are.
   *
   * @throws AppError `invalid` for a topic that the catalog does not name, and for a cursor that no watch has given. The
   *   iteration rejects with `unavailable` while the log cannot be read: go on from the cursor.
   */
  watch(options: WatchOptions): Watch<E>

  /**
   * One page of an entity's history, newest first, in bounded memory however long it is.
   *
   * @throws AppError `invalid` for a `before` that names no event of the entity; `unavailable`.
   */
  readBack(ref: EntityRef, options?: ReadBackOptions): Promise<ReadBackPage<E>>

  /**
   * The event of this id. Searched in every partition around the time in the id, from 10 s before to 30 s after it: an
   * event recorded by a writer whose clock is further off is not found.
   *
   * @throws AppError `not_found`; `invalid` for what is no UUIDv7; `unavailable`.
   */
  findEvent(eventId: string, options?: SearchOptions): Promise<Readable<E>>

  /**
   * What an event came from, up to 100 events by their causation ids, and the tree of what it led to: up to 1,000 events of
   * the same correlation id, recorded from then on. What is looked at is bounded, and `complete` says whether that was met.
   *
   * @throws as `findEvent`.
   */
  causes(eventId: string, options?: SearchOptions): Promise<Causes<E>>

  /** Where each partition of these topics ends, read on the master; default all of the catalog. */
  ends(topics?: readonly string[]): Promise<readonly PartitionEnd[]>

  /** Reads the rows that a projection keeps, from any process. */
  cache(projectionName: string): EntityCache

  /** What `execute` remembers of the entities that it decided on, in this process. */
  readonly stateCache: StateCache<E>

  /** Partitions of every topic. */
  readonly partitions: number

  /** The partition in which everything of `key` lies. */
  partitionOf(key: string): number

  /** Stops every subscription and projection gracefully, then closes the connections. */
  close(): Promise<void>
}
