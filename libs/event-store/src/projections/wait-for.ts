import { type LogPosition, type PartitionId, partitionName } from '../event.ts'

/** A cursor that has not moved for this long while somebody waited counts as standing still, in milliseconds. */
const stuckMs = 2_000
/** The pause between two polls, in milliseconds. */
const pollMs = 3

type Waiter = {
  readonly position: number
  readonly deadline: number
  readonly settle: (reached: boolean) => void
}
type Watched = { at: PartitionId; waiters: Waiter[]; seen: number; movedAt: number; stuck: boolean }

/**
 * Waits for cursors to reach positions. One poller serves a whole process, over those partitions that have waiters:
 * pollers of their own took 38 % of Redis where this takes 6.5 (500 waiters, 48 partitions).
 *
 * @param read the cursor positions of partitions, in one round trip.
 */
export function cursorWatch(read: (partitions: readonly PartitionId[]) => Promise<readonly number[]>) {
  const watched = new Map<string, Watched>()
  let polling = false

  function waitForOne({ topic, partition, position }: LogPosition, deadline: number): Promise<boolean> {
    const at = { topic, partition }
    const name = partitionName(at)
    let entry = watched.get(name)
    if (!entry) {
      entry = { at, waiters: [], seen: 0, movedAt: performance.now(), stuck: false }
      watched.set(name, entry)
    }
    if (entry.waiters.length === 0 && !entry.stuck) entry.movedAt = performance.now()
    return new Promise((settle) => {
      // A cursor known to stand still is looked at once more, not waited for.
      entry.waiters.push({ position, deadline: entry.stuck ? 0 : deadline, settle })
      if (polling) return
      polling = true
      void poll()
    })
  }

  async function poll(): Promise<void> {
    for (;;) {
      const entries = [...watched.values()].filter(({ waiters }) => waiters.length > 0)
      if (entries.length === 0) break
      const positions = await read(entries.map(({ at }) => at)).catch(() => [])
      for (const [k, entry] of entries.entries()) settle(entry, positions[k] ?? entry.seen)
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
    polling = false
  }

  function settle(entry: Watched, position: number): void {
    const now = performance.now()
    if (position !== entry.seen) {
      entry.seen = position
      entry.movedAt = now
      entry.stuck = false
    } else if (now - entry.movedAt > stuckMs) entry.stuck = true
    entry.waiters = entry.waiters.filter((waiter) => {
      const reached = position >= waiter.position
      if (!reached && now < waiter.deadline) return true
      waiter.settle(reached)
      return false
    })
  }

  return async (positions: readonly LogPosition[], timeoutMs: number): Promise<boolean> => {
    const deadline = performance.now() + timeoutMs
    const reached = await Promise.all(positions.map((position) => waitForOne(position, deadline)))
    return reached.every(Boolean)
  }
}
