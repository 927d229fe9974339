import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RequestHandler } from 'express'
import type { AdmissionOptions } from './admission.ts'
import { createApp, sealApp } from './app.ts'
import { callerCheck, checkedBelow } from './callers.ts'
import type { AnswerProblem } from './http.ts'
import type { KnownKeys } from './keys.ts'
import { bounded, serverOptions } from './limits.ts'
import { createLog, type Logger } from './log.ts'
import { createMetrics } from './metrics.ts'

export { knownKeysIn } from './keys.ts'
export { otelTracing } from './otel.ts'
export { type OtlpReceiver, otlpReceiver, type ReceivedSpan } from './otlp-receiver.ts'
export { setTracing } from './tracing.ts'

/** An answer as a test sees it; `body` is parsed JSON, or text where it is none. */
export type ServedAnswer = { readonly status: number; readonly headers: Headers; readonly body: unknown }

/** Routes that listen, for tests. */
export type Served = {
  /** `http://127.0.0.1:<free port>` */
  readonly url: string
  /** Sends `body` as JSON, a string as it is. */
  request(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ServedAnswer>
  close(): Promise<void>
}

/**
 * Serves routes as `runProcess` would (same body limits, same errors), silently unless given a log, on a free local port.
 *
 * @param options.callers who is asked, and the keys that requests must be signed by, `below` a path alone if it is given; default: anybody may ask.
 * @example const shop = await serve(routes({ store })); expect((await shop.request('GET', '/orders')).status).toBe(200)
 */
export async function serve(
  routes: RequestHandler,
  options: {
    answer?: AnswerProblem
    guard?: RequestHandler
    maxBodyBytes?: number
    log?: Logger
    admit?: AdmissionOptions
    callers?: { readonly service: string; readonly below?: string; known(): KnownKeys }
  } = {},
): Promise<Served> {
  const { maxBodyBytes, log = createLog({ service: 'test', level: 'silent' }) } = options
  const metrics = createMetrics()
  const check = options.callers && callerCheck(options.callers.service, options.callers.known, metrics)
  const callers = check && checkedBelow(options.callers?.below ?? '/', check)
  const app = createApp({
    log,
    metrics,
    maxBodyBytes,
    guard: options.guard,
    admit: options.admit,
    callers,
    ready: () => ({ ready: true }),
  })
  app.use(routes)
  sealApp(app, options)
  const server = bounded(createServer(serverOptions, app))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    async request(method, path, body, headers = {}) {
      const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
      const typed = { 'content-type': 'application/json', ...headers }
      const response = await fetch(url + path, { method, headers: typed, ...sent })
      return { status: response.status, headers: response.headers, body: parsed(await response.text()) }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
