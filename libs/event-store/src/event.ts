/** What an application records: a name in the past tense and its data. `data` must survive JSON. */
export type AnyEvent = { readonly type: string; readonly data: unknown }

/** Why something is recorded; every field ends up in the envelope of the events it belongs to. */
export type Cause = {
  /** The same for everything that one request led to; default: the command id. */
  readonly correlationId?: string
  /** The id of the event or command that led to this directly; default: the command id. */
  readonly causationId?: string
  /** W3C trace context, `00-<32 hex>-<16 hex>-<2 hex>`. */
  readonly traceparent?: string
  /** Who did it, where known. */
  readonly actor?: string
}

/**
 * An event about to be recorded; `cause` overrides the append's own, for appends that answer several events at once. What
 * it leaves out is the append's, but for the actor: then nobody is known.
 */
export type NewEvent<E extends AnyEvent = AnyEvent> = E & { readonly cause?: Cause }

/** Where an event lies and what is known about it; names as on the wire. */
export type Envelope = {
  /** UUIDv7, drawn by the writer. */
  readonly event_id: string
  readonly topic: string
  readonly entity_id: string
  /** What partition and order hang on: the entity's id unless the writer gave another. */
  readonly key: string
  /** 1 for the entity's first event, then contiguous. */
  readonly version: number
  /** 1 for the partition's first event, then contiguous. */
  readonly position: number
  /** When Redis stored it, ISO-8601 UTC with milliseconds; never earlier than the event before it in its partition. */
  readonly recorded_at: string
  /** The version the event's data had when it was written; `data` itself is upcast to the newest on read. */
  readonly schema_version: number
  readonly correlation_id: string
  readonly causation_id: string
  readonly traceparent?: string
  readonly actor?: string
  readonly partition: number
  /** The Redis Stream entry id, `<milliseconds>-<sequence>`. */
  readonly entry_id: string
}

/** An event as it was recorded. */
export type Recorded<E extends AnyEvent = AnyEvent> = E & Envelope

/**
 * What the library must know of the events it carries, given by the application.
 *
 * `parse` is called before every write (with the current schema version) and after a read (with the version
 * that was written), unless a `fingerprint` spares that: it upcasts older data, checks it, and returns the event.
 */
export type Catalog<E extends AnyEvent = AnyEvent> = {
  /** Every topic there is. */
  readonly topics: readonly string[]
  /** The schema version that new events of this type are written with, from 1. Throws `invalid` for an unknown type. */
  readonly schemaVersion: (topic: string, type: string) => number
  /** Throws `AppError` `invalid` naming each field when the data does not fit. */
  readonly parse: (topic: string, type: string, schemaVersion: number, data: unknown) => E
  /**
   * Names what `parse` accepts of this type now, e.g. a hash of its schema, in at most 16 characters; it is recorded with
   * each event. What was recorded under the name that the reader has, too, was checked by the append, and is not checked
   * again: then data as it was parsed must survive JSON unchanged. Default: all that is read is parsed.
   */
  readonly fingerprint?: (topic: string, type: string) => string
}

/** Where an event lies: what `waitFor` waits on. */
export type LogPosition = { readonly topic: string; readonly partition: number; readonly position: number }

/** Names one partition of one topic. */
export type PartitionId = { readonly topic: string; readonly partition: number }

/** `order:3`, as in the hash tag of every key of the partition. */
export function partitionName({ topic, partition }: PartitionId): string {
  return `${topic}:${partition}`
}
