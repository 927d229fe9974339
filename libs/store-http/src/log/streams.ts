// Server-Sent Events of the log: https://html.spec.whatwg.org/multipage/server-sent-events.html
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@ordershop/core'
import type { Watch } from '@ordershop/event-store'
import { markStreamed, problemOf } from '@ordershop/service'
import type { Response } from 'express'
import { frameOf } from './shown.ts'

/** What the streams of one process may take. */
export const streamLimits = {
  /** Streams at a time; beyond, 503 with `Retry-After`. */
  streams: 1_000,
  /** A comment, and the cursor, are sent so often: proxies close what is silent, and a reader of little resumes where it is. */
  heartbeatMs: 15_000,
  /** A reader that takes nothing for so long is dropped. Below the 30 s after which a server cuts such a connection without a word. */
  patienceMs: 20_000,
  /** A stream ends after so long, so that a credential is looked at again. */
  lifetimeMs: 60 * 60 * 1_000,
}

export type StreamLimits = typeof streamLimits

/** Where a reader who was dropped may still read why. */
const farewellMs = 5_000

type Open = (reason: string) => void

/** The streams of one process. What waits for one reader is at most 16 KiB and one event: the rest waits in the log. */
export function streams(limits: StreamLimits) {
  const open = new Set<Open>()
  let left: string | undefined

  /** Sends what a watch yields until somebody ends it. @param begin is told when that is. */
  async function stream(response: Response, begin: (signal: AbortSignal) => Watch): Promise<void> {
    if (left !== undefined) throw new AppError('unavailable', `events: ${left}`, { retryAfterMs: 1_000 })
    if (open.size >= limits.streams) {
      const message = `events: expected at most ${limits.streams} streams at a time, got more`
      throw new AppError('unavailable', message, { retryAfterMs: 5_000 })
    }
    const over = new AbortController()
    const watch = begin(over.signal)
    let reason: string | undefined
    const end: Open = (why) => {
      reason ??= why
      over.abort()
    }
    open.add(end)
    response.on('close', () => end('the reader has left'))
    try {
      // Before the first byte: who asks with it again would be told so for ever.
      await watch.check()
    } catch (error) {
      open.delete(end)
      throw error
    }
    markStreamed(response)
    // `no-transform`, and what nginx looks for: who buffers or compresses a stream holds its events back.
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' })
    response.set('x-accel-buffering', 'no').flushHeaders()
    const beating = setInterval(() => {
      const cursor = watch.cursor()
      if (!response.writableNeedDrain) response.write(`: heartbeat\n${cursor && `id: ${cursor}\n`}\n`)
    }, limits.heartbeatMs)
    const aging = setTimeout(
      () => end('the stream is as old as one may be: connect again'),
      limits.lifetimeMs,
    )
    try {
      for await (const item of watch)
        if (!sent(response, frameOf(item, watch.cursor())) && !(await drained(response, over.signal)))
          end(`slow reader: nothing was read for ${limits.patienceMs / 1_000} s`)
      reason ??= 'the log is closed'
    } catch (error) {
      end(problemOf(error).message)
    } finally {
      clearInterval(beating)
      clearTimeout(aging)
      open.delete(end)
      farewell(response, reason ?? '')
    }
  }

  /** False when nothing was read for too long. */
  async function drained(response: Response, signal: AbortSignal): Promise<boolean> {
    if (!response.writableNeedDrain) return true
    const settled = new AbortController()
    const any = AbortSignal.any([settled.signal, signal])
    const drain = new Promise<boolean>((resolve) => {
      response.once('drain', () => resolve(true))
      any.addEventListener('abort', () => resolve(true))
    })
    const late = delay(limits.patienceMs, false, { signal: any }).catch(() => true)
    return Promise.race([drain, late]).finally(() => settled.abort())
  }

  return {
    stream,
    /** Ends all with a reason, and refuses new ones: readers go on elsewhere from their last event. */
    endAll(reason: string): void {
      left = reason
      for (const end of [...open]) end(reason)
    },
  }
}

/** False when the reader must read first. */
function sent(response: Response, pieces: readonly (string | Buffer)[]): boolean {
  response.cork()
  let goesOn = true
  for (const piece of pieces) goesOn = response.write(piece)
  response.uncork()
  return goesOn
}

/** Says why, if the reader still reads. */
function farewell(response: Response, reason: string): void {
  if (response.destroyed) return
  response.end(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`)
  const cut = setTimeout(() => response.destroy(), farewellMs)
  response.once('close', () => clearTimeout(cut))
}
