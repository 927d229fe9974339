import { entityKinds } from '@ordershop/contracts'
import { AppError, type ErrorCode, type FieldProblem, retry } from '@ordershop/core'
import { type RequestCause, type RequestSigner, traced } from '@ordershop/service'
import { Agent, request } from 'undici'
import { breakers, bulkheads, isStuck } from './isolation.ts'
import { togetherBy } from './together.ts'
import type { Upstream, UpstreamReply, UpstreamRequest } from './upstreams.ts'

/** Base URLs of each service's processes. */
export type Upstreams = Readonly<Record<Upstream, readonly string[]>>

/** Sends a request to its service and gives the answer's body. */
export type Forward = (sent: UpstreamRequest, cause: RequestCause) => Promise<unknown>

type ForwardOptions = {
  /** How long a request may take, with all its attempts, in milliseconds. Default 5,000. */
  readonly deadlineMs?: number | undefined
  /** Makes the `Authorization` header of each attempt. Default: there is none. */
  readonly sign?: RequestSigner | undefined
  /** Callers' requests under way to one service at a time; one more is refused. Default 64. */
  readonly maxUnderWay?: number | undefined
  /** How long a process may take to answer an attempt, in milliseconds. Default 12,000: longer than a billing waits for its order (5 s) and for itself (5 s). */
  readonly answerWithinMs?: number | undefined
}

const patience = { attempts: Number.POSITIVE_INFINITY, baseMs: 25, maxMs: 500 }

/**
 * Forwards to the processes of a service in turn. One that refuses, breaks off or is unavailable is passed over: the
 * same request, under the same command id, goes to the next until `deadlineMs`, so a repeat is never a second write. One that
 * is stuck is passed over unasked; where all are, that is the answer. Each service has its own share of what is under way.
 *
 * The function throws what the service answered as an AppError, `unavailable` when no process answered in time.
 */
export function forwarder(
  upstreams: Upstreams,
  { deadlineMs = 5_000, sign, maxUnderWay = 64, answerWithinMs = 12_000 }: ForwardOptions = {},
): { forward: Forward; close(): Promise<void> } {
  const agent = new Agent({
    connect: { timeout: 1_000 },
    headersTimeout: answerWithinMs,
    bodyTimeout: answerWithinMs,
  })
  const guarded = breakers()
  const share = bulkheads(maxUnderWay)
  const dispatched = (asked: Dispatched) =>
    guarded(new URL(asked.url).origin, () => dispatch(agent, sign, asked))
  // Requests that travel together have one signature.
  const posts = new Map<Upstream, ReturnType<typeof togetherBy>>(
    entityKinds.map((service) => [
      service,
      togetherBy((url, post) => dispatched({ service, method: 'POST', url, ...post })),
    ]),
  )
  const ask: Ask = ({ method, path, service, body }, base, headers) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const url = base + path
    // A billing waits for its order: others would wait for it.
    const post =
      method === 'POST' && text !== undefined && service !== 'billing' ? posts.get(service) : undefined
    return post
      ? post(url, { headers, body: `${text}` })
      : dispatched({ service, method, url, headers, body: text })
  }
  let turn = 0
  const forward: Forward = (sent, cause) => {
    const urls = upstreams[sent.service]
    const first = turn++
    const again = sent.once ? () => false : untilAllAreStuck(urls.length)
    const attempt = (n: number) => send(ask, `${urls[(first + n) % urls.length]}`, sent, cause)
    return share(sent.service, cause.commandId, () =>
      retry(attempt, { ...patience, deadlineMs, when: again }),
    )
  }
  return { forward, close: () => agent.destroy() }
}

/** Whether another attempt makes sense: not once each of so many processes has been found stuck. */
function untilAllAreStuck(processes: number): (error: unknown) => boolean {
  let stuck = 0
  return (error) => {
    if (isStuck(error)) stuck++
    return stuck < processes && error instanceof AppError && error.code === 'unavailable'
  }
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
    if (answer.status === 200 || answer.status === 202) return JSON.parse(answer.body)
    throw refusal(sent, answer)
  })
}

type Dispatched = {
  readonly service: Upstream
  readonly method: UpstreamRequest['method']
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
}

async function dispatch(
  agent: Agent,
  sign: RequestSigner | undefined,
  { service, method, url, headers, body }: Dispatched,
): Promise<UpstreamReply> {
  const { pathname, search } = new URL(url)
  const signed = { audience: service, method, path: pathname + search, headers, body }
  const answer = await request(url, {
    dispatcher: agent,
    method,
    headers: sign ? { ...headers, authorization: sign(signed) } : headers,
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
    // The caller is not to blame: while keys rotate another process, or this one in a moment, knows the new one.
    if (code === 'unauthorized')
      return new AppError('unavailable', `service ${service} refuses the gateway: ${message}`)
    return new AppError(code, message, { fields, retryAfterMs: retry_after_ms })
  } catch {
    const what = `${method} ${path}: service ${service} answered ${answer.status}: ${answer.body.slice(0, 200)}`
    return new AppError(answer.status === 503 ? 'unavailable' : 'internal', what)
  }
}
