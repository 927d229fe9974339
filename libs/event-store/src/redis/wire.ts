// How an entry is spelled in a stream.
import type { LogEntry, NewEntry } from '../log/entry.ts'

/** A stream entry as Redis returns it: id, then field, value, field, value … in the order `append.lua` wrote them. */
export type RawEntry = readonly [entryId: string, fields: readonly string[]]

// The rest of the envelope, packed: `s` schema version (absent: 1), `c` correlation id, `a` causation id (absent: same as c),
// `k` key (absent: the entity id), `t` traceparent, `u` actor.
type Meta = { s?: number; c: string; a?: string; k?: string; t?: string; u?: string }

const fieldsEach = 8

/** The four values of one event as `append.lua` takes them. */
export function wordsOf(entry: NewEntry): [eventId: string, type: string, meta: string, data: string] {
  const { schemaVersion, correlationId, causationId, key, traceparent, actor } = entry
  const meta: Meta = { c: correlationId }
  if (schemaVersion !== 1) meta.s = schemaVersion
  if (causationId !== correlationId) meta.a = causationId
  if (key !== undefined) meta.k = key
  if (traceparent !== undefined) meta.t = traceparent
  if (actor !== undefined) meta.u = actor
  return [entry.eventId, entry.type, JSON.stringify(meta), entry.data]
}

/** What a stream entry says, also one that was not written by this library, or was changed by hand. */
export function entryOf([entryId, fields]: RawEntry): LogEntry {
  const isOurs = fields[0] === 'position' && fields[2] === 'event_id' && fields[4] === 'entity'
  const isWhole = isOurs && fields.length === 2 * fieldsEach
  const entityId = isOurs ? (fields[5] as string) : `entry:${entryId}`
  const { meta, problem } = isWhole
    ? metaOf(fields[13] as string)
    : { meta: unknown, problem: `${fields.length / 2} fields, expected ${fieldsEach}` }
  return {
    entryId,
    position: isOurs ? Number(fields[1]) : Number.NaN,
    eventId: isOurs ? (fields[3] as string) : entryId,
    entityId,
    version: Number(fields[7]),
    previous: fields[9] ?? '',
    type: fields[11] ?? '',
    schemaVersion: meta.s ?? 1,
    correlationId: meta.c,
    causationId: meta.a ?? meta.c,
    key: meta.k ?? entityId,
    traceparent: meta.t,
    actor: meta.u,
    data: fields[15] ?? '',
    problem,
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
