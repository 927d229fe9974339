import { useEffect, useState } from 'preact/hooks'
import { call } from '../api/call.ts'
import type { Recorded } from '../api/shapes.ts'
import { statePath } from './state-path.ts'

/** An entity's state behind an event, or that nobody can tell it: then there are the events' data alone. */
export type StateAt =
  | { readonly is: 'loading' }
  | { readonly is: 'known'; readonly state: unknown }
  | { readonly is: 'untold' }

const untold: StateAt = { is: 'untold' }

/** The state that an event has left. Taken only if its ETag is of that very event: a server may know no past. */
export function useStateAt(event: Recorded | undefined, isShop: boolean): StateAt {
  const path = isShop && event ? statePath(event) : null
  const tag = event ? `"${event.version}-${event.entry_id}"` : ''
  const [found, setFound] = useState<{ path: string | null; at: StateAt }>({ path: null, at: untold })
  useEffect(() => {
    if (path === null) return
    const stop = new AbortController()
    stateAt(path, tag, stop.signal).then(
      (at) => setFound({ path, at }),
      () => setFound({ path, at: untold }),
    )
    return () => stop.abort()
  }, [path, tag])
  if (path === null) return untold
  return found.path === path ? found.at : { is: 'loading' }
}

async function stateAt(path: string, tag: string, signal: AbortSignal): Promise<StateAt> {
  const { value, response } = await call<unknown>(path, signal)
  if (response.headers.get('etag') !== tag) return untold
  return { is: 'known', state: value }
}
