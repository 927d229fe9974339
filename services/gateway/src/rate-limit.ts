// How often callers may ask: RateLimit header fields as in draft-ietf-httpapi-ratelimit-headers-10.
import { createHash } from 'node:crypto'
import type { connectRedis } from '@ordershop/event-store'
import { wholeNumber } from '@ordershop/service'
import type { Request, RequestHandler, Response } from 'express'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { z } from 'zod'
import { callerOf } from './auth/caller.ts'
import { refusal } from './problem.ts'

const requests = wholeNumber(1, 1_000_000_000).optional()

/** Off by default: what is too often is for who runs the shop to say, and how much is in work is bounded anyhow. */
export const rateVariables = {
  /** Requests of one caller in a window; default any number. */
  RATE_LIMIT_PER_CALLER: requests,
  /** Requests of all callers together in a window; default any number. */
  RATE_LIMIT_IN_ALL: requests,
  /** Length of a window; default 10. */
  RATE_LIMIT_WINDOW_SECONDS: wholeNumber(1, 3_600).default(10),
  /** Proxies before the gateway that set X-Forwarded-For; default 0: it is not believed. */
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
}
type RateConfig = z.output<z.ZodObject<typeof rateVariables>>
type Connection = ReturnType<typeof connectRedis>
/** Whoever has one closes it. */
type RateLimit = { readonly handler: RequestHandler; close(): void }
type Limit = {
  readonly name: string
  readonly limiter: RateLimiterRedis
  keyOf(request: Request): string
}

/**
 * Answers 429 with `Retry-After` to a caller that has asked too often in this window, or once all together have. A caller
 * is who was admitted, else an address. Counted in Redis for all gateways; while it is away, by each for itself.
 *
 * `undefined`, and no connection, if there is no limit.
 */
export function rateLimit(config: RateConfig, connect: () => Connection): RateLimit | undefined {
  if ((config.RATE_LIMIT_PER_CALLER ?? config.RATE_LIMIT_IN_ALL) === undefined) return undefined
  const storeClient = connect()
  const duration = config.RATE_LIMIT_WINDOW_SECONDS
  const limit = (name: string, points: number | undefined, keyOf: Limit['keyOf']): Limit[] => {
    if (points === undefined) return []
    const own = { points, duration, keyPrefix: `rate:${name}` }
    const limiter = new RateLimiterRedis({
      ...own,
      storeClient,
      rejectIfRedisNotReady: true,
      // Who is refused costs Redis nothing until the window ends.
      inMemoryBlockOnConsumed: points,
      insuranceLimiter: new RateLimiterMemory(own),
    })
    return [{ name, limiter, keyOf }]
  }
  // The caller's own first: what it is refused is not taken from the others.
  const limits = [
    ...limit('caller', config.RATE_LIMIT_PER_CALLER, (request) => callerKey(request, config.TRUSTED_PROXIES)),
    ...limit('all', config.RATE_LIMIT_IN_ALL, () => 'all'),
  ]
  return {
    async handler(request, response, next) {
      for (const one of limits) await take(one, request, response)
      next()
    },
    close: () => storeClient.disconnect(),
  }
}

async function take({ name, limiter, keyOf }: Limit, request: Request, response: Response): Promise<void> {
  const { points, duration } = limiter
  response.append('ratelimit-policy', `"${name}";q=${points};w=${duration}`)
  const taken = await limiter.consume(keyOf(request)).catch((error: unknown) => {
    if (error instanceof RateLimiterRes) return error
    throw error
  })
  const seconds = Math.ceil(taken.msBeforeNext / 1_000)
  response.append('ratelimit', `"${name}";r=${taken.remainingPoints};t=${seconds}`)
  // What is blocked in memory is not counted any more.
  if (taken.consumedPoints > 0 && taken.consumedPoints <= points) return
  response.set('retry-after', String(Math.max(1, seconds)))
  const whose = name === 'caller' ? 'of one caller' : 'of all callers together'
  const expected = `expected at most ${points} requests ${whose} in ${duration} s, got more`
  throw refusal(429, `${request.method} ${request.path}: ${expected}`)
}

/** Of one length, whoever asks. */
function callerKey(request: Request, proxies: number): string {
  const caller = callerOf(request)?.id ?? `address/${addressOf(request, proxies)}`
  return createHash('sha256').update(caller).digest('base64url')
}

/** Each proxy appends whom it was asked by, so what a caller wrote itself stands further left than is looked. */
export function addressOf({ headers, socket }: Pick<Request, 'headers' | 'socket'>, proxies: number): string {
  const told = headers['x-forwarded-for']
  const forwarded = `${told ?? ''}`.split(',').map((address) => address.trim())
  const chain = [...forwarded.filter(Boolean), socket.remoteAddress ?? '']
  return chain.at(-1 - proxies) ?? `${chain[0]}`
}

/** Both, the second for what the first lets through. */
export function inTurn(first?: RequestHandler, second?: RequestHandler): RequestHandler | undefined {
  if (!first || !second) return first ?? second
  return (request, response, next) =>
    first(request, response, (error?: unknown) => (error ? next(error) : second(request, response, next)))
}
