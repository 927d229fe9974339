import { AsyncLocalStorage } from 'node:async_hooks'

/** What every log line names that is written while one request, or one event, is worked on. */
export type Scope = {
  readonly correlationId: string
  readonly traceId?: string
  /** How many events are handled together, where it is more than one; the ids are the first one's. */
  readonly events?: number
}

const scopes = new AsyncLocalStorage<Scope>()

/** Runs `work`, and all that it awaits, in a scope. */
export function inScope<T>(scope: Scope, work: () => T): T {
  return scopes.run(scope, work)
}

/** A copy of the present scope's fields; none outside of any. */
export function scopeFields(): Partial<Scope> {
  return { ...scopes.getStore() }
}
