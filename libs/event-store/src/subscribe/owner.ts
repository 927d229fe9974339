import type { AnyEvent, Catalog, Recorded } from '../event.ts'
import type { PartitionId } from '../log/keys.ts'
import { decode, keyOf, peek, type RawEntry } from '../log/wire.ts'
import type { Observer } from '../observer.ts'
import { handlerContext } from './context.ts'
import { cursorStore, type Loss } from './cursor-store.ts'
import type { Claimed, Cursor, Groups } from './groups.ts'
import { handling, oneLine } from './handling.ts'
import { type Item, takeBatch } from './item.ts'
import { lanes } from './lanes.ts'
import type { Lease } from './lease.ts'
import { parkedKeys } from './parked-keys.ts'
import { replayKey } from './replay.ts'
import type { SubscriptionSettings } from './subscription.ts'
import { inHandWindow, type Slot } from './window.ts'
import { handles, type Work } from './work.ts'

/** What the owners of one member share. */
export type OwnerOptions<E extends AnyEvent> = {
  readonly groups: Groups
  readonly catalog: Catalog<E>
  readonly group: string
  readonly work: Work<E>
  readonly settings: SubscriptionSettings
  readonly observer: Observer
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
  accept(entries: readonly RawEntry[]): void
  /** Renews the lease, unless an advance does so already. */
  renew(): void
  /** Finishes what is in hand within `withinMs`, and releases the lease. */
  handOver(withinMs: number): Promise<void>
  /** Drops everything at once; what is in hand will be handled again by the next owner. */
  drop(loss: Loss): void
  /** Resolves when no handler is running any more. */
  settled(): Promise<void>
}

/** Takes over a partition that was just claimed. */
export function partitionOwner<E extends AnyEvent>(
  options: OwnerOptions<E>,
  at: PartitionId,
  claimed: Claimed,
  lease: Lease,
): Owner {
  const { groups, catalog, group, work, settings, observer } = options
  const ended = new AbortController()
  const { signal } = ended
  const window = inHandWindow()
  const parked = parkedKeys(claimed.parkedKeys)
  const lane = lanes<Item<E>>(step)
  const handle = handling({
    ...at,
    group,
    work,
    settings,
    observer,
    context: handlerContext(group, lease, signal),
  })
  const cursor = cursorStore({
    ...{ groups, at, group, lease, start: claimed.cursor, window, observer, signal },
    onStored,
    onReplay: () => void startReplays(),
    onLost: drop,
  })
  const replaying = new Set<string>()
  let read = claimed.cursor
  let full = false
  let draining = false
  let handingOver: (() => void) | undefined

  async function step(key: string, queue: Item<E>[]): Promise<void> {
    const first = queue[0] as Item<E>
    if (signal.aborted) {
      queue.length = 0
    } else if ('task' in first) {
      queue.shift()
      await first.task()
    } else if (parked.has(key)) {
      queue.shift()
      park(first.slot, 'behind a parked event of its key')
    } else {
      const batch = takeBatch(work, queue)
      const outcome = await handle(batch.map(({ event }) => event))
      if (outcome.result === 'done') for (const { slot } of batch) finish(slot, outcome.rows)
      else if (outcome.result === 'failed' && batch.length === 1) park(first.slot, outcome.reason)
      // One of a batch is the culprit: the same events once more, one by one.
      else if (outcome.result === 'failed') queue.unshift(...batch.map((item) => ({ ...item, alone: true })))
    }
  }

  function finish(slot: Slot, rows: Slot['rows'] = []): void {
    slot.rows = rows
    slot.done = true
    cursor.poke()
  }

  function park(slot: Slot, reason: string): void {
    parked.park(slot, reason)
    finish(slot)
  }

  function accept(entries: readonly RawEntry[]): void {
    for (const entry of entries) {
      if (signal.aborted) return
      const { entryId, position, eventId } = peek(entry)
      const foreign = Number.isNaN(position)
      // Positions are contiguous: a step means that this is not the history that was read before.
      if (!foreign && position !== read.position + 1) {
        drop('fork')
        return
      }
      read = { entryId, position: foreign ? read.position : position, eventId }
      take(entry)
    }
    observer.inFlight?.({ ...at, group, events: window.size() })
  }

  function take(entry: RawEntry): void {
    let event: Recorded<E>
    try {
      event = decode(catalog, at, entry)
    } catch (error) {
      const slot = newSlot(keyOf(entry))
      observer.log?.('error', 'parked: an event cannot be decoded', { ...at, group, key: slot.key, error })
      lane.add(slot.key, { task: () => park(slot, oneLine(error)) })
      return
    }
    const slot = newSlot(event.key)
    if (lane.busy(slot.key) || parked.has(slot.key)) lane.add(slot.key, { slot, event })
    else if (!handles(work, event.type)) finish(slot)
    else if (work.kind === 'handle') lane.add(slot.key, { slot, event })
    else projectNow(slot, event)
  }

  /** Projecting needs no waiting, so it needs no lane. */
  function projectNow(slot: Slot, event: Recorded<E>): void {
    const outcome = handle([event])
    if (!('result' in outcome)) throw new Error('a projection is synchronous')
    if (outcome.result === 'failed') park(slot, outcome.reason)
    else if (outcome.result === 'done') finish(slot, outcome.rows)
  }

  function newSlot(key: string): Slot {
    const slot: Slot = { cursor: read, key, done: false, rows: [] }
    window.push(slot)
    return slot
  }

  function onStored(slots: readonly Slot[]): void {
    parked.stored(slots)
    observer.inFlight?.({ ...at, group, events: window.size() })
    // Half empty, not one free place: or each stored event would end a blocking read early.
    if (full && window.size() <= settings.maxInHand / 2) {
      full = false
      options.onRoom()
    }
    if (window.size() === 0) handingOver?.()
  }

  async function startReplays(): Promise<void> {
    const keys = await groups.replayRequests(at, group).catch(() => [])
    for (const key of keys) {
      if (replaying.has(key) || signal.aborted) continue
      replaying.add(key)
      const replay = () => replayKey({ groups, catalog, at, group, handle, cursor, parked, signal }, key)
      // A replay that Redis cut short is asked for still, and begins again with the next renewal.
      lane.add(key, {
        task: () =>
          replay()
            .catch(() => {})
            .finally(() => replaying.delete(key)),
      })
    }
  }

  function drop(loss: Loss): void {
    if (signal.aborted) return
    ended.abort()
    handingOver?.()
    if (loss === 'fenced') observer.fenced?.({ ...at, group })
    if (loss === 'fork') observer.forked?.({ ...at, group, lastPosition: read.position })
    options.onLost(loss)
  }

  async function handOver(withinMs: number): Promise<void> {
    draining = true
    if (window.size() > 0 && !signal.aborted)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs)
        handingOver = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    if (signal.aborted) return
    ended.abort()
    await groups.release(at, group, lease.token).catch(() => {})
  }

  return {
    at,
    lastRead: () => read,
    stored: () => cursor.cursor(),
    hasRoomFor(count) {
      full ||= window.size() + count > settings.maxInHand
      return !full && !draining && !signal.aborted
    },
    accept,
    renew: () => cursor.renew(),
    handOver,
    drop,
    settled: () => lane.idle(),
  }
}
