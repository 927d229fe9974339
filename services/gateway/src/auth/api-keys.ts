import { timingSafeEqual } from 'node:crypto'
import { type ApiKey, hashOfKey } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import type { Caller, Identify } from './caller.ts'

/** Tells callers by their API keys; `keys` is asked each time, for it changes while the gateway runs. */
export function byApiKey(keys: () => readonly ApiKey[], now: () => number = Date.now): Identify {
  return (credential): Caller => {
    const presented = hashOfKey(credential)
    let found: ApiKey | undefined
    // All of them, each in constant time: how long it takes says neither which one fits nor how much of one.
    for (const key of keys()) if (timingSafeEqual(key.hash, presented)) found = key
    if (!found) throw new AppError('unauthorized', 'API key: expected one that is listed, got an unknown one')
    const { name, roles, expiresAtMs } = found
    if (now() >= expiresAtMs) {
      const since = new Date(expiresAtMs).toISOString()
      throw new AppError('unauthorized', `API key: expected one in force, got one that expired at ${since}`)
    }
    return { id: `key/${name}`, actor: name, roles }
  }
}
