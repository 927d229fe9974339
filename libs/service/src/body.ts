import { AppError, type FieldProblem, refusedFields, shown } from '@ordershop/core'
import { type NextFunction, type Request, type RequestHandler, type Response, raw } from 'express'
import type { z } from 'zod'
import { httpError } from './http.ts'
import { limits } from './limits.ts'

const maxDepth = limits.jsonDepth
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads every request's body as JSON in UTF-8 into `request.body`; no body is `undefined`. Malformed JSON is `invalid`, so is
 * JSON nested more than 32 deep; more than `maxBytes` (after decompression) answers 413.
 *
 * A body of another Content-Type than JSON answers 415: a page of another origin may send some types without asking first,
 * JSON never (https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
 *
 * @param before see the body's bytes in `request.body`, before anything is made of them.
 */
export function jsonBody(maxBytes: number, before: readonly RequestHandler[] = []): RequestHandler[] {
  return [refuseOthers, raw({ type: () => true, limit: maxBytes }), ...before, parseJson]
}

function refuseOthers(request: Request, _response: Response, next: NextFunction): void {
  const { 'content-length': length = '0', 'transfer-encoding': chunked } = request.headers
  const hasBody = chunked !== undefined || Number(length) > 0
  const isJson = !hasBody || request.is(['json', '+json'])
  const type = shown(request.headers['content-type'])
  next(isJson ? undefined : httpError(415, `content-type: expected application/json, got ${type}`))
}

function parseJson(request: Request, _response: Response, next: NextFunction): void {
  const bytes: unknown = request.body
  request.body = Buffer.isBuffer(bytes) && bytes.length > 0 ? jsonOf(bytes) : undefined
  refuseDeep(request.body)
  next()
}

/** Whatever walks the body later may do so by recursion, `JSON.stringify` among it, without exhausting the stack. */
function refuseDeep(body: unknown): void {
  const depth = depthOf(body)
  if (depth <= maxDepth) return
  throw new AppError(
    'invalid',
    `request body: expected JSON nested at most ${maxDepth} deep, got ${depth} levels`,
  )
}

/** How many arrays and objects lie one in another; counted level by level, for recursion is what depth would break. */
function depthOf(value: unknown): number {
  let depth = 0
  let level = nodesIn([value])
  while (level.length > 0) {
    level = level.flatMap((node) => nodesIn(Object.values(node)))
    depth += 1
  }
  return depth
}

function nodesIn(values: readonly unknown[]): object[] {
  return values.filter((value) => typeof value === 'object' && value !== null)
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new AppError('invalid', `request body: expected JSON, got something else: ${why}`, { cause: error })
  }
}

/**
 * The body as the schema's output; `what` names it in the message.
 *
 * @throws AppError `invalid` with one field per problem, e.g. `{ path: '0.email', message: 'expected string, got 7' }`.
 */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  what = 'request body',
): z.output<Schema> {
  const result = schema.safeParse(body, { reportInput: true })
  if (result.success) return result.data
  const fields = firstOfEachPath(result.error.issues.flatMap(fieldProblems))
  throw refusedFields(what, fields)
}

/** What is wrong first explains what else is: `-1` is below 0 before it is anything more. */
function firstOfEachPath(fields: readonly FieldProblem[]): FieldProblem[] {
  return [...new Map(fields.toReversed().map((field) => [field.path, field])).values()].reverse()
}

type Issue = z.core.$ZodIssue

function fieldProblems(issue: Issue): FieldProblem[] {
  const path = issue.path.map(String)
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: describeProblem(issue) }]
  return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'expected no such field' }))
}

/**
 * What was expected and what was met, e.g. `expected number to be >=0, got -1`.
 * The issue must come from a parse with `reportInput: true`, else the value met is missing.
 */
export function describeProblem(issue: Issue): string {
  const expected = issue.message
    .replace(/^(Invalid input|Too small|Too big): /, '')
    .replace(/, received .*$/, '')
  return `${expected}, got ${shown(issue.input)}`
}
