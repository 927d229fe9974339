import type { CursorStore } from './cursor-store.ts'
import type { Cursor } from './groups.ts'
import type { ParkedKeys } from './parked-keys.ts'
import type { InHandWindow, Slot } from './window.ts'

type EndingsOptions = {
  readonly window: InHandWindow
  readonly parked: ParkedKeys
  readonly cursor: CursorStore
}

/** How an event gets into hand, and the two ways in which it ends. */
export function endings({ window, parked, cursor }: EndingsOptions) {
  function finish(slot: Slot, rows: Slot['rows'] = []): void {
    slot.rows = rows
    slot.done = true
    cursor.poke()
  }

  return {
    /** `at` is where the group stands behind the event. */
    begin(at: Cursor, key: string): Slot {
      const slot: Slot = { cursor: at, key, done: false, rows: [] }
      window.push(slot)
      return slot
    },
    finish,
    park(slot: Slot, reason: string): void {
      parked.park(slot, reason)
      finish(slot)
    },
  }
}
