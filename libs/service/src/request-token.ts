// The token of a request between two processes: who sent it, to whom, and that it is this request and no other.
import { createHash } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { causeHeaders } from './cause.ts'
import type { KnownKeys, Signer } from './keys.ts'

/** How long a token is good for, in seconds. */
const goodForSeconds = 30
/** How much two clocks may differ, in seconds. */
const clockSkewSeconds = 5
const algorithm = 'Ed25519'
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

/** A token for one request, good for 30 s: an identical repeat of it is the same command, anything else is refused. */
export function signToken(signer: Signer, request: TokenFor & Content): Promise<string> {
  const { audience, method, path } = request
  return new SignJWT({ htm: method, htu: path, digest: digestOf(request) })
    .setProtectedHeader({ alg: algorithm, kid: signer.kid, typ })
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${goodForSeconds} s`)
    .sign(signer.key)
}

/** The digest that a request's content must have, or why its token is not for it, as what was met and expected. */
export async function checkToken(
  known: KnownKeys,
  token: string,
  { audience, method, path }: TokenFor,
): Promise<{ readonly digest: unknown } | { readonly refused: Refused; readonly why: string }> {
  try {
    const { payload } = await jwtVerify(token, known, {
      algorithms: [algorithm],
      typ,
      audience,
      maxTokenAge: goodForSeconds,
      clockTolerance: clockSkewSeconds,
      requiredClaims: ['exp'],
    })
    const { htm, htu, digest } = payload
    if (htm === method && htu === path) return { digest }
    return { refused: 'request', why: `expected a token for this request, got one for ${htm} ${htu}` }
  } catch (error) {
    return refusalOf(error, audience)
  }
}

function refusalOf(error: unknown, audience: string): { refused: Refused; why: string } {
  const { JWTExpired, JWTClaimValidationFailed } = errors
  const claim = error instanceof JWTClaimValidationFailed ? error.claim : undefined
  if (claim === 'aud')
    return { refused: 'audience', why: `expected a token for service ${audience}, got one for another` }
  if (error instanceof JWTExpired || claim === 'iat' || claim === 'exp') {
    const met = error instanceof Error ? error.message : ''
    return {
      refused: 'time',
      why: `expected a token of the last ${goodForSeconds} s, by clocks that differ by at most ${clockSkewSeconds} s: ${met}`,
    }
  }
  return { refused: 'signature', why: 'expected a token signed by a key in CALLER_KEYS_FILE, got another' }
}

/** Of what `htm` and `htu`, named as in RFC 9449, leave open: the headers that say why something is written, and the body. */
export function digestOf({ headers, body = '' }: Content): string {
  const hash = createHash('sha256')
  for (const name of causeHeaders) hash.update(`${name}: ${headers[name] ?? ''}\n`)
  return hash.update('\n').update(body).digest('base64url')
}
