import { AppError } from '@ordershop/core'
import type { Response } from 'express'

export type PlacesOptions = {
  /** Requests in work at a time. */
  readonly maxInWork: number
  /** How long one waits for its turn, at most, in milliseconds. */
  readonly maxWaitMs: number
  /** Requests that wait at a time; default 1,024. */
  readonly maxWaiting?: number
  /** What is worked on, as a refusal names it; default `request`. */
  readonly what?: string
}

/** Places for so many requests at a time. A further one waits for its turn, the longest waiting first. */
export function places({ maxInWork, maxWaitMs, maxWaiting = 1_024, what = 'request' }: PlacesOptions) {
  const busy = () => {
    const message = `${what}: expected at most ${maxInWork} in work at a time, got more`
    return new AppError('unavailable', message, { retryAfterMs: 1_000 })
  }
  let inWork = 0
  const waiting = new Set<() => void>()

  /** Calls `enter` once there is a place, `refuse` after `maxWaitMs` or where too many wait, neither if its caller goes away. */
  const take = (response: Response, enter: () => void, refuse: (error: AppError) => void): void => {
    const begin = () => {
      inWork++
      enter()
    }
    if (inWork < maxInWork) begin()
    else if (waiting.size >= maxWaiting) refuse(busy())
    else queue(response, begin, refuse)
  }
  const queue: typeof take = (response, begin, refuse) => {
    const end = () => {
      clearTimeout(timer)
      waiting.delete(turn)
      response.off('close', end)
    }
    const turn = () => {
      end()
      begin()
    }
    const timer = setTimeout(() => {
      end()
      refuse(busy())
    }, maxWaitMs)
    waiting.add(turn)
    // Its caller went away: the turn is another's.
    response.once('close', end)
  }
  const leave = (): void => {
    inWork--
    const [first] = waiting
    first?.()
  }
  return { take, leave }
}
