import { useEffect, useState } from 'preact/hooks'
import { type Problem, problemOf, read } from './call.ts'
import { credential } from './credential.ts'
import { useStored } from './stored.ts'

/** What is known of an answer: nothing yet, the newest one, why there is none, or why it is not new any more. */
export type Known<T> = { readonly value?: T; readonly problem?: Problem | undefined; readonly at?: number }

type Options = {
  /** Asks anew so often; default: once. What fails is asked for again in any case. */
  readonly everyMs?: number
  /** Asks anew when it changes. */
  readonly again?: unknown
}

const firstRetryMs = 1_000
const maxRetryMs = 10_000

/** Reads a path while the view is shown; `null` reads nothing. A page that nobody looks at does not ask. */
export function useRead<T>(path: string | null, { everyMs, again }: Options = {}): Known<T> {
  const [known, setKnown] = useState<Known<T> & { path?: string | null }>({})
  const secret = useStored(credential)
  // whoever is signed in now, and `again`, are reasons to ask anew
  useEffect(() => {
    if (path === null) return setKnown({})
    const stop = new AbortController()
    keepReading<T>(path, everyMs, stop.signal, (answer) =>
      setKnown((before) => ({ ...(before.path === path ? before : {}), ...answer, path })),
    )
    return () => stop.abort()
  }, [path, everyMs, again, secret])
  return known.path === path ? known : {}
}

async function keepReading<T>(
  path: string,
  everyMs: number | undefined,
  signal: AbortSignal,
  tell: (answer: { value?: T; problem: Problem | undefined; at?: number }) => void,
): Promise<void> {
  let retryMs = firstRetryMs
  while (!signal.aborted) {
    try {
      const value = await read<T>(path, signal)
      if (signal.aborted) return
      tell({ value, problem: undefined, at: Date.now() })
      retryMs = firstRetryMs
      if (everyMs === undefined) return
      await pause(everyMs, signal)
    } catch (error) {
      if (signal.aborted) return
      const problem = problemOf(error)
      tell({ problem })
      // What is refused stays refused until somebody else signs in.
      if (problem.status === 401 || problem.status === 403) return
      if (problem.status === 404 && everyMs === undefined) return
      await pause(retryMs, signal)
      retryMs = Math.min(retryMs * 2, maxRetryMs)
    }
    await shown(signal)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
  })
}

function shown(signal: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve()
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true, signal })
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
