/** The six things that can go wrong, in words that callers may act on. `libs/service` maps each to one HTTP status. */
export type ErrorCode = 'invalid' | 'not_found' | 'conflict' | 'unauthorized' | 'unavailable' | 'internal'

/** One field of an input that was refused, e.g. `{ path: '0.email', message: 'expected an e-mail address, got 7' }`. */
export type FieldProblem = { path: string; message: string }

/**
 * The only error class of the project. The code is the contract; the message says what was attempted, the value
 * met and what was expected; the original error goes in `cause`.
 *
 * `unavailable` means "not now": the caller may repeat the same command. Every other code means that a repeat of
 * the same input gives the same answer. Anything thrown that is not an `AppError` counts as `internal`.
 *
 * @example throw new AppError('conflict', `delete order ${orderId}: it is billed, expected an unbilled order`)
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: readonly FieldProblem[]
  /** Of `unavailable`: a repeat before so many milliseconds is in vain. Default: nobody knows. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; fields?: readonly FieldProblem[]; retryAfterMs?: number | undefined } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.name = 'AppError'
    this.code = code
    this.fields = options.fields ?? []
    this.retryAfterMs = options.retryAfterMs
  }
}

/**
 * The refusal of a command that was meant for another version of an entity: a `conflict` whose only field is
 * `version`, e.g. `{ path: 'version', message: 'expected 3, got 5' }`, by which `isStaleVersion` tells it from other conflicts.
 * Both are the number of a version or its token, `3@1764237600000-0`: two histories may have the same numbers.
 */
export function staleVersion(entity: string, expected: number | string, met: number | string): AppError {
  const message = `expected ${expected}, got ${met}`
  return new AppError('conflict', `${entity}: version: ${message}`, {
    fields: [{ path: 'version', message }],
  })
}

/** Whether a command was refused by `staleVersion`, here or in another process. */
export function isStaleVersion(error: unknown): boolean {
  return error instanceof AppError && error.code === 'conflict' && error.fields[0]?.path === 'version'
}

/** The code of anything that was thrown: an `AppError`'s own, else `internal`. */
export function errorCode(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'internal'
}

const deepestCause = 5

/**
 * An error as plain data that survives JSON.stringify: `{ type, code, message, stack, cause }`, causes up to five deep.
 * What else hangs on an error is not for a log: ioredis, say, keeps the command, of AUTH with the password. What is no
 * error is returned as it is.
 */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause } = error
  const code = 'code' in error ? { code: error.code } : {}
  const deeper =
    cause === undefined || depth === deepestCause ? {} : { cause: describeError(cause, depth + 1) }
  return { type: name, ...code, message, stack, ...deeper }
}
