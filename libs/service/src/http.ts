import { AppError, type ErrorCode, type FieldProblem } from '@ordershop/core'
import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express'

const statuses: Record<ErrorCode, number> = {
  invalid: 400,
  unauthorized: 401,
  not_found: 404,
  conflict: 409,
  internal: 500,
  unavailable: 503,
}

/** The HTTP status that an error code stands for. */
export function statusOf(code: ErrorCode): number {
  return statuses[code]
}

/** Told to whoever is refused with `unavailable`, unless the error knows better. */
const retryAfterMs = 1_000

/** An error as a caller may see it. */
export type Problem = {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
  readonly fields: readonly FieldProblem[]
  readonly retryAfterMs?: number | undefined
}

/** Writes a problem's answer; headers that the problem calls for (`Retry-After`, `Allow`) are set already. */
export type AnswerProblem = (response: Response, problem: Problem) => void

/** The shape that services use among themselves: `{ error: { code, message, fields: [{ path, message }], retry_after_ms? } }`. */
export const answerProblem: AnswerProblem = (response, problem) => {
  response.status(problem.status).json(errorBody(problem))
}

/** What `answerProblem` writes. */
export function errorBody({ code, message, fields, retryAfterMs: retry_after_ms }: Problem) {
  return { error: { code, message, fields, retry_after_ms } }
}

/**
 * What a caller may know of anything that was thrown: an `AppError` as it is; an error of Express or its body
 * reader (413, a malformed URL) with its own status; of everything else only "Internal error".
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof AppError && error.code !== 'internal') {
    const { code, message, fields, retryAfterMs } = error
    return { status: statusOf(code), code, message, fields, retryAfterMs }
  }
  if (isHttpError(error)) {
    const { status, limit } = error
    const message = limit ? `request body: expected at most ${limit} bytes` : error.message
    return { status, code: status === 404 ? 'not_found' : 'invalid', message, fields: [] }
  }
  return { status: 500, code: 'internal', message: 'Internal error', fields: [] }
}

/** Why a request could not be served, for its log line. */
export type Failure = { readonly status: number; readonly problem: string; readonly error: unknown }

/** What an answer of 500 or more was given for; `undefined` for any other. */
export function failureOf(response: Response): Failure | undefined {
  return response.locals.failure
}

/** Notes why a request could not be served. */
export function failed(response: Response, failure: Failure): void {
  response.locals.failure = failure
}

/** Ends an app: answers every error; the request's log line tells of what a caller may not see. */
export function errorHandler(answer: AnswerProblem): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const problem = problemOf(error)
    const { status, message } = problem
    if (status >= 500) failed(response, { status, problem: message, error })
    // A response that is half sent can only be aborted, so that it is not taken for a complete one.
    if (response.headersSent) {
      response.destroy()
      return
    }
    if (problem.code === 'unavailable') {
      const waitMs = problem.retryAfterMs ?? retryAfterMs
      response.set('retry-after', String(Math.ceil(waitMs / 1_000)))
    }
    answer(response, problem)
  }
}

/** `limit` is set by the body reader when a body is longer. */
type HttpError = Error & { readonly status: number; readonly expose?: true; readonly limit?: number }

/** Express marks what callers may see with `expose`, except a path that it cannot decode. */
function isHttpError(error: unknown): error is HttpError {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return false
  const meantForCallers = error instanceof URIError || ('expose' in error && error.expose === true)
  return meantForCallers && error.status >= 400 && error.status < 500
}

/** What answers a status that none of the six codes stands for. */
export function httpError(status: number, message: string): HttpError {
  return Object.assign(new Error(message), { status, expose: true as const })
}

/**
 * Ends a route: a method that it does not handle answers 405 with an `Allow` header.
 *
 * @example router.route('/orders').get(list).post(create).all(methodNotAllowed)
 */
export function methodNotAllowed(request: Request, response: Response, next: NextFunction): void {
  const { methods } = request.route as { methods: Record<string, boolean> }
  const allowed = Object.keys(methods).filter((method) => method !== '_all')
  const names = allowed.map((method) => method.toUpperCase())
  response.set('allow', (names.includes('GET') ? [...names, 'HEAD'] : names).join(', '))
  next(httpError(405, `${request.method} ${request.path}: expected ${names.join(' or ')}`))
}

/** Answers 404 to a path that no route has. */
export function unknownPath(request: Request, _response: Response, next: NextFunction): void {
  next(httpError(404, `${request.method} ${request.path}: no such path`))
}
