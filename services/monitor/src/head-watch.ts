import type { GroupLag } from '@ordershop/event-store'

/** A partition that has fewer events than it had. */
export type LostEvents = {
  readonly topic: string
  readonly partition: number
  readonly before: number
  readonly head: number
}

/**
 * Remembers how many events each partition had. Owners notice lost history by what they have read; this notices it
 * even when no member was running. It forgets with the process, and cannot see what was lost and written again between
 * two looks.
 */
export function headWatch(onLost: (lost: LostEvents) => void) {
  const heads = new Map<string, number>()
  return (lags: readonly Pick<GroupLag, 'topic' | 'partition' | 'head'>[]): void => {
    for (const { topic, partition, head } of lags) {
      const name = `${topic}:${partition}`
      const before = heads.get(name) ?? 0
      heads.set(name, head)
      if (head < before) onLost({ topic, partition, before, head })
    }
  }
}
