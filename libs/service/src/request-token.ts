// The token of a request between two processes: who sent it, to whom, and that it is this request and no other.
import { createHash, sign, verify } from 'node:crypto'
import { base64url, decodeJwt, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { causeHeaders } from './cause.ts'
import type { KnownKeys, Signer } from './keys.ts'

/** How long a token is good for, in seconds. */
const goodForSeconds = 30
/** How much two clocks may differ, in seconds. */
const clockSkewSeconds = 5
/** Says what it is, so that no token of another kind is taken for one: RFC 8725, 3.11. */
const typ = 'request+jwt'

/** The part of a request that its token is for. */
export type TokenFor = {
  /** The service that is asked, e.g. `order`. */
  readonly audience: string
  readonly method: string
  /** With its query, as it is sent, e.g. `/inventory/17?product_id=4`. */
  readonly path: string
}
/** What comes with it: of the headers only those that say why something is written. */
export type Content = {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body?: string | Uint8Array | undefined
}

/** Why a token was refused. */
export type Refused = 'signature' | 'time' | 'audience' | 'request'

/** Strict, for an extension that is not known here, `crit`, has to be refused: RFC 7515, 4.1.11. */
const header = z.strictObject({ alg: z.literal('Ed25519'), typ: z.literal(typ), kid: z.string() })
/** A later release may say more. */
const claims = z.object({
  aud: z.string(),
  htm: z.string(),
  htu: z.string(),
  digest: z.string(),
  iat: z.number(),
  exp: z.number(),
})
type Claims = z.output<typeof claims>

/**
 * A token for one request, good for 30 s: an identical repeat of it is the same command, anything else is refused.
 *
 * Signed in place, in the form that `jose` and others read: handing it to a thread, as Web Crypto and so `jose` does,
 * costs as much again (ADR 0027).
 */
export function signToken({ kid, key }: Signer, request: TokenFor & Content): string {
  const { audience: aud, method: htm, path: htu } = request
  const iat = Math.floor(Date.now() / 1_000)
  const made: Claims = { aud, htm, htu, digest: digestOf(request), iat, exp: iat + goodForSeconds }
  const signed = [{ alg: 'Ed25519', typ, kid }, made]
    .map((part) => base64url.encode(JSON.stringify(part)))
    .join('.')
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}

/** The digest that a request's content must have, or why its token is not for it, as what was met and expected. */
export function checkToken(
  known: KnownKeys,
  token: string,
  { audience, method, path }: TokenFor,
): { readonly digest: string } | { readonly refused: Refused; readonly why: string } {
  const found = signedClaims(known, token)
  if (!found)
    return { refused: 'signature', why: 'expected a token signed by a key in CALLER_KEYS_FILE, got another' }
  const { aud, htm, htu, digest, iat, exp } = found
  if (aud !== audience)
    return { refused: 'audience', why: `expected a token for service ${audience}, got one for ${aud}` }
  const now = Date.now() / 1_000
  const age = now - iat
  const isOver = age > goodForSeconds + clockSkewSeconds || now > exp + clockSkewSeconds
  if (isOver || age < -clockSkewSeconds) {
    const expected = `expected a token of the last ${goodForSeconds} s, by clocks that differ by at most ${clockSkewSeconds} s`
    return { refused: 'time', why: `${expected}, got one of ${Math.round(age)} s ago` }
  }
  if (htm === method && htu === path) return { digest }
  return { refused: 'request', why: `expected a token for this request, got one for ${htm} ${htu}` }
}

/** What a known key has signed; `undefined` if none has, or it is no such token. */
function signedClaims(known: KnownKeys, token: string): Claims | undefined {
  try {
    const key = known.get(header.parse(decodeProtectedHeader(token)).kid)
    const end = token.lastIndexOf('.')
    const [signed, signature] = [token.slice(0, end), token.slice(end + 1)]
    if (!key || !verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64url'))) return undefined
    return claims.parse(decodeJwt(token))
  } catch {
    return undefined
  }
}

/** Of what `htm` and `htu`, named as in RFC 9449, leave open: the headers that say why something is written, and the body. */
export function digestOf({ headers, body = '' }: Content): string {
  const hash = createHash('sha256')
  for (const name of causeHeaders) hash.update(`${name}: ${headers[name] ?? ''}\n`)
  return hash.update('\n').update(body).digest('base64url')
}
