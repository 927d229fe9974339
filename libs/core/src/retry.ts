import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from './error.ts'

/** How to repeat: delays grow as `baseMs · 2^n` up to `maxMs`, each drawn evenly from its upper half (jitter). */
export type Backoff = {
  /** The first delay, in milliseconds. */
  readonly baseMs: number
  /** No delay is longer, in milliseconds. */
  readonly maxMs: number
}

/** The delay before repeat number `attempt` (from 0), in milliseconds: between half and all of `baseMs · 2^attempt`. */
export function backoffMs({ baseMs, maxMs }: Backoff, attempt: number): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30))
  return full / 2 + Math.random() * (full / 2)
}

/** Options of `retry`. */
export type RetryOptions = Backoff & {
  /** Calls in all, the first included; at least 1. `Infinity` repeats until `deadlineMs` ends it. */
  readonly attempts: number
  /** Which errors are worth a repeat; default: all. */
  readonly when?: (error: unknown) => boolean
  /** No repeat starts later than this many milliseconds after the first call; default: no limit. */
  readonly deadlineMs?: number
}

/**
 * Calls `action` until it succeeds, and returns its result. An error that says when a repeat is worthwhile is waited for
 * as long, or thrown at once where that is too late.
 *
 * @throws the last error, once the attempts or the deadline are used up, or `when` refuses it.
 */
export async function retry<T>(action: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const deadline = performance.now() + (options.deadlineMs ?? Number.POSITIVE_INFINITY)
  for (let attempt = 0; ; attempt++) {
    try {
      return await action(attempt)
    } catch (error) {
      const toldMs = error instanceof AppError ? error.retryAfterMs : undefined
      const waitMs = Math.max(backoffMs(options, attempt), toldMs ?? 0)
      const last = attempt + 1 >= options.attempts || performance.now() + waitMs > deadline
      if (last || options.when?.(error) === false) throw error
      await delay(waitMs)
    }
  }
}
