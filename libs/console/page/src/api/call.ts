import { isRefused, shopClient } from '@ordershop/client'
import { credential } from './credential.ts'

/** Why something was not answered; status 0: nobody was reached. */
export type Problem = { readonly status: number; readonly title: string; readonly detail: string }

const unreachable: Problem = {
  status: 0,
  title: 'The server cannot be reached',
  detail: 'Nothing answers at this address. It may be restarting.',
}

/** Of where the page came from. What is asked again and again is given up early, so that a view soon says what is wrong. */
export const shop = shopClient({
  url: location.origin,
  credential: () => credential.get() ?? undefined,
  patience: { attempts: 3, firstWaitMs: 500, maxWaitMs: 8_000 },
  fetch: (request) =>
    fetch(request).catch((error: unknown) => {
      if (request.signal.aborted) throw error
      throw Object.assign(new Error(unreachable.detail), { problem: unreachable })
    }),
})

/** The calls of the client, for paths that are put together. */
type Call = (path: string, init: object) => Promise<{ data?: unknown; response: Response }>

/** Reads what a path answers. Rejects with an error whose `problem` says why. */
export async function call<T>(path: string, signal?: AbortSignal): Promise<{ value: T; response: Response }> {
  const { data, response } = await (shop.GET as Call)(path, signal ? { signal } : {})
  return { value: data as T, response }
}

/** The JSON that a GET answers. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call<T>(path, signal)).value
}

/** Sends JSON, an empty object by default, and returns the JSON answered, if any. */
export async function send<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: object = {},
): Promise<T> {
  const { data } = await (shop[method] as Call)(path, method === 'DELETE' ? {} : { body })
  return (data ?? {}) as T
}

/** What is to be shown of whatever was thrown. */
export function problemOf(error: unknown): Problem {
  if (isRefused(error)) return error.problem
  if (error instanceof Error && 'problem' in error) return error.problem as Problem
  return {
    status: -1,
    title: 'The console failed',
    detail: error instanceof Error ? error.message : String(error),
  }
}
