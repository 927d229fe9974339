import { AppError } from '@ordershop/core'
import type { Shop } from './demo-steps.ts'

/** HTTP as a client of the shop speaks it. Rejects with what was answered when that is no success. */
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
