// The request headers of /v1, and what they ask for; and the cursor of its lists.
import { AppError } from '@ordershop/core'
import type { Request } from 'express'
import { refusal } from '../problem.ts'
import type { CachedEntity } from '../views.ts'

type Asked = Pick<Request, 'headers'>

/** Where a page of a list begins: the id of an entity, in a list of billings that of its order before it. */
export const cursor = /^[0-9A-Fa-f-]{36}(:[0-9A-Fa-f-]{36})?$/

/** The longest that `Prefer: wait` holds an answer back, in seconds. */
export const maxWaitSeconds = 10

/**
 * An entity's version as a strong `ETag`, e.g. `"3-1764237600000-0"`: its number, and the entry id of the event that made
 * it, for a number comes again when Redis loses its last writes. A row from before rows had entry ids has none.
 */
export function etagOf({ row }: CachedEntity): Record<string, string> {
  return row.version && row.entry_id ? { etag: `"${row.version}-${row.entry_id}"` } : {}
}

/**
 * Whether `If-None-Match` names the current version. Not `request.fresh`: that is false under `Cache-Control: no-cache`,
 * which `fetch` adds to every conditional request, and for `*` in a list.
 */
export function isCurrent({ headers }: Asked, found: CachedEntity): boolean {
  const { etag } = etagOf(found)
  const tags = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.some((tag) => tag === '*' || tag === etag)
}

/** RFC 9110, section 8.8.3. A weak one is well-formed, and matches nothing. */
export const entityTag = /^(?:W\/)?"[!#-~]*"$/

/**
 * The version that `If-Match` names, as services know it: `3@1764237600000-0`; `undefined` where any will do (`*`, or no such header).
 *
 * @throws AppError `invalid` for anything but one tag; 412 for a tag that no entity ever has.
 */
export function expectedVersion({ headers }: Asked): string | undefined {
  const tag = headers['if-match']?.trim()
  if (tag === undefined || tag === '*') return undefined
  if (!entityTag.test(tag)) throw invalidHeader('If-Match', 'one entity tag', tag)
  const [, version, entryId] = /^"([1-9]\d{0,14})-(\d{1,20}-\d{1,20})"$/.exec(tag) ?? []
  if (version === undefined) throw refusal(412, `If-Match: expected the ETag of the entity, got ${tag}`)
  return `${version}@${entryId}`
}

/** What a service says of versions, as ETags. */
export function inETags(message: string | undefined): string | undefined {
  return message?.replaceAll(/(\d+)@(\d+-\d+)/g, '"$1-$2"')
}

/** The caller's name for a POST that must not be carried out twice. @throws AppError `invalid`. */
export function idempotencyKey({ headers }: Asked): string | undefined {
  const key = headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && /^[\x20-\x7e]{1,255}$/.test(key)) return key
  throw invalidHeader('Idempotency-Key', '1 to 255 printable ASCII characters', String(key))
}

/** The seconds of `Prefer: wait=N`, at most 10; a preference that cannot be read is ignored, as RFC 7240 asks. */
export function preferredWait({ headers }: Asked): number | undefined {
  const preferences = String(headers.prefer ?? '').split(/[,;]/)
  const waits = preferences.map((one) => /^\s*wait\s*=\s*"?(\d{1,9})"?\s*$/i.exec(one)?.[1])
  const seconds = waits.find((wait) => wait !== undefined)
  return seconds === undefined ? undefined : Math.min(Number(seconds), maxWaitSeconds)
}

function invalidHeader(name: string, expected: string, met: string): AppError {
  const message = `expected ${expected}, got ${JSON.stringify(met.slice(0, 80))}`
  return new AppError('invalid', `${name}: ${message}`, { fields: [{ path: name, message }] })
}
