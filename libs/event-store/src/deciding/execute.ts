import type { Appended, EntityRef, StateToken } from '../entity.ts'
import type { AnyEvent, Cause, NewEvent } from '../event.ts'
import type { EventStore } from '../event-store.ts'
import { executeAll } from './execute-all.ts'
import type { StoredDecider } from './participant.ts'

/** Why a command is carried out, and its condition. */
export type CommandCause = Cause & {
  readonly commandId: string
  /** The state that the command was meant for, by its token or, for people, by its version number; default: any. */
  readonly expectedVersion?: StateToken | number
  /**
   * The entity should not exist yet, as when its id was drawn for this command: it is decided without being read, which
   * spares a round trip. If it does exist, it is read and the command decided again, so nothing but time depends on it.
   */
  readonly probablyNew?: boolean
}

/** What a command came to. */
export type Executed<State, E extends AnyEvent> = Appended & {
  /** The events recorded now; `[]` when the command was a repeat. */
  readonly events: readonly NewEvent<E>[]
  /** The entity's state after the command; `undefined` when the stored answer of a repeat was returned. */
  readonly state: State | undefined
}

/**
 * Carries out one command: load, fold, decide, append. A version conflict loads and decides again, up to 10 times.
 * A decider may know only the events of its own topic (`Own`), since an entity's history holds no others.
 *
 * The append holds only for the very state that was decided on, named by its token: if an event of it has been lost
 * meanwhile, that is a conflict, too. So a state that this process remembers from its last decision is as good as one
 * that is read: where it carries the command it is decided on that, without reading (`stateCacheBytes` of the store).
 *
 * A `commandId` that was carried out before changes nothing: its stored answer is returned. A decision without
 * events writes nothing and answers with the entity's present version and position, also when the command was meant for
 * another version: what it asks for is so already. Either answer is as durable as that of an append.
 *
 * @throws AppError what the decider throws; `staleVersion` when the entity is not at the `expectedVersion`; `conflict`
 *   when others kept winning; `invalid` when the command id was used for another entity; `unavailable` as `append` does.
 */
export async function execute<State, Command, E extends AnyEvent, Own extends E>(
  store: EventStore<E>,
  decider: StoredDecider<State, Command, Own>,
  { topic, entityId, key = entityId }: EntityRef,
  command: Command,
  { probablyNew, expectedVersion, ...cause }: CommandCause,
): Promise<Executed<State, Own>> {
  const one = { entityId, decider, probablyNew, expectedVersion }
  const executed = await executeAll(
    store as unknown as EventStore<Own>,
    { topic, key },
    [one],
    ([state]) => [decider.decide(command, state)],
    cause,
  )
  const { entities, events, states, ...appended } = executed
  const [{ version, token }] = entities as [Pick<Appended, 'version' | 'token'>]
  return { ...appended, version, token, events: events[0], state: states?.[0] }
}
