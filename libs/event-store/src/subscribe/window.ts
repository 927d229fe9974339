import type { RowWrite } from '../project/projection.ts'
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

// Bounds one call of `advance.lua`.
const slotsPerAdvance = 512
const rowsPerAdvance = 2_000

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
      let rows = 0
      let end = first
      while (end < slots.length && end - first < slotsPerAdvance) {
        const slot = slots[end] as Slot
        rows += slot.rows.length
        if (!slot.done || (rows > rowsPerAdvance && end > first)) break
        end++
      }
      return slots.slice(first, end)
    },

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
