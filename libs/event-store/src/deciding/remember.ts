import type { AppendedAll, EntityRef } from '../entity.ts'
import type { AnyEvent, NewEvent } from '../event.ts'
import { entryIdOf } from '../log/settled.ts'
import type { Held } from './held.ts'
import type { Decided, Decision } from './participant.ts'

/**
 * Remembers where an append has left its entities, for the next decision on them.
 *
 * @returns their states after it.
 */
export function remember<E extends AnyEvent>(
  { store, participants, refs }: Decision<E>,
  held: readonly Held[],
  decided: Decided<E>,
  { position, entities }: Pick<AppendedAll, 'position' | 'entities'>,
): unknown[] {
  let last = position - decided.reduce((sum, events) => sum + events.length, 0)
  return participants.map(({ decider }, k) => {
    const ref = refs[k] as EntityRef
    const events = decided[k] as readonly NewEvent<E>[]
    const { state, ...before } = held[k] as Held
    const { token, version } = entities[k] as AppendedAll['entities'][number]
    last += events.length
    const known = { ...before, state, token, position: events.length > 0 ? last : before.position }
    const entry_id = entryIdOf(token)
    const [event] = events
    // Of several events only the last one's entry id is known: a reader would know more than this.
    if (events.length > 1) store.stateCache.delete(ref, decider.revision)
    else store.stateCache.set(ref, decider.revision, known, event && { ...event, version, entry_id })
    return events.reduce((after, own) => decider.evolve(after, { ...own, version, entry_id }), state)
  })
}
