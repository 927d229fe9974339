// One event on its way into the log and out of it; how a store spells it is its own.
import { AppError } from '@ordershop/core'
import { newId } from '@ordershop/core/id'
import type { AnyEvent, Catalog, Cause, NewEvent, PartitionId, Recorded } from '../event.ts'

/** An event as the log is given it: checked, its data as JSON. */
export type NewEntry = {
  readonly eventId: string
  readonly type: string
  readonly schemaVersion: number
  /** Of the schema that the data was checked by. */
  readonly fingerprint: string | undefined
  readonly correlationId: string
  readonly causationId: string
  /** `undefined`: the entity's id. */
  readonly key: string | undefined
  readonly traceparent: string | undefined
  readonly actor: string | undefined
  /** JSON. */
  readonly data: string
}

/** A stream entry as Redis returns it: id, then field, value, field, value … in the order in which they were written. */
export type RawEntry = readonly [entryId: string, fields: readonly string[]]

/** An entry as stored in the log, before its data is validated. */
export type LogEntry = NewEntry & {
  readonly entryId: string
  /** NaN when the entry was not written by this library; then its event id is the entry id. */
  readonly position: number
  readonly entityId: string
  readonly key: string
  readonly version: number
  /** Entry id of the entity's event before; '' for the first. */
  readonly previous: string
  /** Why the entry cannot be decoded, whatever its data. */
  readonly problem: string | undefined
}

/** An event about to be recorded. @throws TypeError for data that JSON does not have. */
export function encode<E extends AnyEvent>(
  event: NewEvent<E>,
  data: unknown,
  schema: Pick<NewEntry, 'schemaVersion' | 'fingerprint'>,
  cause: Required<Pick<Cause, 'correlationId' | 'causationId'>> & Cause,
  key: string | undefined,
): NewEntry {
  const own = event.cause
  const text = JSON.stringify(data) as string | undefined
  if (text === undefined) throw new TypeError(`${typeof data}`)
  return {
    eventId: newId(),
    type: event.type,
    ...schema,
    correlationId: own?.correlationId ?? cause.correlationId,
    causationId: own?.causationId ?? cause.causationId,
    key,
    traceparent: own?.traceparent ?? cause.traceparent,
    // One answer among several must not be put down to whoever another one answers.
    actor: own ? own.actor : cause.actor,
    data: text,
  }
}

/** Of what a catalog says of an entry that it refuses: it may quote the entry, which may have a mebibyte. */
const mostSaid = 1_000

/**
 * Decodes and checks one event.
 *
 * @throws AppError `invalid` that names the entry and what is wrong with it.
 */
export function decode<E extends AnyEvent>(
  catalog: Catalog<E>,
  at: PartitionId,
  entry: LogEntry,
): Recorded<E> {
  try {
    if (entry.problem !== undefined) throw new Error(entry.problem)
    const { schemaVersion, traceparent, actor } = entry
    const event = eventOf(catalog, at.topic, entry)
    const recorded = {
      event_id: entry.eventId,
      type: event.type,
      topic: at.topic,
      entity_id: entry.entityId,
      key: entry.key,
      version: entry.version,
      position: entry.position,
      recorded_at: recordedAt(entry.entryId),
      schema_version: schemaVersion,
      correlation_id: entry.correlationId,
      causation_id: entry.causationId,
      data: event.data,
      partition: at.partition,
      entry_id: entry.entryId,
    } as Record<string, unknown>
    if (traceparent !== undefined) recorded.traceparent = traceparent
    if (actor !== undefined) recorded.actor = actor
    return recorded as unknown as Recorded<E>
  } catch (error) {
    const message = `decode entry ${entry.entryId} of ${at.topic}:${at.partition}: ${(error as Error).message.slice(0, mostSaid)}`
    throw new AppError('invalid', message, { cause: error })
  }
}

function eventOf<E extends AnyEvent>(
  catalog: Catalog<E>,
  topic: string,
  { type, schemaVersion, fingerprint, data }: LogEntry,
): E {
  const isChecked = fingerprint !== undefined && fingerprint === catalog.fingerprint?.(topic, type)
  if (isChecked) return { type, data: jsonOf(data) } as E
  return catalog.parse(topic, type, schemaVersion, jsonOf(data))
}

/** `JSON.parse` whose error, which is logged, does not quote what it was given. */
function jsonOf(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    throw new Error(`data of ${data.length} characters, expected JSON`)
  }
}

let lastMs = ''
let lastIso = ''

// Entry ids are made of the store's clock, so the time needs no field of its own; many events share a millisecond.
function recordedAt(entryId: string): string {
  const ms = entryId.slice(0, entryId.indexOf('-'))
  if (ms !== lastMs) {
    lastMs = ms
    lastIso = new Date(Number(ms)).toISOString()
  }
  return lastIso
}
