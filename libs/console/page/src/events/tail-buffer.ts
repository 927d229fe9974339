import type { Recorded } from '../api/shapes.ts'

/** What a live tail keeps: the newest events up to a limit, how many there were, and how fast they come. */
export type TailBuffer = {
  add(event: Recorded, now: number): void
  /** The newest first, at most `limit`. */
  newest(limit: number): readonly Recorded[]
  /** Every event since it began, kept or not. */
  readonly seen: number
  /** Events a second over the last five seconds. */
  rate(now: number): number
}

const overSeconds = 5

/** A ring: adding costs the same however many were there, and it never holds more than `capacity` events. */
export function tailBuffer(capacity: number): TailBuffer {
  const ring: Recorded[] = []
  const perSecond = new Map<number, number>()
  let seen = 0
  return {
    add(event, now) {
      ring[seen % capacity] = event
      seen++
      const second = Math.floor(now / 1_000)
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
      for (const old of perSecond.keys()) if (old < second - overSeconds) perSecond.delete(old)
    },
    newest(limit) {
      const kept = Math.min(limit, seen, capacity)
      return Array.from({ length: kept }, (_, back) => ring[(seen - 1 - back) % capacity] as Recorded)
    },
    get seen() {
      return seen
    },
    rate(now) {
      const second = Math.floor(now / 1_000)
      let sum = 0
      for (let back = 1; back <= overSeconds; back++) sum += perSecond.get(second - back) ?? 0
      return sum / overSeconds
    },
  }
}
