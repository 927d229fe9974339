import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { components } from './api.ts'
import { bodyOf, isRefused, type Refused, refused } from './problem.ts'
import { type Patience, pause, waitMs } from './waiting.ts'

/** An event of the shop as the log has it; what is in `data` is at /asyncapi.json, by `type`. */
export type ShopEvent = Readonly<components['schemas']['Recorded']>

/** One event, and the cursor behind it: given as `after` to a later call, reading goes on with the next one. */
export type Received = { readonly event: ShopEvent; readonly cursor: string }

/** How it stands with a stream of events. */
export type StreamState =
  /** Nothing has answered yet. */
  | { readonly is: 'connecting' }
  /** What was recorded before is being given. */
  | { readonly is: 'catching up' }
  /** All that was recorded before has been given: from here on events come as they are recorded. */
  | { readonly is: 'live' }
  /** The connection has ended, or got 429 or 5xx; it is tried again. `error` says why. */
  | { readonly is: 'away'; readonly error: Error }
  /** It is not tried again: `error` is thrown as well. */
  | { readonly is: 'refused'; readonly error: Refused }

/** Which events, and from where. */
export type Wanted = {
  readonly topics?: readonly string[]
  readonly types?: readonly string[]
  /** Of one entity. */
  readonly entity?: string | undefined
  /** Of one request, and all that it led to. */
  readonly correlationId?: string | undefined
  /** `now`, or a time in ISO-8601; default: from the first event on. */
  readonly from?: string | undefined
  /** The cursor of the last one that is known. */
  readonly after?: string | undefined
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal
  /** Called at every change of the state, in order with the events: at `live`, all earlier ones have been given. */
  readonly onState?: (state: StreamState) => void
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
  const { signal, onState } = wanted
  onState?.({ is: 'connecting' })
  for (let failures = 0; !signal?.aborted; failures++) {
    try {
      for await (const received of once(connection, { ...wanted, after })) {
        failures = 0
        after = received.cursor
        if (received.event) yield { event: received.event, cursor: after }
      }
    } catch (error) {
      if (signal?.aborted) return
      if (isFinal(error)) {
        onState?.({ is: 'refused', error })
        throw error
      }
      onState?.({ is: 'away', error: error instanceof Error ? error : new Error(String(error)) })
    }
    await pause(waitMs(Math.min(failures + 1, 16), connection.patience), signal).catch(() => {})
  }
}

function isFinal(error: unknown): error is Refused {
  return isRefused(error) && error.status !== 429 && error.status < 500
}

/** What comes over one connection: events, and where it has come to without one. @throws however it ends. */
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
    wanted.onState?.({ is: 'catching up' })
    for await (const message of messagesOf(response.body, watch.feed)) {
      if (message.event === 'end') throw new Error(`the stream was ended: ${JSON.parse(message.data).reason}`)
      // Also of `ready`: who asked for what comes from now on misses nothing of it when the connection breaks at once.
      const { id: cursor } = message
      if (cursor !== undefined)
        yield message.event === undefined ? { event: JSON.parse(message.data), cursor } : { cursor }
      if (message.event === 'ready') wanted.onState?.({ is: 'live' })
    }
    throw new Error('the stream was broken off')
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
