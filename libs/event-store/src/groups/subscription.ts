import type { Backoff } from '@ordershop/core'
import type { AnyEvent, Cause, Recorded } from '../event.ts'

/** What a handler may ask while it works. */
export type HandlerContext = {
  /**
   * Aborted once this member no longer owns the event's partition, its lease's end included: what it does from then on
   * counts for nothing, and another member may be doing it. A handler of several events looks before each.
   */
  readonly signal: AbortSignal
  /**
   * Aborted once this member is giving the partition up, as on a graceful stop: what was begun is finished, within
   * `stopMs`; a handler that has only waited so far may throw `unavailable`, and the next owner does it.
   */
  readonly leaving: AbortSignal
  /**
   * Milliseconds until the lease may end, by a monotonic clock counted from before its last renewal was sent. An
   * effect outside Redis is only begun, and must time out, within it.
   */
  leaseLeftMs(): number
  /**
   * Command id and cause for what `event` leads to. The id is made of group, event id and `label`, so a second delivery
   * repeats the command; two commands of one handler need two labels, and what is appended must follow from the event.
   *
   * Command ids are remembered for an hour at least, two at most, counted from the append. Most repeats come within
   * seconds of it; a parked event may be replayed after days, and an outage may outlast the hour. So what a handler
   * writes must also be safe by itself: begin an entity whose id follows from the event with `expected: 0`, where
   * `conflict` means that it is done, or `execute` a decider that finds it done. `expected: 'any'` stores it twice then.
   */
  caused(
    event: Recorded,
    label?: string,
  ): Required<Pick<Cause, 'correlationId' | 'causationId'>> & Cause & { readonly commandId: string }
}

/** Handles one event; resolving means it is done. */
export type Handler<E extends AnyEvent = AnyEvent> = (
  event: Recorded<E>,
  context: HandlerContext,
) => Promise<void> | void

/** Handles waiting events of one type and one key together, in order; resolving means all are done. */
export type BatchHandler<E extends AnyEvent = AnyEvent> = (
  events: readonly Recorded<E>[],
  context: HandlerContext,
) => Promise<void> | void

/**
 * One consumer group and what it does with events.
 *
 * - **Delivery**: at least once. After a crash, events since the last stored cursor come again, those of the last 200 ms
 *   among them; a handler's appends are made repeatable by `context.caused`.
 * - **Order**: events of one key come one after another, in order of position, whatever members join, leave, crash
 *   or resume; events of different keys run side by side. A member begins none once its lease has run out by its own
 *   monotonic clock, which is before Redis gives it to another.
 * - **Scaling**: partitions of all topics are shared evenly among live members; more members than partitions idle.
 *   Members may name different topics, as during a deploy: each topic is shared among those that name it.
 * - **Failure**: an `AppError` `unavailable` pauses the partition (back-off up to `pause.maxMs`) and never parks. Any other error is
 *   retried, then the key is parked: its later events wait behind it, in order, until `replayParked`.
 *   An event that cannot be decoded parks its entity too. So does one that ends the process or never returns: after
 *   three owners have died over the same events, those are taken one at a time, and the one that kills is parked unseen.
 * - Events of a type without handler count as done.
 */
export type Subscription<E extends AnyEvent = AnyEvent> = {
  /** Name of the consumer group, e.g. `crm`; its cursor lives as long as the topics. */
  readonly group: string
  /** Topics whose every partition the group reads, from the beginning. */
  readonly topics: readonly string[]
  readonly on?: { readonly [T in E['type']]?: Handler<Extract<E, { type: T }>> }
  /** Batches of at most 100; an event type is either here or in `on`. */
  readonly onBatch?: { readonly [T in E['type']]?: BatchHandler<Extract<E, { type: T }>> }
} & Partial<SubscriptionSettings>

/** Times and limits of a subscription; every one has a default. */
export type SubscriptionSettings = {
  /** How long a silent member keeps its partitions, in milliseconds; renewed each third. Default 5,000. */
  readonly leaseMs: number
  /** Heartbeat of members, in milliseconds. Default 1,000. */
  readonly beatMs: number
  /** Events of one partition read beyond the oldest unfinished one, 1 at least. Default 1,024. */
  readonly maxInHand: number
  /** Attempts at one event before its key is parked, the first included. Default 5. */
  readonly attempts: number
  /** Delays between attempts. Default 100 ms doubling to 5 s. */
  readonly retry: Backoff
  /** Delays of a partition while something is `unavailable`. Default 100 ms doubling to 30 s. */
  readonly pause: Backoff
  /** A graceful stop drops what is still in hand after this, in milliseconds. Default 10,000. */
  readonly stopMs: number
}

/** One running member. */
export type RunningSubscription = {
  /** Unique name of this member, `<client name>-<random>`. */
  readonly member: string
  /** Partitions owned now, `topic:partition`. */
  owned(): readonly string[]
  /** Whether the member reaches Redis and has heard its group within two leases. */
  healthy(): boolean
  /**
   * Reads no more, finishes what is being handled, stores the cursor, hands its partitions over. What waits for a retry
   * or for something unavailable is left to the next owner. Idempotent.
   */
  stop(): Promise<void>
}
