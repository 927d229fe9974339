// How an entry is spelled in a stream.
import type { MaybeCold } from '../archive/hot-start.ts'
import type { LogEntry, NewEntry, RawEntry } from '../log/entry.ts'
import { fieldNames, wordsIn } from '../log/words.ts'

// The two fields of an entry, `fieldNames`:
//
// - `event/2`: type, entity, event id, version, position, entry id of the entity's event before (`-` for its first) and,
//   as JSON, the rest of the envelope, with a space between
// - `data`: JSON
//
// Few and long fields, because each costs as much as the bytes in it, to write and to read: ADR 0023.

// `s` schema version (absent: 1), `f` fingerprint of the schema, `c` correlation id, `a` causation id (absent: same as c), `k` key (absent: the entity id),
// `t` traceparent, `u` actor.
type Meta = { s?: number; f?: string; c: string; a?: string; k?: string; t?: string; u?: string }

/** A name as one word: as it is, or spelled like a URL where it has a space, a `%` or something else that is not plain. */
export function spelled(name: string): string {
  return /^[\w.:@/-]+$/.test(name) ? name : encodeURIComponent(name.toWellFormed())
}

/** What `spelled` was given. */
export function nameOf(word: string): string {
  if (!word.includes('%')) return word
  try {
    return decodeURIComponent(word)
  } catch {
    return word // changed by hand
  }
}

/** The three values of one event as `append.lua` takes them. */
export function wordsOf(entity: string, entry: NewEntry): [event: string, meta: string, data: string] {
  const { schemaVersion, fingerprint, correlationId, causationId, key, traceparent, actor } = entry
  const meta: Meta = { c: correlationId }
  if (schemaVersion !== 1) meta.s = schemaVersion
  if (fingerprint !== undefined) meta.f = fingerprint
  if (causationId !== correlationId) meta.a = causationId
  if (key !== undefined) meta.k = key
  if (traceparent !== undefined) meta.t = traceparent
  if (actor !== undefined) meta.u = actor
  return [`${spelled(entry.type)} ${entity} ${entry.eventId}`, JSON.stringify(meta), entry.data]
}

/** What a stream entry says, also one that was not written by this library, or was changed by hand. Never throws. */
export function entryOf(raw: RawEntry): LogEntry {
  const words = wordsIn(raw)
  if (words === null) return foreign(raw)
  const { type, entity, eventId, version, position, previous, data } = words
  const { meta, problem } = metaOf(words.meta)
  const entityId = nameOf(entity)
  return {
    entryId: raw[0],
    position,
    eventId,
    entityId,
    version: Number(version),
    previous: previous === '-' ? '' : previous,
    type: nameOf(type),
    schemaVersion: meta.s ?? 1,
    fingerprint: meta.f,
    correlationId: meta.c,
    causationId: meta.a ?? meta.c,
    key: meta.k ?? entityId,
    traceparent: meta.t,
    actor: meta.u,
    data,
    problem: problem ?? problemOf(version),
  }
}

function problemOf(version: string): string | undefined {
  if (/^[1-9]\d{0,14}$/.test(version)) return undefined
  return `version is '${version.slice(0, 40)}', expected a whole number from 1`
}

/** An entry of another form: an entity by itself, outside the positions. */
function foreign([entryId, fields]: RawEntry): LogEntry {
  const met = fields.filter((_, k) => k % 2 === 0).join(', ')
  const entityId = `entry:${entryId}`
  return {
    ...{ entryId, eventId: entryId, entityId, key: entityId },
    ...{ position: Number.NaN, version: Number.NaN, previous: '', type: '', schemaVersion: 1, data: '' },
    ...{
      correlationId: '',
      causationId: '',
      traceparent: undefined,
      actor: undefined,
      fingerprint: undefined,
    },
    problem:
      met === fieldNames.join(', ')
        ? 'words of something else, expected type, entity, event id, version, position, entry id before, envelope'
        : `fields ${met.slice(0, 80)}, expected ${fieldNames.join(', ')}`,
  }
}

const unknown: Meta = { c: '' }

function metaOf(text: string): { meta: Meta; problem: string | undefined } {
  try {
    const meta: unknown = JSON.parse(text)
    if (isMeta(meta)) return { meta, problem: undefined }
  } catch {}
  return { meta: unknown, problem: 'the rest of the envelope is something else, expected JSON as {"c":"…"}' }
}

function isMeta(value: unknown): value is Meta {
  if (typeof value !== 'object' || value === null) return false
  const { c, s, f, a, k, t, u } = value as Record<string, unknown>
  const words = [f, a, k, t, u]
  const isVersion = s === undefined || (Number.isSafeInteger(s) && (s as number) >= 1)
  return (
    typeof c === 'string' &&
    isVersion &&
    words.every((word) => word === undefined || typeof word === 'string')
  )
}

/** `<chilled>@<trimmed>@<first entry>`, as the scripts say it of an entity that may be cold. */
export function maybeColdOf(words: string): MaybeCold {
  const [chilled = '', trimmed, firstEntry = ''] = words.split('@')
  return { chilled, trimmed: Number(trimmed), firstEntry }
}
