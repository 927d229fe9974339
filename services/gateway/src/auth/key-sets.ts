// The public keys of whoever issues tokens, as a JSON Web Key Set (RFC 7517).
import { AppError } from '@ordershop/core'
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'

const defaults = {
  /** After a fetch an unknown key is no reason for another, so that forged tokens cannot have one each. */
  cooldownMs: 30_000,
  /** Keys are fetched anew when they are older. */
  maxAgeMs: 600_000,
  timeoutMs: 3_000,
  /** After a fetch that failed. */
  pauseMs: 1_000,
}

/**
 * The key set at a URL: fetched at the first token, kept for 10 min, and fetched again, at most every 30 s, when a token names
 * a key that it has not, as after a rotation. Redirects are not followed.
 *
 * @throws AppError `unavailable` while keys are needed and cannot be fetched: a token may be good, nobody can tell.
 */
export function keySetAt(url: string, options: Partial<typeof defaults> = {}): JWTVerifyGetKey {
  const { cooldownMs, maxAgeMs, timeoutMs, pauseMs } = { ...defaults, ...options }
  const keys = createRemoteJWKSet(new URL(url), {
    cooldownDuration: cooldownMs,
    cacheMaxAge: maxAgeMs,
    timeoutDuration: timeoutMs,
    [customFetch]: pausing(pauseMs),
  })
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      if (isOfToken(error)) throw error
      throw new AppError('unavailable', `check a token: the keys at ${url} cannot be fetched`, {
        cause: error,
      })
    }
  }
}

/** `fetch` that, having failed, fails again at once for a while: an issuer that is down is not asked once for each request. */
function pausing(pauseMs: number): typeof fetch {
  let failure: { readonly error: unknown; readonly untilMs: number } | undefined
  return async (...asked) => {
    if (failure && performance.now() < failure.untilMs) throw failure.error
    try {
      const answer = await fetch(...asked)
      if (answer.status !== 200) throw new Error(`expected 200, got ${answer.status}`)
      failure = undefined
      return answer
    } catch (error) {
      failure = { error, untilMs: performance.now() + pauseMs }
      throw error
    }
  }
}

/** Whether the fault is the token's: it names no key of the set, or more than one. */
function isOfToken(error: unknown): boolean {
  return [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported].some(
    (kind) => error instanceof kind,
  )
}

/** The key set that a text is. @throws AppError `invalid`. */
export function keySetOf(text: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(JSON.parse(text))
  } catch (error) {
    throw new AppError('invalid', 'key set: expected a JSON Web Key Set, {"keys":[…]}', { cause: error })
  }
}
