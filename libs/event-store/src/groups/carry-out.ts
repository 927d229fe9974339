import type { AnyEvent } from '../event.ts'
import type { ParkedRequest } from './groups.ts'
import { eventsOfKey, type ReplayOptions, replayKey } from './replay.ts'

/**
 * Does what an operator asks for a parked key. It runs in the key's own lane, so new events of the key wait behind it; a
 * crash leaves the request, and the next owner does it.
 */
export async function carryOut<E extends AnyEvent>(
  options: ReplayOptions<E> & { readonly token: string },
  key: string,
  request: ParkedRequest,
): Promise<void> {
  const { groups, at, group, token, parked, signal } = options
  if (request.action === 'replay') {
    // Should it end the process, who claims next takes back that it was asked for.
    if (!(await groups.mark(at, group, token, { kind: 'replay', key }))) return
    await replayKey(options, key)
    await groups.mark(at, group, token, { kind: 'replayed', key })
    return
  }
  await parked.allStored(key)
  if (signal.aborted) return
  const range = await groups.parkedRange(at, group, key)
  if (range === null) return groups.requestDone(at, group, key)
  const next = request.action === 'skip' ? await secondOf(options, key, range) : ''
  const decision = { token, key, first: range.first, next, ...request }
  if ((await groups.decide(at, group, decision)) === 'OK' && next === '') parked.free(key)
}

/** The entry id of the second event of a key from `first` to `last`, '' when there is none. */
async function secondOf<E extends AnyEvent>(
  { groups, at }: ReplayOptions<E>,
  key: string,
  { first, last }: { first: string; last: string },
): Promise<string> {
  const entries = eventsOfKey(groups, at, key, first, last)
  await entries.next()
  const { value: second } = await entries.next()
  return second?.entryId ?? ''
}
