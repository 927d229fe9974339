import type { EntityKind } from '@ordershop/contracts'
import { AppError, type ErrorCode, type FieldProblem, retry } from '@ordershop/core'
import { type RequestCause, traced } from '@ordershop/service'
import { Agent, request } from 'undici'
import { togetherBy } from './together.ts'
import type { UpstreamReply, UpstreamRequest } from './upstreams.ts'

/** Base URLs of each service's processes. */
export type Upstreams = Readonly<Record<EntityKind, readonly string[]>>

/** Sends a request to its service and gives the answer's body. */
export type Forward = (sent: UpstreamRequest, cause: RequestCause) => Promise<unknown>

const patience = { attempts: Number.POSITIVE_INFINITY, baseMs: 25, maxMs: 500 }
/** Longer than a billing waits for its order (5 s) and for itself (5 s). */
const answerWithinMs = 12_000

/**
 * Forwards to the processes of a service in turn. One that refuses, breaks off or is unavailable is passed over: the
 * same request, under the same command id, goes to the next until `deadlineMs`, so a repeat is never a second write.
 *
 * The function throws what the service answered as an AppError, `unavailable` when no process answered in time.
 */
export function forwarder(
  upstreams: Upstreams,
  deadlineMs = 5_000,
): { forward: Forward; close(): Promise<void> } {
  const agent = new Agent({
    connect: { timeout: 1_000 },
    headersTimeout: answerWithinMs,
    bodyTimeout: answerWithinMs,
  })
  const posts = togetherBy((url, { headers, body }) => dispatch(agent, 'POST', url, headers, body))
  const ask: Ask = ({ method, path, service, body }, url, headers) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    // A billing waits for its order: others would wait for it.
    return method === 'POST' && text !== undefined && service !== 'billing'
      ? posts(url + path, { headers, body: text })
      : dispatch(agent, method, url + path, headers, text)
  }
  let turn = 0
  const forward: Forward = (sent, cause) => {
    const urls = upstreams[sent.service]
    const first = turn++
    return retry((attempt) => send(ask, `${urls[(first + attempt) % urls.length]}`, sent, cause), {
      ...patience,
      deadlineMs,
      when: (error) => error instanceof AppError && error.code === 'unavailable',
    })
  }
  return { forward, close: () => agent.destroy() }
}

type Ask = (sent: UpstreamRequest, url: string, headers: Record<string, string>) => Promise<UpstreamReply>

async function send(ask: Ask, url: string, sent: UpstreamRequest, cause: RequestCause): Promise<unknown> {
  const { method, path, service } = sent
  const attributes = { 'http.request.method': method, 'url.full': url + path, 'peer.service': service }
  const options = { kind: 'client', parent: cause.traceparent, attributes } as const
  return traced(`${method} ${service}`, options, async (span) => {
    const { traceparent } = span
    const headers = headersOf(traceparent ? { ...cause, traceparent } : cause)
    const answer = await ask(sent, url, headers).catch((error: unknown) => {
      const message = `${method} ${path}: service ${service} does not answer`
      throw new AppError('unavailable', message, { cause: error })
    })
    span.set({ 'http.response.status_code': answer.status })
    if (answer.status === 200) return JSON.parse(answer.body)
    throw refusal(sent, answer)
  })
}

async function dispatch(
  agent: Agent,
  method: UpstreamRequest['method'],
  url: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<UpstreamReply> {
  const answer = await request(url, {
    dispatcher: agent,
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
  return { status: answer.statusCode, body: await answer.body.text() }
}

function headersOf(cause: RequestCause): Record<string, string> {
  const { commandId, correlationId, traceparent, actor, expectedVersion } = cause
  return {
    'content-type': 'application/json',
    'x-command-id': commandId,
    'x-correlation-id': correlationId,
    ...(traceparent ? { traceparent } : {}),
    ...(actor ? { 'x-actor': actor } : {}),
    ...(expectedVersion === undefined ? {} : { 'x-expected-version': String(expectedVersion) }),
  }
}

type ErrorBody = {
  error: { code: ErrorCode; message: string; fields: FieldProblem[]; retry_after_ms?: number }
}

function refusal({ method, path, service }: UpstreamRequest, answer: UpstreamReply): AppError {
  try {
    const { code, message, fields, retry_after_ms } = (JSON.parse(answer.body) as ErrorBody).error
    return new AppError(code, message, { fields, retryAfterMs: retry_after_ms })
  } catch {
    const what = `${method} ${path}: service ${service} answered ${answer.status}: ${answer.body.slice(0, 200)}`
    return new AppError(answer.status === 503 ? 'unavailable' : 'internal', what)
  }
}
