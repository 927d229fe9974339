// API keys and the file that lists them: `ordershop-ops api-keys new` writes what the gateway reads.
import { hash, randomBytes } from 'node:crypto'
import { AppError } from '@ordershop/core'
import { isRole, type Role, roles, rolesOf } from './roles.ts'

/** Begins every key: people, logs and scanners for leaked secrets know one when they see it, and so does the gateway. */
export const apiKeyPrefix = 'osk_'

/** A line of the file: who has a key, and what it lets them do. The key itself is not in it. */
export type ApiKey = {
  /** The actor of what is done with it. Two keys may have one name: a new one, and the old one until it is taken off. */
  readonly name: string
  /** SHA-256 of the key, 32 bytes. */
  readonly hash: Buffer
  /** With those that they imply. */
  readonly roles: ReadonlySet<Role>
  /** From this moment on it is refused, in milliseconds since 1970; default never. */
  readonly expiresAtMs: number
}

/** Each request is compared with every key. */
const maxKeys = 1_000
// A key in the place of a name would be the actor of events, and so be in every log.
const name = /^(?!osk_)[\w.-]{1,64}$/

/**
 * SHA-256, not a slow hash: those make up for what people choose. A key is 256 random bits, which nobody finds by trying,
 * however fast; and the gateway has to hash at every request.
 */
export const hashOfKey = (key: string): Buffer => hash('sha256', key, 'buffer')

/** A key that has not been before: `osk_` and 256 random bits in base64url, 47 characters in all. */
export const newApiKey = (): string => apiKeyPrefix + randomBytes(32).toString('base64url')

/**
 * The line of the file for a key, as `NAME SHA256 ROLES [EXPIRES]`: `warehouse 9f86d0…0f00 read,write 2027-01-01T00:00:00Z`.
 *
 * @throws AppError `invalid` for a name other than 1 to 64 letters, digits, `_`, `.`, `-`, for an unknown role, or a time
 *   that is not ISO-8601 in UTC.
 */
export function apiKeyLine(
  key: string,
  { name, roles, expires }: { name: string; roles: string; expires?: string | undefined },
): string {
  const words = [name, hashOfKey(key).toString('hex'), roles, ...(expires ? [expires] : [])]
  keyOf(words)
  return words.join(' ')
}

/**
 * The keys of a file: one a line, empty lines and comments (`#`) aside. An empty file has no keys.
 *
 * @throws AppError `invalid` naming the line, what was met, and what was expected; never a hash, nor a key.
 */
export function parseApiKeys(text: string): ApiKey[] {
  const keys: ApiKey[] = []
  const seen = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue
    const at = `line ${index + 1}: `
    const key = keyOf(line.trim().split(/\s+/), at)
    const before = seen.get(key.hash.toString('hex'))
    if (before !== undefined) throw refused(at, `expected another key than that of line ${before}`)
    seen.set(key.hash.toString('hex'), index + 1)
    keys.push(key)
  }
  if (keys.length > maxKeys) throw refused('', `expected at most ${maxKeys} keys, got ${keys.length}`)
  return keys
}

function keyOf(words: readonly string[], at = ''): ApiKey {
  const [who = '', digest = '', allowed = '', expires] = words
  if (words.length < 3 || words.length > 4)
    throw refused(at, `expected NAME SHA256 ROLES [EXPIRES], got ${words.length} words`)
  if (!name.test(who)) throw refused(at, `name: expected 1 to 64 letters, digits, _ . -, got ${met(who)}`)
  if (!/^[0-9a-f]{64}$/.test(digest))
    throw refused(at, `hash: expected 64 lower-case hexadecimal digits, got ${digest.length} characters`)
  const unknown = allowed.split(',').find((word) => !isRole(word))
  if (unknown !== undefined)
    throw refused(at, `roles: expected some of ${roles.join(',')}, got ${met(unknown)}`)
  return {
    name: who,
    hash: Buffer.from(digest, 'hex'),
    roles: rolesOf(allowed.split(',')),
    expiresAtMs: expires === undefined ? Number.POSITIVE_INFINITY : timeOf(expires, at),
  }
}

/** A word as a message may have it: in a line whose words are in the wrong places it may be what nobody is to see. */
function met(word: string): string {
  return /osk_|[0-9a-f]{64}/.test(word) ? 'a key or a hash' : JSON.stringify(word)
}

function timeOf(text: string, at: string): number {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(ms)) return ms
  throw refused(at, `expiry: expected a time such as 2027-01-01T00:00:00Z, got ${met(text)}`)
}

function refused(at: string, message: string): AppError {
  return new AppError('invalid', `API keys: ${at}${message}`)
}
