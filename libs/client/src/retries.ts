import { type Patience, pause, waitMs } from './waiting.ts'

type Send = (request: Request) => Promise<Response>

/** What may be sent again as it is. A POST may under a key alone: /v1 carries it out once. */
const repeatable = new Set(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])

/**
 * Sends requests again that met 429, 503 or a network that failed, after a wait with jitter that honours `Retry-After`.
 *
 * A POST below /v1 gets an `Idempotency-Key` of its own, unless it has one: the same one at every attempt, so it is carried
 * out once. 409 with `Retry-After` means that an attempt is under way, and is waited for.
 *
 * What may have been carried out and would then be answered otherwise, a POST without a key or a change with `If-Match`, is
 * sent again after 429 alone.
 */
export function retrying(send: Send, patience: Patience): Send {
  const { attempts = 5 } = patience
  return async (request) => {
    const keyed = underKey(request)
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= attempts
      const answer = await send(keyed.clone()).catch((error: unknown) => {
        if (last || keyed.signal.aborted || !isRepeatable(keyed)) throw error
      })
      if (answer && (last || !isPassing(keyed, answer))) return answer
      await answer?.body?.cancel()
      await pause(waitMs(attempt, patience, answer?.headers.get('retry-after')), keyed.signal)
    }
  }
}

function underKey(request: Request): Request {
  const { pathname } = new URL(request.url)
  const knowsKeys = /\/v1\/(?!ops\/)/.test(pathname)
  if (request.method !== 'POST' || !knowsKeys || request.headers.has('idempotency-key')) return request
  const headers = new Headers(request.headers)
  headers.set('idempotency-key', newKey())
  return new Request(request, { headers })
}

/** Not `randomUUID`: a page that came over plain HTTP has none. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function isRepeatable({ method, headers }: Request): boolean {
  if (method === 'POST') return headers.has('idempotency-key')
  return repeatable.has(method) && !headers.has('if-match')
}

/** Whether the same request may be answered otherwise soon. */
function isPassing(request: Request, { status, headers }: Response): boolean {
  if (status === 429) return true
  if (status === 409) return request.method === 'POST' && headers.has('retry-after')
  return status === 503 && isRepeatable(request)
}
