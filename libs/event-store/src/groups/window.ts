import type { RowWrite } from '../rows/row.ts'
import type { Cursor } from './groups.ts'

/** One event in hand: read, and not yet behind the stored cursor. */
export type Slot = {
  readonly cursor: Cursor
  readonly key: string
  done: boolean
  /** Set when the event is parked instead of handled: why. */
  parked?: string
  rows: readonly RowWrite[]
}

// Bounds of one call of `advance.lua`, which blocks everybody else while it runs; one event alone may be more.
const perAdvance = { slots: 512, words: 10_000, chars: 1024 * 1024 }

/**
 * The events in hand of one partition, in order of position. They finish in any order, but the cursor may only pass
 * those before which everything is finished: the low-water mark.
 */
export function inHandWindow() {
  let slots: Slot[] = []
  let first = 0

  return {
    push(slot: Slot): void {
      slots.push(slot)
    },

    size: () => slots.length - first,

    /** Whether there is a finished event at the low-water mark. */
    hasFinished: () => slots[first]?.done === true,

    /** The finished events at the low-water mark, as many as one advance may hold; they stay until `drop`. */
    finished(): readonly Slot[] {
      let words = 0
      let chars = 0
      let end = first
      while (end < slots.length && end - first < perAdvance.slots) {
        const slot = slots[end] as Slot
        for (const write of slot.rows) {
          words += write.length
          for (const word of write) chars += typeof word === 'string' ? word.length : 8
        }
        const full = words > perAdvance.words || chars > perAdvance.chars
        if (!slot.done || (full && end > first)) break
        end++
      }
      return slots.slice(first, end)
    },

    /** The events in hand behind this one. */
    behind: (slot: Slot): readonly Slot[] => slots.slice(slots.indexOf(slot, first) + 1),

    /** Forgets the oldest `count` events, once the cursor has passed them. */
    drop(count: number): void {
      first += count
      // Compacting now and then keeps dropping cheap however long the window is.
      if (first > 4_096 || first === slots.length) {
        slots = slots.slice(first)
        first = 0
      }
    },
  }
}

/** The events in hand of one partition. */
export type InHandWindow = ReturnType<typeof inHandWindow>
