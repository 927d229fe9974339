import { authorization } from './credential.ts'

/** Why something was not answered; status 0: nobody was reached. */
export type Problem = { readonly status: number; readonly title: string; readonly detail: string }

const unreachable: Problem = {
  status: 0,
  title: 'The server cannot be reached',
  detail: 'Nothing answers at this address. It may be restarting.',
}

/** Asks, with the credential if there is one. Rejects with an error whose `problem` says why. */
export async function call(path: string, options: RequestInit = {}): Promise<Response> {
  const headers = { ...authorization(), ...(options.headers as Record<string, string> | undefined) }
  const response = await fetch(path, { ...options, headers }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error
    throw failed(unreachable)
  })
  if (!response.ok) throw failed(await problemIn(response))
  return response
}

/** The JSON that a GET answers. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await call(path, signal ? { signal } : {})
  return (await response.json()) as T
}

/** Sends JSON, an empty object by default, and returns the JSON answered, if any. */
export async function send<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: object = {},
): Promise<T> {
  const sent = method === 'DELETE' ? {} : { body: JSON.stringify(body) }
  const response = await call(path, { method, headers: { 'content-type': 'application/json' }, ...sent })
  const text = await response.text()
  return (text ? JSON.parse(text) : {}) as T
}

/** What is to be shown of whatever was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Error && 'problem' in error) return error.problem as Problem
  return {
    status: -1,
    title: 'The console failed',
    detail: error instanceof Error ? error.message : String(error),
  }
}

function failed(problem: Problem): Error {
  return Object.assign(new Error(problem.detail), { problem })
}

async function problemIn(response: Response): Promise<Problem> {
  const { status, statusText } = response
  const body = (await response.json().catch(() => ({}))) as { title?: string; detail?: string }
  const title = body.title ?? (statusText || `Status ${status}`)
  return { status, title, detail: body.detail ?? `${title} (${status})` }
}
