import { createServer, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@ordershop/core'
import type { Express, RequestHandler } from 'express'
import type { z } from 'zod'
import { createApp, opsApp, sealApp } from './app.ts'
import { callerCheck, checkedBelow } from './callers.ts'
import { type BaseConfig, parseConfig } from './config.ts'
import type { Health } from './health.ts'
import type { AnswerProblem } from './http.ts'
import { knownKeysIn } from './keys.ts'
import { bounded, serverOptions } from './limits.ts'
import { createLog, type Logger, switchLevelOnSignal } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { reread } from './reread.ts'
import type { Tracing } from './span.ts'
import { setTracing } from './tracing.ts'
import { sampledShare } from './tracing-config.ts'

/** What a service starts with. */
export type ProcessContext<Config> = {
  readonly config: Config
  readonly log: Logger
  readonly metrics: Metrics
  /** Add routes here; 404 and error handling follow by themselves. */
  readonly app: Express
  /** Has a handler see each request before its body is read; it may refuse it. Probes and metrics do not pass it. */
  guardBy(handler: RequestHandler): void
}

/** How a process is run. */
export type ProcessOptions<Config extends BaseConfig> = {
  /** Named in every log line, e.g. `order`. */
  readonly name: string
  /** `baseSchema`, or an extension of it. */
  readonly schema: z.ZodType<Config>
  readonly env: Readonly<Record<string, string | undefined>>
  /**
   * Opens what the service needs; the HTTP server listens once it resolves. `ready` feeds `/readyz`; `stop` is called
   * once, after the last request in flight was answered; `leave` before that, to end answers that go on by themselves.
   */
  start(context: ProcessContext<Config>): Promise<{ ready(): Health; leave?(): void; stop(): Promise<void> }>
  /** Writes error answers; default `{ error: { code, message, fields } }`. */
  readonly answer?: AnswerProblem
  /** A longer request body is answered 413; default 2 MiB. */
  readonly maxBodyBytes?: number
  /** Who calls is checked (`CALLER_KEYS_FILE`) only below this path; default everywhere. */
  readonly callersBelow?: string
}

/**
 * Runs one process: configuration, log, metrics, HTTP server, and a graceful end.
 *
 * Exits 1 when the environment is bad (every bad variable is named), the start fails, or anything is thrown that
 * nothing caught. On SIGTERM or SIGINT it is no longer ready, tells callers with its answers to connect elsewhere, takes
 * no new connection half a second later, lets requests in flight finish, stops the service, sends its last spans, and
 * exits 0; or 1 if that takes longer than `STOP_MS`. SIGUSR2 switches the log to `debug` and back.
 */
export async function runProcess<Config extends BaseConfig>(options: ProcessOptions<Config>): Promise<void> {
  const config = configOrExit(options)
  const log = createLog({ service: options.name, instance: config.INSTANCE, level: config.LOG_LEVEL })
  exitOnUncaught(log)
  switchLevelOnSignal(log)
  const tracing = await startTracing(options.name, config, log)
  const metrics = createMetrics()
  let health = (): Health => ({ ready: false, problem: `${options.name} is starting` })
  const { answer, maxBodyBytes } = options
  const probed = { metrics, ready: () => health() }
  const callers = callersOf(options, config, log, metrics)
  const opsElsewhere = config.OPS_PORT !== undefined
  let guard: RequestHandler = (_request, _response, next) => next()
  const guarded: RequestHandler = (...asked) => guard(...asked)
  const admit = { maxInWork: config.MAX_IN_WORK, maxWaitMs: config.MAX_WAIT_MS }
  const app = createApp({ ...probed, log, guard: guarded, callers, admit, opsElsewhere, maxBodyBytes })
  const guardBy = (handler: RequestHandler) => {
    guard = handler
  }
  const service = await options.start({ config, log, metrics, app, guardBy })
  sealApp(app, answer ? { answer } : {})
  let leaving = false
  const server = createServer(serverOptions, (request, response) => {
    if (leaving) response.setHeader('connection', 'close')
    app(request, response)
  })
  bounded(server)
  // Before anybody can know that it listens: a signal that comes then must find its handler.
  const stopped = stopSignal()
  // It listens to the end: whoever asks while the process stops is told so.
  const ops = bounded(createServer(serverOptions, opsApp(probed)))
  const { HOST, PORT, OPS_PORT } = config
  const listening = async () => {
    if (OPS_PORT !== undefined) await listen(ops, OPS_PORT, HOST)
    await listen(server, PORT, HOST)
  }
  await listening().catch(async (error: unknown) => {
    await service.stop()
    throw error
  })
  const ports = { port: portOf(server), ...(opsElsewhere ? { opsPort: portOf(ops) } : {}) }
  log.info({ ...ports, node: process.version }, `${options.name} listens`)
  health = () => service.ready()

  const signal = await stopped
  health = () => ({ ready: false, problem: `${options.name} is stopping` })
  log.info({ signal }, `${options.name} stops`)
  const stopBy = performance.now() + config.STOP_MS
  exitAfter(config.STOP_MS, log)
  leaving = true
  service.leave?.()
  await connectionsLeave(server, Math.min(lingerMs, config.STOP_MS / 4))
  await drain(server, config.STOP_MS / 2)
  await service.stop()
  await tracing?.stop(Math.min(config.STOP_MS / 10, stopBy - performance.now()))
  log.info(`${options.name} has stopped`)
  process.exit(0)
}

/** Whoever may call this process; anybody where no file has their keys. */
function callersOf(
  { name, callersBelow }: Pick<ProcessOptions<never>, 'name' | 'callersBelow'>,
  { CALLER_KEYS_FILE }: BaseConfig,
  log: Logger,
  metrics: Metrics,
) {
  if (CALLER_KEYS_FILE === undefined) return undefined
  const check = callerCheck(name, reread(CALLER_KEYS_FILE, knownKeysIn, log), metrics)
  return callersBelow === undefined ? check : checkedBelow(callersBelow, check)
}

/** Traces are made from the first request on, if there is a collector; a process without one loads nothing for it. */
async function startTracing(service: string, config: BaseConfig, log: Logger): Promise<Tracing | undefined> {
  if (!config.OTEL_EXPORTER_OTLP_ENDPOINT || config.OTEL_SDK_DISABLED === 'true') return undefined
  const { otelTracing } = await import('./otel.ts')
  const sampled = sampledShare(config.OTEL_TRACES_SAMPLER, config.OTEL_TRACES_SAMPLER_ARG)
  const tracing = otelTracing({ service, instance: config.INSTANCE, sampled }, log)
  setTracing(tracing)
  return tracing
}

/** How long answers say `Connection: close` before connections are closed, in milliseconds. */
const lingerMs = 500

function configOrExit<Config extends BaseConfig>({ name, schema, env }: ProcessOptions<Config>): Config {
  try {
    return parseConfig(schema, env)
  } catch (error) {
    const problems = error instanceof AppError ? error.fields : []
    createLog({ service: name }).fatal({ problems }, error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}

function exitOnUncaught(log: Logger): void {
  const exit = (error: unknown) => {
    log.fatal({ err: error }, 'uncaught error: the process ends')
    process.exit(1)
  }
  process.on('uncaughtException', exit)
  process.on('unhandledRejection', exit)
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

function portOf(server: Server): number | undefined {
  const address = server.address()
  return typeof address === 'object' ? address?.port : undefined
}

function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
}

function exitAfter(stopMs: number, log: Logger): void {
  // Keeps the loop alive, too: a stop that waits for nothing at all would else end the process half stopped.
  setTimeout(() => {
    log.error({ stopMs }, 'could not stop in time: the process ends')
    process.exit(1)
  }, stopMs)
}

/**
 * Waits until callers have let go of their connections. One that is closed under a busy caller may cross with its next
 * request, which then fails through no fault of anyone; a caller that read `Connection: close` sends no other.
 */
async function connectionsLeave(server: Server, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs
  while (performance.now() < deadline && (await connectionsOf(server)) > 0) await delay(20)
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
}

/** Resolves once every request in flight was answered, at the latest after `withinMs`: the rest ends with the process. */
async function drain(server: Server, withinMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  // A kept-alive connection counts as open until its peer lets go, so idle ones are closed as they become idle.
  const idle = setInterval(() => server.closeIdleConnections(), 20)
  await Promise.race([closed, delay(withinMs, undefined, { ref: false })])
  clearInterval(idle)
}
