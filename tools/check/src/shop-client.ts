import { AppError } from '@ordershop/core'

/** Sends one request and returns the JSON of its 2xx answer. @throws AppError `internal` with any other answer. */
export type Shop = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<unknown>

/** HTTP as a client of the shop speaks it; `url` is a gateway's, e.g. `http://127.0.0.1:5000`. */
export function shopClient(url: string): Shop {
  return async (method, path, body) => {
    const sent =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(url + path, { method, ...sent, signal: AbortSignal.timeout(30_000) })
    const text = await response.text()
    if (response.ok) return JSON.parse(text)
    throw new AppError('internal', `${method} ${path}: got ${response.status} ${text}, expected 200`)
  }
}
