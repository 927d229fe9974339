import type { PartitionId } from '../event.ts'
import type { LogEntry } from '../log/entry.ts'
import type { Observer } from '../observer.ts'
import type { Careful } from './careful.ts'
import type { CursorStore } from './cursor-store.ts'
import type { Arrival, Delivery } from './delivery.ts'
import type { Cursor, Groups } from './groups.ts'
import type { SubscriptionSettings } from './subscription.ts'
import type { InHandWindow } from './window.ts'

type ArrivalsOptions = {
  readonly groups: Groups
  readonly at: PartitionId
  readonly group: string
  readonly settings: SubscriptionSettings
  readonly observer: Observer
  readonly window: InHandWindow
  readonly cursor: CursorStore
  readonly careful: Careful
  readonly events: Delivery
  /** Behind it the first entry is expected. */
  readonly start: Cursor
  /** See `Hold`. */
  readonly readBefore: number
  /** The partition is not ours any more, or is being given up. */
  readonly isEnding: () => boolean
  /** What arrived is not the history that was read before. */
  readonly onFork: () => void
  /** A partition that was full can be read again. */
  readonly onRoom: () => void
}

const nextTurn = () => new Promise<true>((resolve) => setImmediate(resolve, true))

/** What was read of one partition, on its way to delivery: in order, without a gap, and no more than may be in hand. */
export function arrivals(options: ArrivalsOptions) {
  const { groups, at, group, settings, observer, window, cursor, careful, events, isEnding } = options
  let read = options.start
  let arriving = 0
  let full = false

  const inHand = () => window.size() + arriving

  function accept(entries: readonly LogEntry[]): void {
    if (isEnding()) return
    const again = Math.min(options.readBefore - read.position, entries.length)
    if (again > 0) observer.redelivered?.({ topic: at.topic, group, events: again })
    const arrived: Arrival[] = []
    for (const entry of entries) {
      const { entryId, position, eventId } = entry
      const foreign = Number.isNaN(position)
      // Positions are contiguous: a step means that this is not the history that was read before.
      if (!foreign && position !== read.position + 1) {
        options.onFork()
        return
      }
      read = { entryId, position: foreign ? read.position : position, eventId }
      arrived.push({ entry, cursor: read })
    }
    void deliverSoon(arrived)
  }

  async function deliverSoon(arrived: readonly Arrival[]): Promise<void> {
    arriving += arrived.length
    // Not in this turn: so the next read is on its way, and Redis works on it while these are handled.
    const allowed = await (groups.replicated ? cursor.confirm() : nextTurn())
    if (allowed && arrived.some(careful.applies)) {
      await careful.takeAll(arrived)
      arriving -= arrived.length
      tellRoom()
      return
    }
    arriving -= arrived.length
    if (!allowed || isEnding()) return
    events.deliver(arrived)
    observer.inFlight?.({ ...at, group, events: window.size() })
  }

  function tellRoom(): void {
    // Half empty, not one free place: or each stored event would end a blocking read early.
    if (!full || inHand() > (careful.isOn() ? 0 : settings.maxInHand / 2)) return
    full = false
    options.onRoom()
  }

  return {
    /** Takes entries that follow the last one read. */
    accept,
    /** The last event read, whether finished or not. */
    lastRead: () => read,
    /** Whether `count` more events may be read. */
    hasRoomFor(count: number): boolean {
      full ||= inHand() + count > settings.maxInHand || (careful.isOn() && inHand() > 0)
      return !full && !isEnding()
    },
    /** Some events were stored: tells if there is room again. */
    tellRoom,
  }
}
