import { setTimeout as delay } from 'node:timers/promises'
import type { LimitFunction } from 'p-limit'
import type { AnyEvent, Catalog, PartitionId } from '../event.ts'
import type { LogEntry } from '../log/entry.ts'
import type { Observer } from '../observer.ts'
import { arrivals } from './arrivals.ts'
import { carefully } from './careful.ts'
import type { ConsumerOf } from './consumer.ts'
import { handlerContext } from './context.ts'
import { cursorStore, type Loss } from './cursor-store.ts'
import { delivery } from './delivery.ts'
import type { Claimed, Cursor, Groups } from './groups.ts'
import type { Lease } from './lease.ts'
import { parkedKeys } from './parked-keys.ts'
import type { SubscriptionSettings } from './subscription.ts'
import { inHandWindow, type Slot } from './window.ts'

/** What the owners of one member share. */
export type OwnerOptions<E extends AnyEvent> = {
  readonly groups: Groups
  readonly catalog: Catalog<E>
  readonly group: string
  readonly consumerOf: ConsumerOf<E>
  readonly settings: SubscriptionSettings
  readonly observer: Observer
  /** See `CarefulOptions`. */
  readonly inTurn: LimitFunction
}

/** One partition as it was claimed. */
export type ClaimedPartition = {
  readonly at: PartitionId
  readonly claimed: Claimed
  readonly lease: Lease
  /** The last position this process has read before; what comes at or below it comes again. 0 = none. */
  readonly readBefore: number
  /** Called once, when everything was dropped because of `loss`. */
  readonly onLost: (loss: Loss) => void
  /** Called when a partition that was full can be read again. */
  readonly onRoom: () => void
}

/** One member's hold on one partition, from claim to release or loss. */
export type Owner = {
  readonly at: PartitionId
  /** The last event read, whether finished or not. */
  lastRead(): Cursor
  /** The last event behind the stored cursor. */
  stored(): Cursor
  /** Whether `count` more events may be read. */
  hasRoomFor(count: number): boolean
  /** Takes entries that follow the last one read. */
  accept(entries: readonly LogEntry[]): void
  /** Renews the lease, unless an advance does so already. */
  renew(): void
  /** Finishes what can be finished within `withinMs`, and releases the lease; what waits for a retry is left to the next owner. */
  handOver(withinMs: number): Promise<void>
  /** Drops everything at once; what is in hand will be handled again by the next owner. */
  drop(loss: Loss): void
  /** Resolves when no handler is running any more. */
  settled(): Promise<void>
}

/** Takes over a partition that was just claimed. */
export function partitionOwner<E extends AnyEvent>(options: OwnerOptions<E>, hold: ClaimedPartition): Owner {
  const { groups, group, settings, observer } = options
  const { at, claimed, lease } = hold
  const ended = new AbortController()
  const { signal } = ended
  const leaving = new AbortController()
  const window = inHandWindow()
  const parked = parkedKeys(claimed.parkedKeys)
  const consumer = options.consumerOf({
    ...{ at, group, settings, observer },
    context: handlerContext(group, lease, signal, leaving.signal),
    mayBegin,
  })
  const cursor = cursorStore({
    ...{ groups, at, group, lease, start: claimed.cursor, window, observer, signal },
    // Rows are waited for.
    restsBelow: consumer.fold ? 0 : settings.maxInHand / 2,
    onStored,
    onRefused: (slot, reason) => events.refused(slot, reason),
    onAsked: () => void events.carryOutRequests(),
    onLost: drop,
  })
  const events = delivery({
    ...options,
    at,
    consumer,
    window,
    parked,
    cursor,
    token: lease.token,
    mayBegin,
    signal,
  })
  const careful = carefully({
    ...{ ...options, at, lease, claimed, events, cursor, signal },
    ended: () => signal.aborted || leaving.signal.aborted,
    onFenced: () => drop('fenced'),
  })
  const inbox = arrivals({
    ...{ groups, at, group, settings, observer, window, cursor, careful, events },
    ...{ start: claimed.cursor, readBefore: hold.readBefore, onRoom: hold.onRoom },
    isEnding: () => signal.aborted || leaving.signal.aborted,
    onFork: () => drop('fork'),
  })

  const forgetEnd = lease.onEnd(() => drop('expired'))
  // Where the event loop was busy, the lease may have run out without its timer.
  function mayBegin(): boolean {
    if (lease.leftMs() === 0) drop('expired')
    return !signal.aborted
  }

  function onStored(slots: readonly Slot[]): void {
    parked.stored(slots)
    observer.inFlight?.({ ...at, group, events: window.size() })
    inbox.tellRoom()
  }

  function drop(loss: Loss): void {
    if (signal.aborted) return
    end()
    if (loss === 'fenced') observer.fenced?.({ ...at, group })
    if (loss === 'fork') observer.forked?.({ ...at, group, lastPosition: inbox.lastRead().position })
    hold.onLost(loss)
  }

  function end(): void {
    forgetEnd()
    ended.abort()
  }

  async function handOver(withinMs: number): Promise<void> {
    leaving.abort()
    const finished = events.settled().then(() => cursor.flush())
    await Promise.race([finished, delay(withinMs, undefined, { signal, ref: false }).catch(() => {})])
    if (signal.aborted) return
    end()
    await groups.release(at, group, lease.token).catch(() => {})
  }

  return {
    at,
    lastRead: inbox.lastRead,
    stored: () => cursor.cursor(),
    hasRoomFor: inbox.hasRoomFor,
    accept: inbox.accept,
    renew: () => cursor.renew(),
    handOver,
    drop,
    settled: () => events.settled(),
  }
}
