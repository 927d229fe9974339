// Server-sent events by fetch: an EventSource cannot send a credential.
import { call, type Problem, problemOf } from './call.ts'
import { messageParser } from './server-sent.ts'
import type { Recorded } from './shapes.ts'
import { pause } from './use-read.ts'

export type TailState =
  | { readonly is: 'connecting' }
  /** Sending what was there before the tail began. */
  | { readonly is: 'catching up' }
  | { readonly is: 'live' }
  /** It will be tried again; `problem` says what happened. */
  | { readonly is: 'away'; readonly problem: Problem }
  | { readonly is: 'refused'; readonly problem: Problem }

type Watcher = { event(recorded: Recorded): void; state(state: TailState): void }

const firstRetryMs = 500
const maxRetryMs = 8_000

/** Follows the log until `signal` ends it. After a break it goes on behind the last event that it has seen, with none lost or twice. */
export async function tail(query: string, watcher: Watcher, signal: AbortSignal): Promise<void> {
  let cursor: string | undefined
  let retryMs = firstRetryMs
  watcher.state({ is: 'connecting' })
  while (!signal.aborted) {
    try {
      const headers = { accept: 'text/event-stream', ...(cursor ? { 'last-event-id': cursor } : {}) }
      const { body } = await call(`/v1/events?${query}`, { headers, signal })
      if (!body) throw new Error('expected a body')
      watcher.state({ is: 'catching up' })
      for await (const { id, event, data } of messages(body)) {
        if (signal.aborted) return
        if (id !== undefined) cursor = id
        if (event === 'ready') watcher.state({ is: 'live' })
        if (event === 'message') watcher.event(JSON.parse(data) as Recorded)
        retryMs = firstRetryMs
      }
      watcher.state({ is: 'away', problem: ended })
    } catch (error) {
      if (signal.aborted) return
      const problem = error instanceof TypeError ? ended : problemOf(error)
      const isRefused = problem.status >= 400 && problem.status < 500 && problem.status !== 429
      watcher.state({ is: isRefused ? 'refused' : 'away', problem })
      if (isRefused) return
    }
    await pause(retryMs, signal)
    retryMs = Math.min(retryMs * 2, maxRetryMs)
  }
}

const ended: Problem = {
  status: 0,
  title: 'The stream was broken off',
  detail: 'The server ended the stream.',
}

async function* messages(body: ReadableStream<Uint8Array>) {
  const parse = messageParser()
  const reader = body
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield* parse(value)
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}
