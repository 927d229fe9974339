import type { AnyEvent } from '../event.ts'
import type { Readable } from '../log/readable.ts'

/** What a reader wants to see; every part that is given must fit. Nothing given: everything. */
export type WatchFilter = {
  /** Default: all of the catalog. Only their partitions are read. */
  readonly topics?: readonly string[]
  /** e.g. `order_created`; an event fits if it is of one of them. */
  readonly types?: readonly string[]
  readonly entityId?: string
  readonly correlationId?: string
}

/** Options of `watch`. */
export type WatchOptions = WatchFilter & {
  /**
   * `'now'`: behind the last event of each partition when the reading begins. `'beginning'`: all there is. `time`: what was
   * recorded then or later, by the store's clock. `cursor`: what comes behind the point where another watch, in any
   * process, had this cursor; of a topic that it does not name, everything. See `check`.
   */
  readonly from: 'now' | 'beginning' | { readonly time: Date } | { readonly cursor: string }
  /** Default true: goes on until `signal` or `close` ends it. False: ends where the log ended when it began. */
  readonly live?: boolean
  /** Without `live`: ends after so many entries were looked at, whether they fit or not. Default: no limit. */
  readonly searchAtMost?: number
  /** Ends the reading, without an error. */
  readonly signal?: AbortSignal
}

/** What a watch yields; `caught-up` once, behind all that was there when it began. */
export type WatchItem<E extends AnyEvent = AnyEvent> = Readable<E> | { readonly kind: 'caught-up' }

/** A reading under way, to be iterated once. */
export type Watch<E extends AnyEvent = AnyEvent> = AsyncIterable<WatchItem<E>> & {
  /**
   * Names the point behind the item that was yielded last, and behind everything since that did not fit: a later watch of
   * the same topics goes on there. Printable ASCII without spaces, some 10 characters for each partition; '' while a
   * watch from `'now'` has not begun.
   */
  cursor(): string
  /**
   * Resolves once the log was found to have what a `cursor` says was read; the reading begins with it in any case.
   *
   * @throws AppError `conflict` when it has not: Redis has lost it, or the cursor is of another log. What was read is not
   * the beginning of what would follow; begin at a time, or anew. `unavailable` when that cannot be told.
   */
  check(): Promise<void>
}
