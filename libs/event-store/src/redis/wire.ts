// How an entry is spelled in a stream.
import type { MaybeCold } from '../archive/hot-start.ts'
import type { LogEntry, NewEntry, RawEntry } from '../log/entry.ts'

/**
 * The two fields of an entry. The first one's name is the mark of this form; the next form will have another.
 *
 * - `event/2`: type, entity, event id, version, position, entry id of the entity's event before (`-` for its first) and,
 *   as JSON, the rest of the envelope, with a space between
 * - `data`: JSON
 *
 * Few and long fields, because each costs as much as the bytes in it, to write and to read: ADR 0023.
 */
const names = ['event/2', 'data'] as const

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

/** What a stream entry says, also one that was not written by this library, or was changed by hand. */
export function entryOf([entryId, fields]: RawEntry): LogEntry {
  const [mark, event = '', , data = ''] = fields
  if (mark !== names[0] || fields.length !== 2 * names.length) return foreign(entryId, fields)
  const words = event.split(' ', 6)
  if (words.length < 6) return foreign(entryId, fields)
  const [type, entity, eventId, version, position, previous] = words as [
    ...[string, string, string, string, string, string],
  ]
  const { meta, problem } = metaOf(event.slice(words.join(' ').length + 1))
  const entityId = nameOf(entity)
  return {
    entryId,
    position: Number(position),
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
    problem,
  }
}

/** An entry of another form: an entity by itself, outside the positions. */
function foreign(entryId: string, fields: readonly string[]): LogEntry {
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
    problem: `fields ${met.slice(0, 80)}, expected ${names.join(', ')}`,
  }
}

const unknown: Meta = { c: '' }

function metaOf(text: string): { meta: Meta; problem: string | undefined } {
  try {
    return { meta: JSON.parse(text), problem: undefined }
  } catch (error) {
    return { meta: unknown, problem: (error as Error).message }
  }
}

/** `<chilled>@<trimmed>@<first entry>`, as the scripts say it of an entity that may be cold. */
export function maybeColdOf(words: string): MaybeCold {
  const [chilled = '', trimmed, firstEntry = ''] = words.split('@')
  return { chilled, trimmed: Number(trimmed), firstEntry }
}
