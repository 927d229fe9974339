import { STATUS_CODES } from 'node:http'
import type { AnswerProblem, Problem } from './http.ts'

/** Answers errors as `application/problem+json` (RFC 9457), as whoever is called from outside does. */
export const answerProblemDetails: AnswerProblem = (response, problem) => {
  response.status(problem.status).type('application/problem+json')
  response.send(JSON.stringify(problemDetails(problem)))
}

/** What went wrong, as RFC 9457 spells it. */
export function problemDetails({ status, message, fields }: Pick<Problem, 'status' | 'message' | 'fields'>) {
  const errors = fields.length > 0 ? { errors: fields } : {}
  return { type: 'about:blank', title: STATUS_CODES[status], status, detail: message, ...errors }
}
