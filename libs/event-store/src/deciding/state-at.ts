// What an entity was, for who looks back.
import type { AsOf, EntityRef, StateToken } from '../entity.ts'
import type { AnyEvent } from '../event.ts'
import type { EventStore } from '../event-store.ts'
import { entryIdOf } from '../log/settled.ts'
import { heldAsLoaded } from './held.ts'
import type { Folding } from './participant.ts'

/** An entity's state as of then. */
export type StateAt<State> = {
  readonly state: State
  /** 0 where it was not there yet; then `state` is the decider's initial one. */
  readonly version: number
  readonly token: StateToken
  /** Of its last event up to then. */
  readonly entryId: string
  /** When that was recorded, ISO 8601; '' where there was none. */
  readonly recordedAt: string
}

/**
 * The state that a decider would have decided on then, folded from log and archive; see `loadAsOf` for what it costs, its
 * limits and errors.
 */
export async function stateAt<State, E extends AnyEvent, Own extends E>(
  store: Pick<EventStore<E>, 'loadAsOf'>,
  folding: Folding<State, Own>,
  ref: EntityRef,
  asOf: AsOf,
): Promise<StateAt<State>> {
  const { loadAsOf } = store as unknown as Pick<EventStore<Own>, 'loadAsOf'>
  const loaded = await loadAsOf(ref, asOf, { snapshotRevision: folding.revision })
  const { state, version, token } = heldAsLoaded(folding, loaded)
  const entryId = entryIdOf(token)
  const recordedAt = version === 0 ? '' : new Date(Number(entryId.split('-')[0])).toISOString()
  return { state, version, token, entryId, recordedAt }
}
