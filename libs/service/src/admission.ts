import type { Request, RequestHandler, Response } from 'express'
import { limits } from './limits.ts'
import { type PlacesOptions, places } from './places.ts'

export type AdmissionOptions = PlacesOptions & {
  /** Requests that wait for a slow caller at a time; default `limits.slow`. */
  readonly maxSlow?: number
}

/** How often it is looked whether a request waits for its caller, in milliseconds; a second look costs a place that long. */
const lookEveryMs = 100

/**
 * Works on a bounded number of requests at a time. A further one waits for its turn, and is refused with 503 and
 * `Retry-After` after `maxWaitMs`, or at once where too many wait: before its body is read, so nothing was written.
 * Without it, each request beyond what a process can do makes all of them slower.
 *
 * One that waits for its caller, who sends its body or reads its answer slowly, leaves its place to others meanwhile. Of
 * those at most `maxSlow` are kept; beyond, the one that has been slow for longest is cut off.
 *
 * @returns `admit` before the body is read, and `resume` after it: whoever has left its place asks for another.
 */
export function admission(options: AdmissionOptions): { admit: RequestHandler; resume: RequestHandler } {
  const { take, leave } = places(options)
  const slow = slowOnes(options.maxSlow ?? limits.slow)
  const placed = new WeakSet<Response>()

  const hold = (request: Request, response: Response): void => {
    placed.add(response)
    slow.delete(response)
    const free = () => {
      clearInterval(looking)
      response.off('close', free)
      placed.delete(response)
      leave()
    }
    const looking = setInterval(() => {
      if (!waitsForCaller(request, response)) return
      free()
      slow.add(response)
    }, lookEveryMs)
    response.once('close', free)
  }
  const enter: RequestHandler = (request, response, next) => {
    const entered = () => {
      hold(request, response)
      next()
    }
    take(response, entered, next)
  }
  return {
    admit: enter,
    resume: (request, response, next) => (placed.has(response) ? next() : enter(request, response, next)),
  }
}

/** Whether nothing happens until more of its body has come, or more of its answer was read. */
function waitsForCaller(request: Request, response: Response): boolean {
  return !request.complete || response.writableNeedDrain || response.writableEnded
}

/** The answers of slow callers, as many as these. */
function slowOnes(max: number) {
  const slow = new Set<Response>()
  return {
    add(response: Response): void {
      const [oldest] = slow
      if (slow.size >= max) oldest?.socket?.destroy()
      slow.add(response)
      response.once('close', () => slow.delete(response))
    },
    delete: (response: Response) => slow.delete(response),
  }
}
