import type { Role } from '@ordershop/contracts'

/** Who sends a request, once the gateway has checked it. */
export type Caller = {
  /** Of this caller alone, e.g. `key/warehouse` or `token/auth0|5f7c`. */
  readonly id: string
  /** Recorded in every event that the request leads to. */
  readonly actor: string
  /** With those that they imply. */
  readonly roles: ReadonlySet<Role>
}

/** Who a credential belongs to. @throws AppError `unauthorized`; `unavailable` while that cannot be told. */
export type Identify = (credential: string) => Caller | Promise<Caller>

// Not a header: what a caller sends must never be taken for what was checked.
const admitted = new WeakMap<object, Caller>()

export function admit(request: object, caller: Caller): void {
  admitted.set(request, caller)
}

/** `undefined`: anybody. */
export function callerOf(request: object): Caller | undefined {
  return admitted.get(request)
}
