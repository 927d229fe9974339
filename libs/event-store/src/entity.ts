import type { AnyEvent, Cause, LogPosition, NewEvent, Recorded } from './event.ts'

/** Names one entity; `key` only if it was written with one. */
export type EntityRef = {
  /** e.g. `order` */
  readonly topic: string
  /** 1 to 256 characters, e.g. `0199c1e2-…`. */
  readonly entityId: string
  /** Chooses the partition instead of the entity's id; all appends of one entity must agree on it. */
  readonly key?: string
}

/**
 * Names an entity's state, in one history only: its last event by version and stream entry id, `3@1764237600000-0`, or
 * `0@` while it does not exist. A failover to a replica that lacks an event leaves two histories with the same version
 * numbers; their tokens differ. Compare it, hand it back, do not take it apart.
 */
export type StateToken = string

/** One atomic append to one entity. */
export type Append<E extends AnyEvent = AnyEvent> = EntityRef &
  Cause & {
    /**
     * What the entity must be at. A `StateToken` is what a decision needs: it holds for exactly the state that was read.
     * A version number (0 = must not exist yet) is for people: it does not protect from an event that was read, then lost
     * by a failover, and replaced by another of the same number. `'any'` does not check.
     */
    readonly expected: StateToken | number | 'any'
    /**
     * Names this write, 1 to 256 characters: the same append under the same id is stored once, however often it comes
     * within an hour. The id belongs to its entity and events: their partition refuses it for others. Another partition
     * does not know it, and takes it for a command of its own.
     *
     * `null` where an entity is created, `expected: 0`, under an id that says what for: nothing is remembered, which saves
     * memory, and a repeat is a `conflict`, also the one that follows a lost reply.
     */
    readonly commandId: string | null
    /** 1 to 512 events, kept in this order; `data` of each at most 128 KiB of JSON, together at most 1 MiB. */
    readonly events: readonly NewEvent<E>[]
  }

/** One atomic append to several entities of one partition: all of it is stored, or nothing. */
export type AppendAll<E extends AnyEvent = AnyEvent> = Cause & {
  readonly topic: string
  /** 1 to 256 characters, e.g. a tenant or an order: every append of these entities is made with it. */
  readonly key: string
  /** Names this write, as that of `Append` does. */
  readonly commandId: string | null
  /** 1 to 512 entities, each once; together at most 512 events and 1 MiB of JSON. */
  readonly entities: readonly EntityAppend<E>[]
}

/** What one entity has in an `AppendAll`. */
export type EntityAppend<E extends AnyEvent = AnyEvent> = Pick<Append<E>, 'expected' | 'events'> & {
  /** 1 to 256 characters. `events` may be empty: then the entity is only required to be at what was `expected`. */
  readonly entityId: string
}

/** What an `appendAll` answers: the position of its last event, or of the partition's last event where it has none. */
export type AppendedAll = LogPosition & {
  /** True when this command id had been stored before, and nothing was written now. */
  readonly repeated: boolean
  /** In the order given: where each entity was left; of one without events, where it is now. */
  readonly entities: readonly Pick<Appended, 'version' | 'token'>[]
}

/** What an append answers. */
export type Appended = LogPosition & {
  /** The entity's version after the append: the number of its events. */
  readonly version: number
  /** Names the entity's state after the append. */
  readonly token: StateToken
  /** True when this command id had been stored before, and nothing was written now. */
  readonly repeated: boolean
}

/** An entity as `load` finds it. */
export type Loaded<E extends AnyEvent = AnyEvent> = {
  /** 0 when it does not exist. */
  readonly version: number
  /** Names this state, for the `expected` of an append that was decided on it. */
  readonly token: StateToken
  /** The position of its last event; 0 when it does not exist. */
  readonly position: number
  readonly partition: number
  /** State to start from, when a valid snapshot of `revision` was stored; `events` then begin after it. */
  readonly snapshot?: unknown
  /** In order of version. */
  readonly events: readonly Recorded<E>[]
  /** The stored answer, when `commandId` is known already; `events` are then empty. */
  readonly repeated?: Appended
}

/** Up to where a history is read, inclusive: a position of the entity's partition, or a time in milliseconds since 1970, by Redis' clock. */
export type AsOf = { readonly position: number } | { readonly time: number }

/** State of an entity at a version, kept so that a long history need not be read whole. */
export type Snapshot = {
  readonly version: number
  /** The position of the event at `version`. */
  readonly position: number
  /** Entry id of the event at `version`: a snapshot whose event is not in the log any more is not used. */
  readonly entryId: string
  /** Names the decider's shape of state, e.g. `order/1`; a snapshot of another revision is not used. */
  readonly revision: string
  readonly state: unknown
}
