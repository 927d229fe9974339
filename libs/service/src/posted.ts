// A POST of a service: one request, or several that its caller had waiting at the same moment.
import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { z } from 'zod'
import { parseBody } from './body.ts'
import { beginRequestSpan, type RequestCause, requestCause, requestScope } from './cause.ts'
import { errorBody, failed, problemOf } from './http.ts'
import { inScope } from './scope.ts'

/** Requests that travel together at most. */
export const maxTogether = 64

/** The answers, in the order of the requests, each with the status and the body that it would have had by itself. */
export type TogetherAnswered = {
  readonly answers: readonly { readonly status: number; readonly body: unknown }[]
}

/** A body that holds the bodies of several requests, each with the headers that it would have had by itself. */
const together = z.object({
  requests: z
    .array(z.object({ headers: z.record(z.string(), z.string()), body: z.unknown() }))
    .min(1)
    .max(maxTogether),
})

/**
 * Answers a POST with what `answer` returns. Of several requests that came together each is answered by itself, with a
 * cause and a span of its own, named in its log lines, as if it had come alone: one that is refused does not fail the others.
 */
export function posted<Schema extends z.ZodType>(
  schema: Schema,
  answer: (body: z.output<Schema>, cause: RequestCause) => Promise<unknown>,
): RequestHandler {
  return async (request, response) => {
    const body: unknown = request.body
    const answerOne = (asked: unknown, own: Pick<IncomingMessage, 'headers'>) =>
      answer(parseBody(schema, asked), requestCause(own))
    if (typeof body !== 'object' || body === null || !('requests' in body)) {
      response.json(await answerOne(body, request))
      return
    }
    const { requests } = parseBody(together, body)
    const answers = requests.map(async ({ headers, body }) => {
      const own = { headers, method: 'POST', path: request.path }
      const span = beginRequestSpan(own)
      span.rename(`POST ${request.route?.path}`)
      try {
        const answered = await inScope(requestScope(own), () => answerOne(body, own))
        span.end()
        return { status: 200, body: answered }
      } catch (error) {
        span.end(error)
        const problem = problemOf(error)
        const { status, message } = problem
        if (status >= 500) failed(response, { status, problem: message, error })
        return { status, body: errorBody(problem) }
      }
    })
    response.json({ answers: await Promise.all(answers) } satisfies TogetherAnswered)
  }
}
