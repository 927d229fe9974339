// One service that is slow or stuck must not take the others with it.
import { AppError } from '@ordershop/core'
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen, type IPolicy } from 'cockatiel'

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
 * Runs what requests send to each service, of at most `max` requests at a time. One counts once however much it sends, as for
 * an array of billings: else a long one could never be answered. @throws AppError `unavailable`, at once, for one more.
 */
export function bulkheads(
  max: number,
): <T>(service: string, commandId: string, run: () => Promise<T>) => Promise<T> {
  /** How much of each request is under way, by service. */
  const underWay = new Map<string, Map<string, number>>()
  return async (service, commandId, run) => {
    const sent = underWay.get(service) ?? new Map<string, number>()
    underWay.set(service, sent)
    const before = sent.get(commandId) ?? 0
    if (before === 0 && sent.size >= max) throw tooMany(service, max)
    sent.set(commandId, before + 1)
    try {
      return await run()
    } finally {
      const left = (sent.get(commandId) ?? 1) - 1
      if (left > 0) sent.set(commandId, left)
      else sent.delete(commandId)
    }
  }
}

function tooMany(service: string, max: number): AppError {
  const message = `service ${service}: expected at most ${max} requests under way, got more`
  return new AppError('unavailable', message, { retryAfterMs: 1_000 })
}
