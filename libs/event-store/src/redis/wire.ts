import { AppError } from '@ordershop/core'
import { newId } from '@ordershop/core/id'
import type { AnyEvent, Catalog, Cause, NewEvent, PartitionId, Recorded } from '../event.ts'

/** A stream entry as Redis returns it: id, then field, value, field, value … in the order `append.lua` wrote them. */
export type RawEntry = readonly [entryId: string, fields: readonly string[]]

/** What XADD stored of one event, before anything in it is trusted. */
export type WireEvent = {
  readonly entryId: string
  /** NaN when the entry was not written by this library. */
  readonly position: number
  /** The entry id when the entry was not written by this library. */
  readonly eventId: string
  readonly entity: string
  readonly fields: readonly string[]
}

// The rest of the envelope, packed: `s` schema version (absent: 1), `c` correlation id, `a` causation id (absent: same as c),
// `k` key (absent: the entity id), `t` traceparent, `u` actor.
type Meta = { s?: number; c: string; a?: string; k?: string; t?: string; u?: string }

/** The three values of one event as `append.lua` takes them: event id, type, meta and data. */
export function encode<E extends AnyEvent>(
  event: NewEvent<E>,
  data: unknown,
  schemaVersion: number,
  cause: Required<Pick<Cause, 'correlationId' | 'causationId'>> & Cause,
  key: string | undefined,
): [eventId: string, type: string, meta: string, data: string] {
  const own = event.cause
  const correlation = own?.correlationId ?? cause.correlationId
  const causation = own?.causationId ?? cause.causationId
  const traceparent = own?.traceparent ?? cause.traceparent
  const actor = own?.actor ?? cause.actor
  const meta: Meta = { c: correlation }
  if (schemaVersion !== 1) meta.s = schemaVersion
  if (causation !== correlation) meta.a = causation
  if (key !== undefined) meta.k = key
  if (traceparent !== undefined) meta.t = traceparent
  if (actor !== undefined) meta.u = actor
  const text = JSON.stringify(data) as string | undefined
  if (text === undefined) throw new TypeError(`${typeof data}`)
  return [newId(), event.type, JSON.stringify(meta), text]
}

/** Reads what a subscription must know even of an event that cannot be decoded. */
export function peek([entryId, fields]: RawEntry): WireEvent {
  const ours = fields[0] === 'position' && fields[2] === 'event_id' && fields[4] === 'entity'
  return ours
    ? {
        entryId,
        position: Number(fields[1]),
        eventId: fields[3] as string,
        entity: fields[5] as string,
        fields,
      }
    : { entryId, position: Number.NaN, eventId: entryId, entity: `entry:${entryId}`, fields }
}

/** Whether an entry is the event of this version of this entity. */
export function isOf([, fields]: RawEntry, entityId: string, version: number): boolean {
  return fields[5] === entityId && fields[7] === String(version)
}

/** The key of an entry that may not be decodable: what its meta says, else its entity. */
export function keyOf(raw: RawEntry): string {
  const { entity, fields } = peek(raw)
  try {
    return (JSON.parse(fields[13] as string) as Meta).k ?? entity
  } catch {
    return entity
  }
}

/**
 * Decodes and checks one event.
 *
 * @throws AppError `invalid` that names the entry and what is wrong with it.
 */
export function decode<E extends AnyEvent>(catalog: Catalog<E>, at: PartitionId, raw: RawEntry): Recorded<E> {
  const [entryId, fields] = raw
  try {
    if (fields.length !== 16) throw new Error(`${fields.length / 2} fields, expected 8`)
    const meta = JSON.parse(fields[13] as string) as Meta
    const schemaVersion = meta.s ?? 1
    const event = catalog.parse(
      at.topic,
      fields[11] as string,
      schemaVersion,
      JSON.parse(fields[15] as string),
    )
    const entity = fields[5] as string
    const recorded = {
      event_id: fields[3] as string,
      type: event.type,
      topic: at.topic,
      entity_id: entity,
      key: meta.k ?? entity,
      version: Number(fields[7]),
      position: Number(fields[1]),
      recorded_at: recordedAt(entryId),
      schema_version: schemaVersion,
      correlation_id: meta.c,
      causation_id: meta.a ?? meta.c,
      data: event.data,
      partition: at.partition,
      entry_id: entryId,
    } as Record<string, unknown>
    if (meta.t !== undefined) recorded.traceparent = meta.t
    if (meta.u !== undefined) recorded.actor = meta.u
    return recorded as unknown as Recorded<E>
  } catch (error) {
    const message = `decode entry ${entryId} of ${at.topic}:${at.partition}: ${(error as Error).message}`
    throw new AppError('invalid', message, { cause: error })
  }
}

let lastMs = ''
let lastIso = ''

// Entry ids are made of Redis' clock, so the time needs no field of its own; many events share a millisecond.
function recordedAt(entryId: string): string {
  const ms = entryId.slice(0, entryId.indexOf('-'))
  if (ms !== lastMs) {
    lastMs = ms
    lastIso = new Date(Number(ms)).toISOString()
  }
  return lastIso
}
