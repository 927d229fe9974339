import type { components } from './api.ts'

/** A refusal as `application/problem+json` has it: `status`, `detail`, and in `errors` one line for each field that is wrong. */
export type Problem = components['schemas']['Problem']

/** A call that was refused, or that got another answer than the document has: `status` and `problem` say why. */
export type Refused = Error & { readonly name: 'Refused'; readonly status: number; readonly problem: Problem }

/** The error of an answer that is not 2xx. What is no problem, e.g. of a proxy in between, is told as one. */
export function refused(method: string, url: string, response: Response, body: unknown): Refused {
  const { status } = response
  const title = response.statusText || `Status ${status}`
  const problem = isProblem(body)
    ? body
    : { type: 'about:blank' as const, title, status, detail: String(body || title).slice(0, 500) }
  const message = `${method} ${new URL(url).pathname}: got ${status} ${problem.detail}`
  return Object.assign(new Error(message), { name: 'Refused' as const, status, problem })
}

/** Whether an error is the shop's refusal, and not e.g. a network that failed. */
export function isRefused(error: unknown): error is Refused {
  return error instanceof Error && error.name === 'Refused' && 'problem' in error
}

/** JSON, or whatever else was answered, as text. */
export async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'status' in body && 'detail' in body
}
