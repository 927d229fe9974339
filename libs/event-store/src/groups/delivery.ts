import { describeError } from '@ordershop/core'
import type { LimitFunction } from 'p-limit'
import type { AnyEvent, Catalog, PartitionId, Recorded } from '../event.ts'
import { decode, type LogEntry } from '../log/entry.ts'
import type { Observer } from '../observer.ts'
import { type Consumer, type Outcome, oneLine } from './consumer.ts'
import type { CursorStore } from './cursor-store.ts'
import { endings } from './endings.ts'
import type { Cursor, Groups } from './groups.ts'
import { type Item, takeBatch } from './item.ts'
import { lanes } from './lanes.ts'
import type { ParkedKeys } from './parked-keys.ts'
import { parkedRequests } from './parked-requests.ts'
import type { InHandWindow, Slot } from './window.ts'

const behindParked = 'behind a parked event of its key'

/** What bringing the events of one owned partition to their handlers needs. */
export type DeliveryOptions<E extends AnyEvent> = {
  readonly groups: Groups
  readonly catalog: Catalog<E>
  readonly at: PartitionId
  readonly group: string
  readonly consumer: Consumer<E>
  readonly window: InHandWindow
  readonly parked: ParkedKeys
  readonly cursor: CursorStore
  readonly observer: Observer
  /** See `ConsumerOptions`. */
  readonly mayBegin: () => boolean
  /** See `CarefulOptions`. */
  readonly inTurn: LimitFunction
  /** Of the owner's lease. */
  readonly token: string
  /** The partition is not ours any more: what waits is dropped. */
  readonly signal: AbortSignal
}

/** One entry that was read; `cursor` is where the group stands behind it. */
export type Arrival = { readonly entry: LogEntry; readonly cursor: Cursor }

/** Brings each event that was read to its end: handled, projected, passed over, or parked. */
export function delivery<E extends AnyEvent>(options: DeliveryOptions<E>) {
  const { catalog, at, group, consumer, window, parked, observer, signal } = options
  const lane = lanes<Item<E>>(step)
  const { begin, finish, park } = endings(options)
  let folded = 0

  async function step(key: string, queue: Item<E>[]): Promise<void> {
    const first = queue[0] as Item<E>
    if (signal.aborted) {
      queue.length = 0
    } else if ('task' in first) {
      queue.shift()
      await first.task()
    } else if (parked.has(key)) {
      queue.shift()
      park(first.slot, behindParked)
    } else {
      const batch = takeBatch(consumer, queue)
      const outcome = await consumer.handle(batch.map(({ event }) => event))
      if (outcome.result === 'done') for (const { slot } of batch) finish(slot, outcome.rows)
      else if (outcome.result === 'failed' && batch.length === 1) park(first.slot, outcome.reason)
      // Nothing of the key may run ahead of what was dropped.
      else if (outcome.result === 'dropped') queue.length = 0
      // One of a batch is the culprit: the same events once more, one by one.
      else queue.unshift(...batch.map((item) => ({ ...item, alone: true })))
    }
  }

  /** Parks an event that no handler is given, behind those of its key. */
  function parkInLane(
    { entry, cursor: position }: Arrival,
    reason: string,
    message: string,
    about: object,
  ): void {
    const slot = begin(position, entry.key)
    observer.log?.('error', message, { ...at, group, key: slot.key, ...about })
    lane.add(slot.key, { task: () => park(slot, reason) })
  }

  /** What waits for nothing needs no lane. */
  function foldNow(slot: Slot, outcome: Outcome): void {
    if (outcome.result === 'failed') park(slot, outcome.reason)
    else if (outcome.result === 'done') {
      folded++
      finish(slot, outcome.rows)
    }
  }

  function deliverOne({ entry, cursor: position }: Arrival): void {
    let event: Recorded<E>
    try {
      event = decode(catalog, at, entry)
    } catch (error) {
      const message = 'parked: an event cannot be decoded'
      parkInLane({ entry, cursor: position }, oneLine(error), message, { error: describeError(error) })
      return
    }
    const slot = begin(position, event.key)
    if (lane.busy(slot.key) || parked.has(slot.key)) lane.add(slot.key, { slot, event })
    else if (!consumer.takes(event.type)) finish(slot)
    else if (consumer.fold) foldNow(slot, consumer.fold(event))
    else lane.add(slot.key, { slot, event })
  }

  return {
    /** Takes entries that were read, in order. */
    deliver(arrived: readonly Arrival[]): void {
      const started = performance.now()
      folded = 0
      for (const arrival of arrived) if (options.mayBegin()) deliverOne(arrival)
      // Told once for all: a rebuild folds faster than each event could be counted.
      const seconds = (performance.now() - started) / 1_000
      if (folded > 0) observer.handled?.({ topic: at.topic, group, result: 'ok', events: folded, seconds })
    },

    /** Parks an event that is not to be looked at. */
    parkUnseen(arrival: Arrival, reason: string): void {
      observer.handled?.({ topic: at.topic, group, result: 'parked', events: 1, seconds: 0 })
      const { eventId: event_id, position } = arrival.cursor
      parkInLane(arrival, reason, 'parked: an event ends the process', { event_id, position })
    },

    /** Parks a projected event whose rows do not fit those that are there, and what was projected behind it of its key. */
    refused(slot: Slot, reason: string): void {
      observer.log?.('error', 'parked: rows cannot be written', { ...at, group, key: slot.key, reason })
      park(slot, reason)
      for (const later of window.behind(slot))
        if (later.key === slot.key && later.done && later.parked === undefined) park(later, behindParked)
    },

    /** Does what an operator wants done with parked keys, each in its own lane. */
    carryOutRequests: parkedRequests(options, lane),

    /** Resolves when no handler is running any more. */
    settled: () => lane.idle(),
  }
}

/** Brings events to their end. */
export type Delivery = ReturnType<typeof delivery>
