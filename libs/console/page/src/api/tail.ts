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
/** The server says something every 15 s. */
const silenceMs = 45_000

/** Follows the log until `signal` ends it. After a break it goes on behind the last event that it has seen, with none lost or twice. */
export async function tail(query: string, watcher: Watcher, signal: AbortSignal): Promise<void> {
  let cursor: string | undefined
  let retryMs = firstRetryMs
  watcher.state({ is: 'connecting' })
  while (!signal.aborted) {
    const silence = new AbortController()
    let why = ended
    try {
      const headers = { accept: 'text/event-stream', ...(cursor ? { 'last-event-id': cursor } : {}) }
      const { body } = await call(`/v1/events?${query}`, {
        headers,
        signal: AbortSignal.any([signal, silence.signal]),
      })
      if (!body) throw new Error('expected a body')
      watcher.state({ is: 'catching up' })
      for await (const { id, event, data } of messages(body, () => silence.abort())) {
        if (signal.aborted) return
        if (id !== undefined) cursor = id
        if (event === 'end') why = { ...ended, detail: (JSON.parse(data) as { reason: string }).reason }
        if (event === 'ready') watcher.state({ is: 'live' })
        if (event === 'message') watcher.event(JSON.parse(data) as Recorded)
        retryMs = firstRetryMs
      }
      watcher.state({ is: 'away', problem: why })
    } catch (error) {
      if (signal.aborted) return
      const problem = silence.signal.aborted ? silent : error instanceof TypeError ? ended : problemOf(error)
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

const silent: Problem = { ...ended, detail: `Nothing came for ${silenceMs / 1_000} s.` }

/** @param bark called when nothing has come for too long. */
async function* messages(body: ReadableStream<Uint8Array>, bark: () => void) {
  const parse = messageParser()
  const reader = body
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .getReader()
  let timer = setTimeout(bark, silenceMs)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(timer)
      timer = setTimeout(bark, silenceMs)
      yield* parse(value)
    }
  } finally {
    clearTimeout(timer)
    reader.cancel().catch(() => undefined)
  }
}
