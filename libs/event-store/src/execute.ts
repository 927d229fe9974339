import { type Decider, errorCode, retry, staleVersion } from '@ordershop/core'
import type { Appended, EntityRef, Loaded, StateToken } from './entity.ts'
import type { AnyEvent, Cause, NewEvent, Recorded } from './event.ts'
import type { EventStore } from './event-store.ts'
import { isReusedCommandId } from './log/settled.ts'

/** A decider whose long-lived entities are snapshotted; `revision` names the shape of its state, e.g. `order/1`. */
export type StoredDecider<State, Command, E extends AnyEvent> = Decider<State, Command, NewEvent<E>> & {
  readonly revision: string
}

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

// Reading fewer events than this costs less than keeping a snapshot fresh.
const snapshotEvery = 100
const conflictRetry = { attempts: 10, baseMs: 2, maxMs: 100 }

/**
 * Carries out one command: load, fold, decide, append. A version conflict loads and decides again, up to 10 times.
 * A decider may know only the events of its own topic (`Own`), since an entity's history holds no others.
 *
 * The append holds only for the very state that was decided on, named by its token: if an event of it has been lost
 * meanwhile, that is a conflict, too.
 *
 * A `commandId` that was carried out before is not decided again: its stored answer is returned. A decision without
 * events writes nothing and answers with the entity's present version and position, also when the command was meant for
 * another version: what it asks for is so already. Either answer is as durable as that of an append.
 *
 * @throws AppError what the decider throws; `staleVersion` when the entity is not at the `expectedVersion`; `conflict`
 *   when others kept winning; `invalid` when the command id was used for another entity; `unavailable` as `append` does.
 */
export async function execute<State, Command, E extends AnyEvent, Own extends E>(
  store: EventStore<E>,
  decider: StoredDecider<State, Command, Own>,
  target: EntityRef,
  command: Command,
  cause: CommandCause,
): Promise<Executed<State, Own>> {
  return retry((attempts) => attempt(store, decider, target, command, cause, attempts), {
    ...conflictRetry,
    // A decider's own conflict is an answer; only the store's says that somebody else was faster.
    when: (error) => error instanceof Overtaken,
  }).catch((error: unknown) => {
    throw error instanceof Overtaken ? error.cause : error
  })
}

/** Somebody else was faster, with another command or with this one: what was decided on is past. */
class Overtaken extends Error {}

async function attempt<State, Command, E extends AnyEvent, Own extends E>(
  store: EventStore<E>,
  decider: StoredDecider<State, Command, Own>,
  target: EntityRef,
  command: Command,
  { probablyNew, expectedVersion, ...why }: CommandCause,
  attempts: number,
): Promise<Executed<State, Own>> {
  if (probablyNew && attempts === 0 && expectedVersion === undefined) {
    const events = eventsOfNew(decider, command)
    if (events.length > 0) return append(store, decider, target, why, 0, decider.initialState(), events)
  }
  const loaded = await store.load(target, { commandId: why.commandId, snapshotRevision: decider.revision })
  if (loaded.repeated) return { ...loaded.repeated, events: [], state: undefined }
  const state = stateOf(decider, loaded)
  const last = loaded.events.at(-1)
  if (last && loaded.events.length >= snapshotEvery) {
    const { version, position } = last
    const { revision } = decider
    // Best effort: without it the next load is as long as this one.
    store.saveSnapshot(target, { version, position, entryId: last.entry_id, revision, state }).catch(() => {})
  }
  const events = decider.decide(command, state)
  if (events.length === 0) {
    const { version, token, position, partition } = loaded
    await store.confirm(target, token).catch(overtaken)
    return { topic: target.topic, partition, version, token, position, repeated: false, events, state }
  }
  const present = typeof expectedVersion === 'number' ? loaded.version : loaded.token
  if (expectedVersion !== undefined && expectedVersion !== present)
    throw staleVersion(`${target.topic} ${target.entityId}`, expectedVersion, present)
  return append(store, decider, target, why, loaded.token, state, events)
}

/** What the command records if the entity does not exist; `[]` also when it would be refused: whether it is, its history says. */
function eventsOfNew<State, Command, Own extends AnyEvent>(
  decider: StoredDecider<State, Command, Own>,
  command: Command,
): readonly NewEvent<Own>[] {
  try {
    return decider.decide(command, decider.initialState())
  } catch {
    return []
  }
}

async function append<State, Command, E extends AnyEvent, Own extends E>(
  store: EventStore<E>,
  decider: StoredDecider<State, Command, Own>,
  target: EntityRef,
  why: Cause & { readonly commandId: string },
  expected: StateToken | 0,
  before: State,
  events: readonly NewEvent<Own>[],
): Promise<Executed<State, Own>> {
  const appended = await store.append({ ...target, ...why, expected, events }).catch(overtaken)
  if (appended.repeated) return { ...appended, events: [], state: undefined }
  let state = before
  for (const event of events) state = decider.evolve(state, event)
  return { ...appended, events, state }
}

function overtaken(error: unknown): never {
  // Under its own id: decided twice at once, the later time to other events. The first decision counts, as load tells.
  if (errorCode(error) === 'conflict' || isReusedCommandId(error)) throw new Overtaken('', { cause: error })
  throw error
}

function stateOf<State, Command, E extends AnyEvent, Own extends E>(
  decider: StoredDecider<State, Command, Own>,
  loaded: Loaded<E>,
): State {
  let state = loaded.snapshot === undefined ? decider.initialState() : (loaded.snapshot as State)
  for (const event of loaded.events as readonly Recorded<Own>[]) state = decider.evolve(state, event)
  return state
}
