import express, { type Express, type RequestHandler } from 'express'
import type { Histogram } from 'prom-client'
import { type AdmissionOptions, admission } from './admission.ts'
import { jsonBody } from './body.ts'
import type { CallerCheck } from './callers.ts'
import { beginRequestSpan, requestScope } from './cause.ts'
import { type Health, probes } from './health.ts'
import { type AnswerProblem, answerProblem, errorHandler, failureOf, unknownPath } from './http.ts'
import { limits, refuseLongUrl } from './limits.ts'
import type { Logger } from './log.ts'
import { httpDuration, type Metrics } from './metrics.ts'
import { rateLimitedLog } from './rate-limited-log.ts'
import { inScope } from './scope.ts'
import { securityHeaders } from './security-headers.ts'
import { isStreamed } from './streamed.ts'

const quietPaths = new Set(['/livez', '/readyz', '/metrics'])

type OpsOptions = { metrics: Metrics; ready: () => Health }
type AppOptions = OpsOptions & {
  log: Logger
  maxBodyBytes?: number | undefined
  /** Sees a request before its body is read; default none. */
  guard?: RequestHandler | undefined
  /** Who may call the routes; default anybody. */
  callers?: CallerCheck | undefined
  /** How many requests are in work at a time, of all but probes and metrics; default any number. */
  admit?: AdmissionOptions | undefined
  /** Probes and metrics are served by an `opsApp`, and not here. */
  opsElsewhere?: boolean
}

/**
 * An Express 5 app with everything that comes before a service's routes: correlation id, access log,
 * `http_request_duration_seconds`, probes, the limits of a request and of how many are in work, the check of who calls and the guard, and the body read as JSON. `sealApp` ends it.
 */
export function createApp(options: AppOptions): Express {
  const { callers, maxBodyBytes = limits.bodyBytes } = options
  const app = bareApp()
  app.use(observe(options.log, httpDuration(options.metrics)))
  if (!options.opsElsewhere) app.use(probes(options.ready, options.metrics))
  app.use(refuseLongUrl)
  const admitted = options.admit && admission(options.admit)
  if (admitted) app.use(admitted.admit)
  if (callers) app.use(callers.token)
  if (options.guard) app.use(options.guard)
  app.use(jsonBody(maxBodyBytes, callers ? [callers.content] : []))
  if (admitted) app.use(admitted.resume)
  return app
}

/** Probes and metrics alone, for a port of their own. Neither logged nor measured: they come every few seconds. */
export function opsApp({ ready, metrics }: OpsOptions): Express {
  const app = bareApp()
  app.use(probes(ready, metrics))
  sealApp(app, {})
  return app
}

function bareApp(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(securityHeaders)
  return app
}

/** Adds what comes after a service's routes: 404 for unknown paths, and the answer to every error. */
export function sealApp(app: Express, options: { answer?: AnswerProblem }): void {
  app.use(unknownPath)
  app.use(errorHandler(options.answer ?? answerProblem))
}

/**
 * One log line and one observation for each request. Probes are logged at debug, they come every few seconds; what fails
 * because something is unavailable, or because callers lose patience meanwhile, is reported by a rate-limited log.
 */
function observe(log: Logger, duration: Histogram<'route' | 'method' | 'status'>): RequestHandler {
  const tell = rateLimitedLog(log)
  return (request, response, next) => {
    const start = performance.now()
    const { method, path } = request
    const span = quietPaths.has(path) ? undefined : beginRequestSpan(request)
    const scope = requestScope(request)
    // Limits wait for its end, too, and a pipeline into it has seven listeners of its own: no leak, as Node would have it.
    response.setMaxListeners(20)
    response.set('x-correlation-id', scope.correlationId)
    response.on('close', () => {
      const seconds = (performance.now() - start) / 1000
      const failure = failureOf(response)
      const streamed = isStreamed(response)
      // 499: the caller went away before the answer was written.
      const status = failure?.status ?? (response.writableFinished || streamed ? response.statusCode : 499)
      // The pattern, not the path: one label value for each route, whatever callers ask for.
      const route: string = request.route?.path ?? 'unknown'
      if (!streamed) duration.observe({ route, method, status: String(status) }, seconds)
      span?.rename(`${method} ${route}`)
      span?.set({ 'http.route': route, 'http.response.status_code': status })
      span?.end(failure?.error)
      const line = { ...scope, method, path, status, seconds }
      if (failure?.status === 503)
        tell('warn', { ...line, problem: failure.problem }, 'request refused: unavailable')
      else if (failure) log.error({ ...line, err: failure.error }, 'request failed')
      else if (status === 499) tell('warn', line, 'request broken off by its caller')
      else log[quietPaths.has(path) ? 'debug' : 'info'](line, 'request')
    })
    inScope(scope, next)
  }
}
