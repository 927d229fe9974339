import { type DestinationStream, type Logger, pino } from 'pino'

/** A pino logger: one JSON object a line on stdout, `level` as a word, `time` as ISO-8601 UTC. */
export type Log = Logger

const urlPassword = /(:\/\/[^\s/:@"]*:)[^\s/@"]+@/g

/**
 * Opens the log of one process. Every line carries `service` and `instance`; passwords inside URLs and fields named
 * `password` or `authorization` are written as `***`, wherever in the line they stand.
 *
 * @param options `level` is a pino level, default `info`. @param destination default: stdout.
 */
export function createLog(
  options: { service: string; instance?: string; level?: string },
  destination?: DestinationStream,
): Log {
  const settings = {
    level: options.level ?? 'info',
    base: { service: options.service, ...(options.instance ? { instance: options.instance } : {}) },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.errWithCause },
    redact: { paths: ['password', '*.password', 'authorization', '*.authorization'], censor: '***' },
    // URLs turn up inside messages and stacks, where no redaction path reaches: so the finished line is cleaned.
    hooks: { streamWrite: withoutPasswords },
  }
  // Written at once: what a process says last, before it ends or is killed, is what people look for.
  return pino(settings, destination ?? pino.destination({ dest: 1, sync: true }))
}

/** The text with the password of every URL in it replaced: `redis://:secret@host` becomes `redis://:***@host`. */
export function withoutPasswords(text: string): string {
  return text.replace(urlPassword, '$1***@')
}
