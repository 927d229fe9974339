// How often callers may ask: RateLimit header fields as in draft-ietf-httpapi-ratelimit-headers-10.
import { createHash } from 'node:crypto'
import { AppError } from '@ordershop/core'
import type { connectRedis } from '@ordershop/event-store'
import { wholeNumber } from '@ordershop/service'
import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import { callerOf } from './auth/caller.ts'
import { counted } from './counted.ts'
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
type RateLimit = {
  /** What stands before the routes, behind what tells callers, if anything does. */
  guard(authentication?: RequestHandler): RequestHandler
  close(): void
}
type Limit = ReturnType<typeof counted> & { keyOf(request: Request): string }

/**
 * Answers 429 with `Retry-After` to a caller that has asked too often in this window, or once all together have. A caller
 * is who was admitted, else an address. Counted in Redis for all gateways; while it is away, by each for itself.
 *
 * Bad credentials are counted by address, and apart: past the limit they are 429 instead of 401, and a good one of the same
 * address is none of them.
 *
 * `undefined`, and no connection, if there is no limit.
 */
export function rateLimit(config: RateConfig, connect: () => Connection): RateLimit | undefined {
  const { RATE_LIMIT_PER_CALLER: ofOne, RATE_LIMIT_IN_ALL: ofAll, TRUSTED_PROXIES: proxies } = config
  if ((ofOne ?? ofAll) === undefined) return undefined
  const storeClient = connect()
  const limit = (name: string, points: number | undefined, keyOf: Limit['keyOf']): Limit[] => {
    if (points === undefined) return []
    return [{ ...counted({ name, points, duration: config.RATE_LIMIT_WINDOW_SECONDS, storeClient }), keyOf }]
  }
  // The caller's own first: what it is refused is not taken from the others.
  const limits = [
    ...limit('caller', ofOne, (request) => keyFor(callerOf(request)?.id ?? addressOf(request, proxies))),
    ...limit('all', ofAll, () => 'all'),
  ]
  const [bad] = limit('credential', ofOne, (request) => keyFor(addressOf(request, proxies)))
  return {
    guard: (authentication) => async (request, response, next) => {
      if (authentication) await countRefusals(authentication, bad, request, response)
      for (const one of limits) await take(one, request, response)
      next()
    },
    close: () => storeClient.disconnect(),
  }
}

async function countRefusals(
  authentication: RequestHandler,
  bad: Limit | undefined,
  request: Request,
  response: Response,
): Promise<void> {
  try {
    await passed(authentication, request, response)
  } catch (error) {
    const isBad = error instanceof AppError && error.code === 'unauthorized'
    if (bad && isBad && request.headers.authorization !== undefined) await take(bad, request, response)
    throw error
  }
}

/** Resolves once a handler lets a request through. */
function passed(handler: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown) => (error ? reject(error) : resolve())
    // Of an async one the promise says why it refuses.
    Promise.resolve(handler(request, response, next)).catch(reject)
  })
}

async function take({ name, points, duration, consume, keyOf }: Limit, request: Request, response: Response) {
  response.append('ratelimit-policy', `"${name}";q=${points};w=${duration}`)
  const { taken, endsInMs } = await consume(keyOf(request))
  const seconds = Math.ceil(endsInMs / 1_000)
  response.append('ratelimit', `"${name}";r=${Math.max(0, points - taken)};t=${seconds}`)
  if (taken <= points) return
  response.set('retry-after', String(Math.max(1, seconds)))
  const expected = `expected at most ${points} ${whose[name]} in ${duration} s, got more`
  throw refusal(429, `${request.method} ${request.path}: ${expected}`)
}

const whose: Readonly<Record<string, string>> = {
  caller: 'requests of one caller',
  all: 'requests of all callers together',
  credential: 'bad credentials of one address',
}

/** Of one length, whoever asks. */
function keyFor(caller: string): string {
  return createHash('sha256').update(caller).digest('base64url')
}

/** Each proxy appends whom it was asked by, so what a caller wrote itself stands further left than is looked. */
export function addressOf({ headers, socket }: Pick<Request, 'headers' | 'socket'>, proxies: number): string {
  const told = headers['x-forwarded-for']
  const forwarded = `${told ?? ''}`.split(',').map((address) => address.trim())
  const chain = [...forwarded.filter(Boolean), socket.remoteAddress ?? '']
  return chain.at(-1 - proxies) ?? `${chain[0]}`
}
