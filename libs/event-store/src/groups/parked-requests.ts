import type { LimitFunction } from 'p-limit'
import type { AnyEvent } from '../event.ts'
import type { ParkedRequest } from './groups.ts'
import { eventsOfKey, type ReplayOptions, replayKey } from './replay.ts'

/** What doing what operators ask for needs. */
type RequestOptions<E extends AnyEvent> = ReplayOptions<E> & {
  /** Of the owner's lease. */
  readonly token: string
  /** See `CarefulOptions`. */
  readonly inTurn: LimitFunction
}

type Lane = { add(key: string, item: { readonly task: () => Promise<void> }): void }

/** Reads what operators ask for, and does it for each parked key in its own lane; one request a key at a time. */
export function parkedRequests<E extends AnyEvent>(
  options: RequestOptions<E>,
  lane: Lane,
): () => Promise<void> {
  const { groups, at, group, signal } = options
  const underWay = new Set<string>()

  const inLane = (key: string, request: ParkedRequest) =>
    new Promise<void>((resolve) => {
      // A lane that is dropped runs no task.
      if (signal.aborted) return resolve()
      signal.addEventListener('abort', () => resolve(), { once: true })
      // What Redis cut short is asked for still, and begins again with the next renewal.
      const done = () => carryOut(options, key, request).catch(() => {})
      lane.add(key, { task: () => done().finally(resolve) })
    })

  return async () => {
    const requests = await groups.requests(at, group).catch(() => new Map<string, ParkedRequest>())
    for (const [key, request] of requests) {
      if (underWay.has(key) || signal.aborted) continue
      underWay.add(key)
      // A replay may end the process: not while another event is tried alone, which would be blamed for it.
      void options.inTurn(() => inLane(key, request)).finally(() => underWay.delete(key))
    }
  }
}

/**
 * Does what an operator asks for a parked key. It runs in the key's own lane, so new events of the key wait behind it; a
 * crash leaves the request, and the next owner does it.
 */
async function carryOut<E extends AnyEvent>(
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
  if (range === null || range.first !== (request.first ?? range.first))
    return groups.requestDone(at, group, key)
  const next = request.action === 'skip' ? await secondOf(options, key, range) : ''
  const decision = { ...request, token, key, first: range.first, next }
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
