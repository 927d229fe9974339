import { retry } from '@ordershop/core'
import type { AppendedAll } from '../entity.ts'
import type { AnyEvent, Cause, NewEvent } from '../event.ts'
import type { EventStore } from '../event-store.ts'
import { carryOut, Overtaken } from './decision.ts'
import { type Held, heldInMind, heldNew } from './held.ts'
import type { Decide, Decision, Participant, Participants, Place } from './participant.ts'

/** The state of each participant. */
export type StatesOf<P> = { [K in keyof P]: P[K] extends Participant<infer State, infer _> ? State : never }
/** The events of each participant. */
export type EventsOf<P> = {
  [K in keyof P]: P[K] extends Participant<infer _, infer E> ? readonly NewEvent<E>[] : never
}

/** What a command on several entities came to; `events` and `states` are in the order of the participants. */
export type ExecutedAll<P> = AppendedAll & {
  /** The events recorded now; none when the command was a repeat. */
  readonly events: EventsOf<P>
  /** The states after the command; `undefined` when the stored answer of a repeat was returned. */
  readonly states: StatesOf<P> | undefined
}

const conflictRetry = { attempts: 10, baseMs: 2, maxMs: 100 }

/**
 * Carries out one command that rests on several entities of one partition: as `execute`, but `decide` is given the states
 * of all `participants`, in their order, and returns the events of each. They are stored by one `appendAll`, on exactly
 * the states that were decided on, also of those entities that get no event.
 *
 * `decide` must be pure: it is called again when somebody else was faster.
 *
 * @throws AppError as `execute`.
 */
export async function executeAll<E extends AnyEvent, const P extends Participants>(
  store: EventStore<E>,
  place: Place,
  participants: P,
  decide: (states: StatesOf<P>) => EventsOf<P>,
  cause: Cause & { readonly commandId: string },
): Promise<ExecutedAll<P>> {
  const refs = participants.map(({ entityId }) => ({ ...place, entityId }))
  const decision = { store, place, participants, refs, decide: decide as unknown as Decide<E>, cause }
  const known = statesInMind(decision)
  if (known.some((held) => held !== undefined)) {
    const done = await carryOut(decision, known, false).catch(unlessOvertaken)
    if (done) return done as ExecutedAll<P>
  }
  // A decider's own conflict is an answer; only the store's says that somebody else was faster.
  const done = retry(() => carryOut(decision, [], true), {
    ...conflictRetry,
    when: (error) => error instanceof Overtaken,
  })
  return (await done.catch(asConflict)) as ExecutedAll<P>
}

/** The states that this process remembers, or expects to be new; the others are to be read. */
function statesInMind<E extends AnyEvent>({ store, participants, refs }: Decision<E>): (Held | undefined)[] {
  return participants.map(({ decider, probablyNew, expectedVersion }, k) => {
    const held = heldInMind(store, decider, refs[k] as Decision<E>['refs'][number])
    return held ?? (probablyNew && expectedVersion === undefined ? heldNew(decider) : undefined)
  })
}

function unlessOvertaken(error: unknown): undefined {
  if (error instanceof Overtaken) return undefined
  throw error
}

function asConflict(error: unknown): never {
  throw error instanceof Overtaken ? error.cause : error
}
