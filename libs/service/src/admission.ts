import { AppError } from '@ordershop/core'
import type { RequestHandler } from 'express'

export type AdmissionOptions = {
  /** Requests in work at a time. */
  readonly maxInWork: number
  /** How long one waits for its turn, at most, in milliseconds. */
  readonly maxWaitMs: number
  /** Requests that wait at a time; default 1,024. */
  readonly maxWaiting?: number
}

/**
 * Works on a bounded number of requests at a time. A further one waits for its turn, the longest waiting first, and is
 * refused with 503 and `Retry-After` after `maxWaitMs`, or at once where too many wait: before its body is read, so
 * nothing was written. Without it, each request beyond what a process can do makes all of them slower.
 */
export function admission({ maxInWork, maxWaitMs, maxWaiting = 1_024 }: AdmissionOptions): RequestHandler {
  let inWork = 0
  const waiting = new Set<() => void>()

  const leave = () => {
    inWork--
    const [first] = waiting
    first?.()
  }
  return (_request, response, next) => {
    const enter = () => {
      inWork++
      response.once('close', leave)
      next()
    }
    if (inWork < maxInWork) return enter()
    if (waiting.size >= maxWaiting) return next(busy(maxInWork))
    const end = () => {
      clearTimeout(timer)
      waiting.delete(turn)
      response.off('close', end)
    }
    const turn = () => {
      end()
      enter()
    }
    const timer = setTimeout(() => {
      end()
      next(busy(maxInWork))
    }, maxWaitMs)
    waiting.add(turn)
    // Its caller went away: the turn is another's.
    response.once('close', end)
  }
}

function busy(maxInWork: number): AppError {
  const message = `request: expected at most ${maxInWork} in work at a time, got more`
  return new AppError('unavailable', message, { retryAfterMs: 1_000 })
}
