import type { IncomingMessage } from 'node:http'
import { newId } from '@ordershop/core/id'
import type { Scope } from './scope.ts'
import type { Span } from './span.ts'
import { parseTraceparent } from './traceparent.ts'
import { beginSpan } from './tracing.ts'

/** Why a request writes what it writes: what `execute` of the event store takes as its cause. */
export type RequestCause = {
  /** Names the write: a repeat under the same id is the same write. */
  readonly commandId: string
  /** The same for everything that the request leads to. */
  readonly correlationId: string
  readonly causationId: string
  readonly traceparent?: string
  /** Who asked for it, where known: the name of an API key, or the subject of a token. */
  readonly actor?: string
  /** The version of the entity that the request was meant for: its number, or its token, `3@1764237600000-0`. */
  readonly expectedVersion?: number | string
}

/** Where it is read from, but for the trace, which proxies on the way may continue. */
export const causeHeaders = ['x-command-id', 'x-correlation-id', 'x-actor', 'x-expected-version'] as const

const id = /^[\w.:-]{1,128}$/
// The subject of a token is up to 255 ASCII characters, among them `|`, `@` and `/`.
const name = /^[\x21-\x7e]{1,255}$/
const version = /^\d{1,15}(@\d{1,20}-\d{1,20})?$/
const trace = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

/**
 * Reads the cause from the headers `x-command-id`, `x-correlation-id`, `traceparent`, `x-actor` and `x-expected-version`.
 * A missing or malformed command id is replaced by a fresh UUIDv7, a missing correlation id by the command id.
 *
 * @param commandId instead of that in the headers, where callers may not name one.
 */
export function requestCause(
  request: Pick<IncomingMessage, 'headers'>,
  commandId = header(request, 'x-command-id', id) ?? newId(),
): RequestCause {
  const traceparent = header(request, 'traceparent', trace)
  const actor = header(request, 'x-actor', name)
  const expected = header(request, 'x-expected-version', version)
  return {
    commandId,
    correlationId: header(request, 'x-correlation-id', id) ?? commandId,
    causationId: commandId,
    ...(traceparent ? { traceparent } : {}),
    ...(actor ? { actor } : {}),
    ...(expected ? { expectedVersion: expected.includes('@') ? expected : Number(expected) } : {}),
  }
}

/** Begins the span of a request; what the request leads to continues it, because it finds it in the headers. */
export function beginRequestSpan(
  request: Pick<IncomingMessage, 'headers' | 'method'> & { path: string },
): Span {
  const method = request.method ?? ''
  const attributes = { 'http.request.method': method, 'url.path': request.path, 'url.scheme': 'http' }
  const span = beginSpan(method, {
    kind: 'server',
    parent: header(request, 'traceparent', trace),
    attributes,
  })
  if (span.traceparent) request.headers.traceparent = span.traceparent
  return span
}

/** Gives the request a correlation id if its caller gave none; names it and the trace of a valid `traceparent`. */
export function requestScope(request: Pick<IncomingMessage, 'headers'>): Scope {
  const correlationId = header(request, 'x-correlation-id', id) ?? newId()
  request.headers['x-correlation-id'] = correlationId
  const traceparent = header(request, 'traceparent', trace)
  return { correlationId, ...(traceparent ? { traceId: parseTraceparent(traceparent).traceId } : {}) }
}

function header(
  { headers }: Pick<IncomingMessage, 'headers'>,
  name: string,
  pattern: RegExp,
): string | undefined {
  const value = headers[name]
  return typeof value === 'string' && pattern.test(value) ? value : undefined
}
