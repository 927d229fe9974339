// One attempt to carry out a command: hold the states, decide, append, remember.
import { errorCode, staleVersion } from '@ordershop/core'
import type { Appended, AppendedAll, EntityRef, StateToken } from '../entity.ts'
import type { AnyEvent, NewEvent } from '../event.ts'
import { isReusedCommandId } from '../log/settled.ts'
import { type Held, heldAsLoaded, withSnapshot } from './held.ts'
import type { Decided, Decision } from './participant.ts'
import { remember } from './remember.ts'

/** What became of a decision: see `ExecutedAll`. */
type Outcome<E extends AnyEvent> = AppendedAll & {
  readonly events: Decided<E>
  readonly states: readonly unknown[] | undefined
}

/** Somebody else was faster, with another command or with this one: what was decided on is past. */
export class Overtaken extends Error {}

/**
 * @param known states that need not be read, by participant. They may be past: where they do not carry the command, it is
 *   for those in the log to tell why, and nothing is done.
 * @param areRead whether all states are read, `known` being empty.
 */
export async function carryOut<E extends AnyEvent>(
  decision: Decision<E>,
  known: readonly (Held | undefined)[],
  areRead: boolean,
): Promise<Outcome<E> | undefined> {
  const { store, participants, refs } = decision
  const held = await holdAll(decision, known)
  if (!Array.isArray(held)) return repeated(decision, held)
  const decided = decidedOn(decision, held, areRead)
  if (!decided) return undefined
  const writes = held.map(({ token }, k) => ({ token, events: decided[k] as readonly NewEvent<E>[] }))
  const answer = await append(decision, writes).catch((error: unknown) => {
    refs.forEach((ref, k) => void store.stateCache.delete(ref, participants[k]?.decider.revision ?? ''))
    return overtaken(error)
  })
  if (answer.repeated) return repeated(decision, answer)
  // A look's position is the partition's, which is further than who wants to read these entities need wait.
  const position = isLook(decided) ? Math.max(...held.map((one) => one.position)) : answer.position
  const states = remember(decision, held, decided, { ...answer, position })
  return { ...answer, position, events: decided, states }
}

/** @returns the stored answer instead, if the command was carried out before. */
async function holdAll<E extends AnyEvent>(
  decision: Decision<E>,
  known: readonly (Held | undefined)[],
): Promise<Held[] | AppendedAll> {
  const held = await Promise.all(decision.refs.map((ref, k) => holdOne(decision, ref, k, known[k])))
  if (held.every((one) => typeof one === 'object' && !('repeated' in one))) return held as Held[]
  const [only] = held
  if (held.length === 1 && typeof only === 'object' && 'repeated' in only)
    return { ...only, entities: [only] }
  const answer = await append(decision, [])
  // Else it was forgotten between the two looks.
  return answer.repeated ? answer : holdAll(decision, [])
}

/** @returns what the command left of this one, or `carried out` when it wrote to others alone. */
async function holdOne<E extends AnyEvent>(
  { store, participants, refs, cause }: Decision<E>,
  ref: EntityRef,
  k: number,
  known: Held | undefined,
): Promise<Held | Appended | 'carried out'> {
  const { decider } = participants[k] as Decision<E>['participants'][number]
  if (known) return withSnapshot(store, decider, ref, known)
  try {
    const asked = { commandId: cause.commandId, snapshotRevision: decider.revision }
    const loaded = await store.load(ref, asked)
    return loaded.repeated ?? (await withSnapshot(store, decider, ref, heldAsLoaded(decider, loaded)))
  } catch (error) {
    // Its id names an append without this one: whether that is this command, the answer about all will tell.
    if (refs.length > 1 && isReusedCommandId(error)) return 'carried out'
    throw error
  }
}

/** What the command asks for on these states; undefined when they may be past, and do not carry it. */
function decidedOn<E extends AnyEvent>(
  { decide, participants, refs }: Decision<E>,
  held: readonly Held[],
  areRead: boolean,
): Decided<E> | undefined {
  try {
    const decided = decide(held.map(({ state }) => state))
    if (isLook(decided)) return areRead ? decided : undefined
    for (const [k, { expectedVersion }] of participants.entries())
      requireVersion(refs[k] as EntityRef, held[k] as Held, expectedVersion)
    return decided
  } catch (error) {
    if (areRead) throw error
    return undefined
  }
}

function requireVersion(
  { topic, entityId }: EntityRef,
  { token, version }: Held,
  expected: StateToken | number | undefined,
): void {
  const present = typeof expected === 'number' ? version : token
  if (expected !== undefined && expected !== present)
    throw staleVersion(`${topic} ${entityId}`, expected, present)
}

/** @param writes by participant; who has none is looked at, wherever it is. */
function append<E extends AnyEvent>(
  { store, place, refs, cause }: Decision<E>,
  writes: readonly { token: StateToken; events: readonly NewEvent<E>[] }[],
): Promise<AppendedAll> {
  const entities = refs.map(({ entityId }, k) => {
    const { token = 'any', events = [] } = writes[k] ?? {}
    return { entityId, expected: token, events }
  })
  return store.appendAll({ ...place, ...cause, entities })
}

const isLook = (decided: Decided<AnyEvent>) => decided.every((events) => events.length === 0)

function repeated<E extends AnyEvent>({ participants }: Decision<E>, answer: AppendedAll): Outcome<E> {
  return { ...answer, events: participants.map(() => []), states: undefined }
}

function overtaken(error: unknown): never {
  // Under its own id: decided twice at once, the later time to other events. The first decision counts, as load tells.
  if (errorCode(error) === 'conflict' || isReusedCommandId(error)) throw new Overtaken('', { cause: error })
  throw error
}
