// What a group does with its events: `handlers.ts` calls handlers, `projections/folder.ts` folds them into rows.
import type { AnyEvent, PartitionId, Recorded } from '../event.ts'
import type { Observer } from '../observer.ts'
import type { RowWrite } from '../rows/row.ts'
import type { HandlerContext, SubscriptionSettings } from './subscription.ts'

/** How an event ended: done, given up with a reason, or dropped because the partition was lost or is being given up. */
export type Outcome =
  | { readonly result: 'done'; readonly rows: readonly RowWrite[] }
  | { readonly result: 'failed'; readonly reason: string }
  | { readonly result: 'dropped' }

/** Consumes the events of one owned partition. Nothing in it throws. */
export type Consumer<E extends AnyEvent> = {
  /** Whether anything is to be done with events of this type. */
  takes(type: string): boolean
  /** Whether one call gets all waiting events of this type and of one key. */
  batches(type: string): boolean
  /** Brings one event, or a batch of one type, to its end. */
  handle(events: readonly Recorded<E>[]): Promise<Outcome>
  /** There where an event waits for nothing: brings it to its end at once, so it needs no lane. */
  readonly fold?: (event: Recorded<E>) => Outcome
}

/** What a consumer is told of its partition. */
export type ConsumerOptions = {
  readonly at: PartitionId
  readonly group: string
  readonly settings: SubscriptionSettings
  readonly observer: Observer
  readonly context: HandlerContext
  /** Whether an event may begin now; false once the lease has run out, whatever timers were told so far. */
  readonly mayBegin: () => boolean
}

/** Makes the consumer of a partition that was just claimed. */
export type ConsumerOf<E extends AnyEvent> = (options: ConsumerOptions) => Consumer<E>

/** What a log line says of the event that it is about. */
export function named({ key, type, event_id, position, correlation_id, traceparent }: Recorded) {
  return { key, type, event_id, position, correlation_id, ...(traceparent ? { traceparent } : {}) }
}

/** An error as one line of at most 200 characters, fit for the record of a parked key. */
export function oneLine(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return `${name}: ${message}`.replaceAll(/\s+/g, ' ').slice(0, 200)
}
