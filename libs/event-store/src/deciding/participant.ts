// Who takes part in a decision: entities, each with a decider that makes a state of its events.
import type { Decider } from '@ordershop/core'
import type { EntityRef, StateToken } from '../entity.ts'
import type { AnyEvent, Cause, NewEvent } from '../event.ts'
import type { EventStore } from '../event-store.ts'

/**
 * A decider whose entities are stored; `revision` names the shape of its state, e.g. `order/1`, for what is kept of it.
 *
 * Of an event's envelope `evolve` is given `version` and `entry_id`, no more.
 */
export type StoredDecider<State, Command, E extends AnyEvent> = Decider<State, Command, NewEvent<E>> & {
  readonly revision: string
}

/** What a decider says of its state; it need not decide by itself. */
export type Folding<State, E extends AnyEvent> = Pick<
  StoredDecider<State, never, E>,
  'revision' | 'initialState' | 'evolve'
>

/** One entity that a decision rests on, and may write to. */
export type Participant<State, E extends AnyEvent> = {
  readonly entityId: string
  /** How its events make a state. */
  readonly decider: Folding<State, E>
  /** As in `CommandCause`. */
  readonly expectedVersion?: StateToken | number | undefined
  /** As in `CommandCause`. */
  readonly probablyNew?: boolean | undefined
}

// biome-ignore lint/suspicious/noExplicitAny: each participant has states and events of its own
export type Participants = readonly Participant<any, any>[]

/** The partition that all entities of a decision lie in: that of `key`, which all of them are written with. */
export type Place = { readonly topic: string; readonly key: string }

/** The events of each participant. */
export type Decided<E extends AnyEvent> = readonly (readonly NewEvent<E>[])[]
export type Decide<E extends AnyEvent> = (states: readonly unknown[]) => Decided<E>

/** A command, and the entities that it rests on. */
export type Decision<E extends AnyEvent> = {
  readonly store: EventStore<E>
  readonly place: Place
  readonly participants: Participants
  /** Of the participants. */
  readonly refs: readonly EntityRef[]
  readonly decide: Decide<E>
  readonly cause: Cause & { readonly commandId: string }
}
