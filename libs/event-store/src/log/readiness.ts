import { AppError, backoffMs } from '@ordershop/core'
import type { Observer } from '../observer.ts'
import type { Confirmation } from './appender.ts'
import { redisError } from './connection.ts'
import type { Durability } from './durability.ts'
import { checkFitness, type Fitness } from './fitness.ts'
import type { ScriptedRedis } from './scripts.ts'

/** What a process may tell its readiness probe. */
export type StoreHealth = {
  readonly ready: boolean
  /** Why it is not ready, as one clear sentence. */
  readonly problem?: string
}

const again = { baseMs: 200, maxMs: 5_000 }

/**
 * Keeps the answer to "is this Redis reached, and fit?": asked anew for every connection, and again with back-off
 * while it is not. Each change of the answer is logged once, however often it was asked.
 */
export function readiness(
  redis: ScriptedRedis,
  options: { durability: Durability; topics: readonly string[]; partitions: number; observer: Observer },
) {
  const { durability, topics, partitions, observer } = options
  let fitness: Fitness | undefined
  let problem: string | undefined = 'Redis is not reached yet'
  let told: string | undefined
  let attempt = 0
  let timer: NodeJS.Timeout | undefined
  let waiting: (() => void)[] = []

  function tell(
    level: 'info' | 'warn' | 'error',
    message: string,
    fields: Record<string, unknown> = {},
  ): void {
    if (told === message) return
    told = message
    observer.log?.(level, message, fields)
  }

  async function check(): Promise<void> {
    try {
      fitness = await checkFitness(redis, durability, topics, partitions)
      attempt = 0
      problem = undefined
      tell('info', 'Redis is reached', { redis: fitness.version, durability })
      for (const warning of fitness.warnings) observer.log?.('warn', warning, {})
      for (const resolve of waiting) resolve()
      waiting = []
    } catch (error) {
      fitness = undefined
      // A dropped connection checks anew when it is back; an unfit Redis is asked again.
      if (redis.status !== 'ready') return
      problem = redisError('check Redis', error).message
      tell('error', problem)
      timer = setTimeout(() => void check(), backoffMs(again, attempt++))
    }
  }

  const lost = (error?: Error) => {
    fitness = undefined
    clearTimeout(timer)
    if (error)
      problem = `Redis cannot be reached: ${error.message || (error as NodeJS.ErrnoException).code || error.name}`
    else problem ??= 'Redis cannot be reached: the connection was closed'
    // The reason may change with every attempt; an outage is told once.
    if (told === undefined || !told.startsWith('Redis cannot be reached')) tell('warn', problem)
  }
  const ready = () => void check()
  const closed = () => lost()
  redis.on('ready', ready).on('error', lost).on('close', closed)

  return {
    /** What must follow an append; throws `unavailable` while Redis is away or unfit. */
    confirmation(): Confirmation | undefined {
      if (!fitness) throw new AppError('unavailable', problem ?? 'Redis is being checked')
      return fitness.confirmation
    },
    health: (): StoreHealth =>
      fitness ? { ready: true } : { ready: false, problem: problem ?? 'Redis is being checked' },
    ready: (): Promise<void> =>
      fitness ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    stop(): void {
      clearTimeout(timer)
      redis.off('ready', ready).off('error', lost).off('close', closed)
    },
  }
}
