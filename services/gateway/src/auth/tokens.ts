import { hash } from 'node:crypto'
import { type Role, rolesOf } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Caller, Identify } from './caller.ts'

/** What a token must be. */
export type TokenRules = {
  readonly issuer: string
  readonly audience: string
  /** Of signatures. Asymmetric ones only: with a public key as the secret of an HMAC anybody could sign. */
  readonly algorithms: readonly string[]
  /** How far the issuer's clock may be off, in seconds, either way. */
  readonly clockSkewSeconds: number
  /** Where its roles are: see `rolesIn`. */
  readonly rolesClaim: string
}

// Checking a signature takes longer than all else that a gateway does for a read. Only tokens that are good are
// remembered, so nobody fills this who has none; some 300 bytes each. A key that its issuer has withdrawn counts no
// longer than this beyond the set of keys.
const remembered = { max: 5_000, ms: 60_000 }

/** The subject: OpenID Connect allows 255 ASCII characters. It travels in a header. */
const subject = /^[\x21-\x7e]{1,255}$/

/** Tells callers by JSON Web Tokens that one of `keys` has signed. */
export function byToken(keys: JWTVerifyGetKey, rules: TokenRules, now: () => number = Date.now): Identify {
  const known = new LRUCache<string, { readonly caller: Caller; readonly untilMs: number }>({
    max: remembered.max,
  })
  const look = async (token: string, name: string) => {
    const payload = await verified(token, keys, rules, now)
    const caller = callerIn(payload, rules.rolesClaim)
    // Not the skew beyond `exp`: whoever comes in it is looked at each time.
    const untilMs = Math.min(now() + remembered.ms, 1_000 * (payload.exp ?? 0))
    known.set(name, { caller, untilMs })
    return caller
  }
  return (token) => {
    const name = hash('sha256', token, 'base64url')
    const before = known.get(name)
    return before && now() < before.untilMs ? before.caller : look(token, name)
  }
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  rules: TokenRules,
  now: () => number,
): Promise<JWTPayload> {
  const { issuer, audience, algorithms, clockSkewSeconds } = rules
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: clockSkewSeconds,
      currentDate: new Date(now()),
      requiredClaims: ['exp', 'sub'],
    })
    return payload
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    throw new AppError('unauthorized', `token: ${error.message}`, { cause: error })
  }
}

function callerIn(payload: JWTPayload, rolesClaim: string): Caller {
  const { sub } = payload
  if (typeof sub !== 'string' || !subject.test(sub))
    throw new AppError('unauthorized', 'token: expected a sub of 1 to 255 printable ASCII characters')
  return { id: `token/${sub}`, actor: sub, roles: rolesIn(payload, rolesClaim) }
}

/**
 * The roles that a claim gives: an array of words, or words with spaces between, as `scope` has them. The claim is the one of
 * that very name (`https://shop.example/roles`), else the one at that path (`realm_access.roles`, as Keycloak writes it).
 * Words that are no role of the shop's give none.
 */
export function rolesIn(claims: Readonly<Record<string, unknown>>, name: string): ReadonlySet<Role> {
  const claim = own(claims, name) ?? name.split('.').reduce<unknown>(own, claims)
  if (typeof claim === 'string') return rolesOf(claim.split(' '))
  return rolesOf(Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : [])
}

function own(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null
  return isObject && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}
