import { AppError, backoffMs, errorCode } from '@ordershop/core'
import type { Observer } from '../observer.ts'
import type { Confirmation } from './confirmed.ts'
import { redisError } from './connection.ts'
import { usesTls } from './credentials.ts'
import { reasonOf } from './outage.ts'
import type { ScriptedRedis } from './scripts.ts'
import { type Asked, checkFitness, type Fitness } from './server-check.ts'

/** What a process may tell its readiness probe. */
export type StoreHealth = {
  readonly ready: boolean
  /** Why it is not ready, as one clear sentence. */
  readonly problem?: string
}

/** Longest time to wait; default: no limit. */
export type ReadyOptions = { readonly signal?: AbortSignal; readonly timeoutMs?: number }

const again = { baseMs: 200, maxMs: 5_000 }

/** What is asked of every connection. */
export type ReadinessOptions = Asked & { readonly observer: Observer }

/**
 * Keeps the answer to "is this Redis reached, and fit?": asked again for every connection, because each may lead to
 * another server, and again with back-off while it is not. Each change of the answer is logged once, however many
 * connections gave it and however often.
 */
export function readiness(connections: readonly ScriptedRedis[], options: ReadinessOptions) {
  const fit = new Map<ScriptedRedis, Fitness>()
  const timers = new Map<ScriptedRedis, NodeJS.Timeout>()
  let problem = 'Redis is not reached yet'
  let told: string | undefined
  const waiting = new Set<() => void>()
  const closed = new AbortController()

  function tell(
    level: 'info' | 'warn' | 'error',
    message: string,
    fields: Record<string, unknown> = {},
  ): void {
    if (told === message) return
    told = message
    options.observer.log?.(level, message, fields)
  }

  async function check(redis: ScriptedRedis, attempt = 0): Promise<void> {
    try {
      fit.set(redis, await checkFitness(redis, options))
      if (fit.size === connections.length) reached()
    } catch (error) {
      // A dropped connection is checked again when it is back; an unfit Redis is asked again.
      if (redis.status !== 'ready') return
      problem = redisError('check Redis', error).message
      // At the first start of all, each waits for what others are about to create.
      tell(errorCode(error) === 'not_found' ? 'info' : 'error', problem)
      timers.set(
        redis,
        setTimeout(() => void check(redis, attempt + 1), backoffMs(again, attempt)),
      )
    }
  }

  function reached(): void {
    const { version = '', warnings = [] } = fit.values().next().value ?? {}
    tell('info', 'Redis is reached', { redis: version, durability: options.durability })
    for (const warning of warnings) options.observer.log?.('warn', warning, {})
    for (const resolve of waiting) resolve()
    waiting.clear()
  }

  async function ready({ signal, timeoutMs }: ReadyOptions = {}): Promise<void> {
    if (fit.size === connections.length) return
    const time = timeoutMs === undefined ? [] : [AbortSignal.timeout(timeoutMs)]
    const end = AbortSignal.any([closed.signal, ...(signal ? [signal] : []), ...time])
    const settled = Promise.withResolvers<void>()
    const give = () => settled.reject(new AppError('unavailable', `not ready: ${problem}`))
    waiting.add(settled.resolve)
    if (end.aborted) give()
    end.addEventListener('abort', give)
    await settled.promise.finally(() => {
      waiting.delete(settled.resolve)
      end.removeEventListener('abort', give)
    })
  }

  function lost(redis: ScriptedRedis, error?: Error): void {
    clearTimeout(timers.get(redis))
    const why = error ? reasonOf(error, usesTls(redis)) : 'the connection was closed'
    // What closed it says more than that it is closed.
    if (why !== undefined && (error || fit.delete(redis))) problem = `Redis cannot be reached: ${why}`
    if (!problem.startsWith('Redis cannot be reached')) return
    // The reason may change with every attempt; an outage is told once.
    if (!told?.startsWith('Redis cannot be reached')) tell('warn', problem)
  }

  const unwatch = connections.map((redis) => {
    const ready = () => void check(redis)
    const closed = () => lost(redis)
    const failed = (error: Error) => lost(redis, error)
    // Of one node of a Cluster: it matters while the Cluster cannot be reached.
    const nodeFailed = (error: Error) => {
      if (!fit.has(redis)) lost(redis, error)
    }
    redis.on('ready', ready).on('close', closed).on('error', failed).on('node error', nodeFailed)
    return () =>
      redis.off('ready', ready).off('close', closed).off('error', failed).off('node error', nodeFailed)
  })

  return {
    /** What must follow an append on this connection; throws `unavailable` while its Redis is unreachable or unsuitable. */
    confirmation(redis: ScriptedRedis): Confirmation | undefined {
      const fitness = fit.get(redis)
      if (!fitness) throw new AppError('unavailable', problem)
      return fitness.confirmation
    },
    health: (): StoreHealth =>
      fit.size === connections.length ? { ready: true } : { ready: false, problem },
    ready,
    stop(): void {
      closed.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      for (const stop of unwatch) stop()
    },
  }
}
