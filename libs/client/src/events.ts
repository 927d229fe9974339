import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { refused } from './problem.ts'
import { type Patience, pause, waitMs } from './waiting.ts'

/** An event of the shop as the log has it; what is in `data` is at /asyncapi.json, by `type`. */
export type ShopEvent = {
  readonly type: string
  readonly data: unknown
  readonly event_id: string
  readonly topic: string
  readonly partition: number
  readonly entity_id: string
  readonly key: string
  readonly version: number
  readonly position: number
  readonly entry_id: string
  readonly recorded_at: string
  readonly schema_version: number
  readonly correlation_id: string
  readonly causation_id: string
  readonly traceparent?: string
  readonly actor?: string
}

/** One event, and the cursor behind it: given as `after` to a later call, reading goes on with the next one. */
export type Received = { readonly event: ShopEvent; readonly cursor: string }

/** Which events, and from where. */
export type Wanted = {
  readonly topics?: readonly string[]
  readonly types?: readonly string[]
  /** Of one entity. */
  readonly entity?: string
  /** Of one request, and all that it led to. */
  readonly correlationId?: string
  /** `now`, or a time in ISO-8601; default: from the first event on. */
  readonly from?: string
  /** The cursor of the last one that is known. */
  readonly after?: string
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal
}

/** Characters of a message at most; an event has up to 128 KiB of data, which JSON may write six times as long. */
const maxMessage = 1024 * 1024

type Connection = {
  readonly url: string
  send(request: Request): Promise<Response>
  patience: Patience
  silenceMs: number
}

/**
 * Events as they are recorded, without end. A connection that breaks, that the server ends, or on which nothing comes for
 * `silenceMs` (heartbeats come every 15 s) is opened again behind the last event that was given: none is missed or given
 * twice. How often that is tried has no limit, with waits up to `maxWaitMs`.
 *
 * @throws `Refused` when the shop answers anything but 2xx, 429 or 5xx.
 */
export async function* eventsOf(
  connection: Connection,
  wanted: Wanted,
): AsyncGenerator<Received, void, undefined> {
  let { after } = wanted
  const { signal } = wanted
  for (let failures = 0; !signal?.aborted; failures++) {
    try {
      for await (const received of once(connection, {
        ...wanted,
        ...(after === undefined ? {} : { after }),
      })) {
        failures = 0
        after = received.cursor
        if (received.event) yield { event: received.event, cursor: after }
      }
    } catch (error) {
      if (signal?.aborted) return
      if (isFinal(error)) throw error
    }
    await pause(waitMs(Math.min(failures + 1, 16), connection.patience), signal).catch(() => {})
  }
}

function isFinal(error: unknown): boolean {
  const { status } = error as { status?: number }
  return status !== undefined && status !== 429 && status < 500
}

/** What comes over one connection: events, and where it has come to without one. */
async function* once(
  { url, send, silenceMs }: Connection,
  wanted: Wanted,
): AsyncGenerator<Partial<Received> & Pick<Received, 'cursor'>> {
  const silence = new AbortController()
  const watch = watchdog(silenceMs, () => silence.abort(new Error(`no byte for ${silenceMs} ms`)))
  const signal = wanted.signal ? AbortSignal.any([wanted.signal, silence.signal]) : silence.signal
  try {
    const request = requestOf(url, wanted, signal)
    const response = await send(request)
    if (!response.ok || !response.body) throw refused('GET', request.url, response, await bodyOf(response))
    for await (const message of messagesOf(response.body, watch.feed)) {
      if (message.event === 'end') return
      if (message.id === undefined) continue
      // Also of `ready`: who asked for what comes from now on misses nothing of it when the connection breaks at once.
      const { id: cursor } = message
      yield message.event === undefined ? { event: JSON.parse(message.data), cursor } : { cursor }
    }
  } finally {
    watch.end()
    silence.abort()
  }
}

async function* messagesOf(
  body: ReadableStream<Uint8Array>,
  heard: () => void,
): AsyncGenerator<EventSourceMessage> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const ahead: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => ahead.push(message), maxBufferSize: maxMessage })
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    heard()
    parser.feed(decoder.decode(value, { stream: true }))
    yield* ahead.splice(0)
  }
}

function requestOf(url: string, wanted: Wanted, signal: AbortSignal): Request {
  const { topics = [], types = [], entity, correlationId, from, after } = wanted
  const asked = Object.entries({
    topic: topics.join(','),
    type: types.join(','),
    entity,
    correlation_id: correlationId,
    // Where reading goes on is known better.
    from: after === undefined ? (from ?? 'beginning') : undefined,
  }).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
  const query = new URLSearchParams(asked)
  const headers = { accept: 'text/event-stream', ...(after === undefined ? {} : { 'last-event-id': after }) }
  return new Request(`${url}/v1/events${query.size > 0 ? `?${query}` : ''}`, {
    headers,
    signal,
    cache: 'no-store',
  })
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Barks when it was not fed for so long. */
function watchdog(ms: number, bark: () => void) {
  let timer = setTimeout(bark, ms)
  return {
    feed() {
      clearTimeout(timer)
      timer = setTimeout(bark, ms)
    },
    end: () => clearTimeout(timer),
  }
}
