import { STATUS_CODES } from 'node:http'
import { AppError, refusedFields } from '@ordershop/core'
import type { AnswerProblem, Problem } from '@ordershop/service'

/** Answers errors as `application/problem+json` (RFC 9457). */
export const answerProblem: AnswerProblem = (response, problem) => {
  response.status(problem.status).type('application/problem+json')
  response.send(JSON.stringify(problemDetails(problem)))
}

/** What went wrong, as RFC 9457 spells it. */
export function problemDetails({ status, message, fields }: Pick<Problem, 'status' | 'message' | 'fields'>) {
  const errors = fields.length > 0 ? { errors: fields } : {}
  return { type: 'about:blank', title: STATUS_CODES[status], status, detail: message, ...errors }
}

/** A refusal with a status that none of the shop's six error codes stands for. */
export function refusal(status: 403 | 412 | 422 | 429, message: string): Error {
  return Object.assign(new Error(message), { status, expose: true })
}

/** A service's refusal with field paths as the caller sent them: an array of items, or a single one. */
export function inCallersWords(error: unknown, alone: boolean): unknown {
  if (!(error instanceof AppError) || error.fields.length === 0) return error
  const prefix = alone ? /^items\.\d+\.?/ : /^items\.?/
  const fields = error.fields.map(({ path, message }) => ({ path: path.replace(prefix, ''), message }))
  return refusedFields('request body', fields, { code: error.code, cause: error })
}
