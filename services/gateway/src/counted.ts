// What is asked in a window, counted in Redis, and here while that is away.
import type { connectRedis } from '@ordershop/event-store'
import { LRUCache } from 'lru-cache'
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'

type Count = {
  readonly taken: number
  /** Until the window ends. */
  readonly endsInMs: number
}

/** Some 200 bytes each. Beyond, whoever has not asked for longest begins anew: a limit may be too kind, never a leak. */
export const maxCounters = 20_000

/**
 * Counts by key in windows of `duration` seconds that begin with the first of a key. Whoever has had `points` costs Redis
 * nothing until its window ends. Holds at most 20,000 keys, those that were asked for last.
 */
export function counted(options: {
  readonly name: string
  readonly points: number
  readonly duration: number
  readonly storeClient: ReturnType<typeof connectRedis>
}) {
  const { name, points, duration, storeClient } = options
  const limiter = new RateLimiterRedis({
    points,
    duration,
    keyPrefix: `rate:${name}`,
    storeClient,
    rejectIfRedisNotReady: true,
  })
  const counters = new LRUCache<string, { taken: number; readonly endsAtMs: number }>({ max: maxCounters })

  const countHere = (key: string): Count => {
    const known = counters.get(key)
    const now = Date.now()
    const current = known && now < known.endsAtMs ? known : { taken: 0, endsAtMs: now + 1_000 * duration }
    if (current !== known) counters.set(key, current)
    current.taken++
    return { taken: current.taken, endsInMs: current.endsAtMs - now }
  }

  const consume = async (key: string): Promise<Count> => {
    const known = counters.get(key)
    if (known && known.taken > points && Date.now() < known.endsAtMs) return countHere(key)
    const answer = await limiter.consume(key).catch((error: unknown) => error)
    // Redis is away: that must not be a reason to refuse anybody.
    if (!(answer instanceof RateLimiterRes)) return countHere(key)
    const { consumedPoints: taken, msBeforeNext: endsInMs } = answer
    if (taken > points) counters.set(key, { taken, endsAtMs: Date.now() + endsInMs })
    return { taken, endsInMs }
  }
  return { name, points, duration, consume }
}
