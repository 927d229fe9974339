import { describeError } from '@ordershop/core'
import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino'
import { scopeFields } from './scope.ts'

/** A pino logger: one JSON object a line on stdout, `level` as a word, `time` as ISO-8601 UTC. */
export type Logger = PinoLogger

const urlPassword = /(:\/\/[^\s/:@"]*:)[^\s/@"]+@/g
const secrets = ['password', 'authorization', 'cookie', 'secret', 'token']

/**
 * Opens the log of one process. Every line carries `service` and `instance`, and while a request or an event is worked
 * on its `correlationId` and `traceId`. Passwords inside URLs, and fields that are named like a secret, are written as
 * `***`, up to two levels deep; of an error only type, code, message, stack and cause are written.
 *
 * @param options `level` is a pino level, default `info`. @param destination default: stdout.
 */
export function createLog(
  options: { service: string; instance?: string; level?: string },
  destination?: DestinationStream,
): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: { service: options.service, ...(options.instance ? { instance: options.instance } : {}) },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: scopeFields,
    serializers: { err: describeError, error: describeError },
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '***' },
    // URLs turn up inside messages and stacks, where no redaction path reaches: so the finished line is cleaned.
    hooks: { streamWrite: withoutPasswords },
  }
  // Written at once: what a process says last, before it ends or is killed, is what people look for.
  return pino(settings, destination ?? pino.destination({ dest: 1, sync: true }))
}

/** The text with the password of every URL in it replaced: `redis://:secret@host` becomes `redis://:***@host`. */
function withoutPasswords(text: string): string {
  return text.replace(urlPassword, '$1***@')
}

/**
 * Lets SIGUSR2 switch a process to level `debug`, and back to its configured level with the next one. A signal, not a route:
 * only who may act on the process itself can send it, whatever ports are open to whom.
 */
export function switchLevelOnSignal(log: Logger): void {
  const configured = log.level
  process.on('SIGUSR2', () => {
    log.level = log.level === configured ? 'debug' : configured
    log.warn({ logLevel: log.level }, 'the log level was changed')
  })
}
