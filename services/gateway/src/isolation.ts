// One service that is slow or stuck must not take the others with it.
import { AppError } from '@ordershop/core'
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type IPolicy,
} from 'cockatiel'

/** Timeouts in a row after which a process counts as stuck. */
const timeoutsInARow = 2
/** After so long one request finds out whether a stuck process has recovered, in milliseconds. */
const triedAgainMs = 2_000

// One that refuses or breaks off is down, or is being replaced: the next attempt may find it back.
const timedOut = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']
const isTimeout = (error: unknown) =>
  error instanceof Error && 'code' in error && timedOut.includes(String(error.code))

/**
 * Runs what is sent to a URL's process, and fails at once with `BrokenCircuitError` while that process is stuck: it
 * accepts, and has not answered twice in a row. One request in 2 s is let through to see whether it has recovered.
 */
export function breakers(): <T>(base: string, run: () => Promise<T>) => Promise<T> {
  const policies = new Map<string, IPolicy>()
  return (base, run) => {
    const known = policies.get(base)
    const policy =
      known ??
      circuitBreaker(handleWhen(isTimeout), {
        halfOpenAfter: triedAgainMs,
        breaker: new ConsecutiveBreaker(timeoutsInARow),
      })
    if (!known) policies.set(base, policy)
    return policy.execute(run)
  }
}

/** Whether it was not even sent, because the process is stuck. */
export function isStuck(error: unknown): boolean {
  return error instanceof AppError && error.cause instanceof BrokenCircuitError
}

/**
 * Runs at most `max` at a time for each service. @throws AppError `unavailable`, at once, for one more.
 */
export function bulkheads(max: number): <T>(service: string, run: () => Promise<T>) => Promise<T> {
  const policies = new Map<string, IPolicy>()
  return async (service, run) => {
    const policy = policies.get(service) ?? bulkhead(max)
    policies.set(service, policy)
    try {
      return await policy.execute(run)
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error
      const message = `service ${service}: expected at most ${max} requests under way, got more`
      throw new AppError('unavailable', message, { cause: error, retryAfterMs: 1_000 })
    }
  }
}
