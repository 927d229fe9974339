// Keys with which processes of the shop tell each other's requests from those of anybody else.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { AppError } from '@ordershop/core'
import { z } from 'zod'
import { describeProblem } from './body.ts'

/** 32 bytes in base64url. */
const bytes = z.string().regex(/^[\w-]{43}$/, 'expected 32 bytes in base64url')
const publicKey = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.string().min(1).max(64),
  x: bytes,
})
const keySet = <Key extends z.ZodType>(key: Key) => z.strictObject({ keys: z.array(key).min(1).max(16) })
const publicKeys = keySet(publicKey)
const privateKeys = keySet(publicKey.extend({ d: bytes }))

/** An Ed25519 key as RFC 8037 writes it: `{ kty: 'OKP', crv: 'Ed25519', kid, x }`. */
export type PublicKey = z.output<typeof publicKey>
/** The same with `d`, which signs. Files have one to sixteen in a JWK Set, RFC 7517; the first one signs. */
export type SigningKey = PublicKey & { readonly d: string }
/** A fresh key. Its id is derived from its public part, so two keys have two. */
export function newSigningKey(): SigningKey {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const kid = createHash('sha256').update(x).digest('hex').slice(0, 16)
  return { kty: 'OKP', crv: 'Ed25519', kid, x, d }
}

/** What others need of a key to recognize its signatures, and no more. */
export function publicKeyOf({ kty, crv, kid, x }: PublicKey): PublicKey {
  return { kty, crv, kid, x }
}

/** Who signs: the first key of a set, and its id. */
export type Signer = { readonly kid: string; readonly key: KeyObject }

/** The private keys of a file's text. @throws AppError `invalid` naming what is wrong, never a key. */
export function signingKeysIn(text: string): readonly SigningKey[] {
  return parsed(privateKeys, text, 'JWKS of private Ed25519 keys').keys
}

/** The one of them that signs. @throws as `signingKeysIn`. */
export function signerIn(text: string): Signer {
  const [first] = signingKeysIn(text)
  const { kid, ...jwk } = first as SigningKey
  return { kid, key: createPrivateKey({ format: 'jwk', key: jwk }) }
}

/** Public keys by their ids. */
export type KnownKeys = ReadonlyMap<string, KeyObject>

/** The keys of a file's text. A private key is refused: whoever only checks must not be able to sign. @throws as `signingKeysIn`. */
export function knownKeysIn(text: string): KnownKeys {
  const { keys } = parsed(publicKeys, text, 'JWKS of public Ed25519 keys')
  return new Map(keys.map(({ kid, ...jwk }) => [kid, createPublicKey({ format: 'jwk', key: jwk })]))
}

function parsed<Schema extends z.ZodType>(schema: Schema, text: string, what: string): z.output<Schema> {
  const result = schema.safeParse(jsonOf(text))
  if (result.success) return result.data
  const [issue] = result.error.issues as [z.core.$ZodIssue]
  const unknown = issue.code === 'unrecognized_keys' ? `no ${issue.keys.join(', ')}` : undefined
  // Without the value met: it may be a key.
  const expected = unknown ? `expected ${unknown}` : describeProblem(issue).replace(/, got .*$/s, '')
  throw new AppError('invalid', `expected a ${what}; ${issue.path.join('.') || 'as a whole'}: ${expected}`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
