import type { EntityRef, Loaded, StateToken } from '../entity.ts'
import type { AnyEvent, Recorded } from '../event.ts'
import type { EventStore } from '../event-store.ts'
import { entryIdOf, versionOf } from '../log/settled.ts'
import type { Folding } from './participant.ts'
import type { Folded } from './state-cache.ts'

/** An entity's state in the hands of one decision. */
export type Held<State = unknown> = {
  readonly token: StateToken
  readonly version: number
  /** Of its last event; 0 when it does not exist. */
  readonly position: number
  readonly snapshotVersion: number
  readonly state: State
}

// Reading fewer events than this costs less than keeping a snapshot fresh.
const snapshotEvery = 100

/** A state that nobody has written yet. */
export function heldNew<State>({ initialState }: { initialState: () => State }): Held<State> {
  return { token: '0@', version: 0, position: 0, snapshotVersion: 0, state: initialState() }
}

/** The state that was remembered, with the event that came last. */
export function heldInMind<State, E extends AnyEvent>(
  store: EventStore<E>,
  folding: Folding<State, E>,
  ref: EntityRef,
): Held<State> | undefined {
  const known = store.stateCache.get(ref, folding.revision)
  if (!known) return undefined
  const { token, position, snapshotVersion, event } = known
  const before = known.state as State
  const state = event ? folding.evolve(before, event) : before
  return { token, version: versionOf(token), position, snapshotVersion, state }
}

/** The state that was read. */
export function heldAsLoaded<State, E extends AnyEvent>(
  folding: Folding<State, E>,
  { token, version, position, snapshot, events }: Loaded<E>,
): Held<State> {
  let state = snapshot === undefined ? folding.initialState() : (snapshot as State)
  for (const event of events) state = folding.evolve(state, folded(event))
  return { token, version, position, snapshotVersion: version - events.length, state }
}

/** No more than is known of an event that was just appended, so that no state depends on how it was come by. */
function folded<E extends AnyEvent>({ type, data, version, entry_id }: Recorded<E>): Folded<E> {
  return { type, data, version, entry_id } as Folded<E>
}

/** Saves a snapshot where the one before it is too far back, so that whoever takes over has little to read. */
export function withSnapshot<State, E extends AnyEvent>(
  store: EventStore<E>,
  { revision }: Folding<State, E>,
  ref: EntityRef,
  held: Held<State>,
): Held<State> {
  const { version, token, position, state } = held
  if (version - held.snapshotVersion < snapshotEvery) return held
  const entryId = entryIdOf(token)
  // Best effort: without it the next load is as long as this one.
  store.saveSnapshot(ref, { version, position, entryId, revision, state }).catch(() => {})
  return { ...held, snapshotVersion: version }
}
