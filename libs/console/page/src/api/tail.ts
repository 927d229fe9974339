import { isRefused, type StreamState, type Wanted } from '@ordershop/client'
import { type Problem, problemOf, shop } from './call.ts'
import type { Recorded } from './shapes.ts'

/** How it stands with a tail: what is away is tried again, what is refused is not. */
export type TailState =
  | { readonly is: 'connecting' | 'catching up' | 'live' }
  | { readonly is: 'away' | 'refused'; readonly problem: Problem }

type Watcher = { event(recorded: Recorded): void; state(state: TailState): void }

/** Follows the log until `signal` ends it, or it is refused. */
export async function tail(query: string, watcher: Watcher, signal: AbortSignal): Promise<void> {
  const onState = (state: StreamState) => watcher.state(shownOf(state))
  for (;;)
    try {
      for await (const { event } of shop.events({ ...wantedBy(query), signal, onState })) watcher.event(event)
      return
    } catch (error) {
      if (!isRefused(error)) throw error
      if (!isLost(error)) return
    }
}

/** The log does not have what was seen last: a failover, or a restore, has lost it. Then it is begun anew. */
const isLost = (error: Error) => isRefused(error) && error.status === 409

function shownOf(state: StreamState): TailState {
  if (!('error' in state)) return state
  const { error } = state
  const is = isLost(error) ? 'away' : state.is
  if ('problem' in error) return { is, problem: problemOf(error) }
  return { is, problem: { status: 0, title: 'The stream was broken off', detail: error.message } }
}

/** The filters of a view's address, by the names that they have in the document. */
function wantedBy(query: string): Wanted {
  const asked = new URLSearchParams(query)
  const one = (name: string) => asked.get(name) ?? undefined
  const all = (name: string) => one(name)?.split(',') ?? []
  return {
    topics: all('topic'),
    types: all('type'),
    entity: one('entity'),
    correlationId: one('correlation_id'),
    from: one('from'),
  }
}
