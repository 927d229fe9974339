import type { Slot } from './window.ts'

/**
 * The parked keys of one owned partition. A key is parked from the moment one of its events is given up, though Redis
 * learns of it only with the next advance; so the parks still in hand are counted.
 */
export function parkedKeys(known: readonly string[]) {
  const keys = new Set(known)
  const inHand = new Map<string, number>()
  let waiting: { key: string; resolve: () => void }[] = []

  return {
    has: (key: string) => keys.has(key),

    /** Parks an event, and with it its key. */
    park(slot: Slot, reason: string): void {
      keys.add(slot.key)
      inHand.set(slot.key, (inHand.get(slot.key) ?? 0) + 1)
      slot.parked = reason
    },

    /** These events are behind the stored cursor now. */
    stored(slots: readonly Slot[]): void {
      for (const { key, parked } of slots) {
        if (parked === undefined) continue
        const left = (inHand.get(key) ?? 1) - 1
        if (left > 0) inHand.set(key, left)
        else inHand.delete(key)
      }
      const ready = waiting.filter(({ key }) => !inHand.has(key))
      waiting = waiting.filter(({ key }) => inHand.has(key))
      for (const { resolve } of ready) resolve()
    },

    /** Resolves when every parked event of the key is known to Redis. */
    allStored: (key: string): Promise<void> =>
      inHand.has(key) ? new Promise((resolve) => waiting.push({ key, resolve })) : Promise.resolve(),

    /** The key's events are handled again. */
    free: (key: string) => keys.delete(key),
  }
}

/** The parked keys of one owned partition. */
export type ParkedKeys = ReturnType<typeof parkedKeys>
