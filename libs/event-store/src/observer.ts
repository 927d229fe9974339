import type { Envelope } from './event.ts'

/** W3C trace context for what an event leads to, e.g. `00-<32 hex>-<16 hex>-01`. */
export type TraceparentOf = (event: Pick<Envelope, 'event_id' | 'traceparent'>) => string | undefined

/** Why a partition could not be archived. */
export type ArchiveFailure = 'broken' | 'unavailable'

/**
 * What the store tells of its work, for metrics, logs and traces. Every method is optional and must not
 * throw; those that run a piece of work throw what it throws. `libs/service` has an implementation that feeds
 * Prometheus, pino and OpenTelemetry; the library itself knows none of them.
 */
export type Observer = {
  /** One append was settled. `seconds` from the call to the answer, retries included. */
  appended?(fact: {
    topic: string
    result: 'ok' | 'repeated' | 'conflict' | 'unavailable'
    seconds: number
  }): void
  /**
   * Events left a handler, or were folded by a projection, all that were read together at once. `retried` and `paused`
   * come again; the others are final. `seconds` of that one call.
   */
  handled?(fact: {
    topic: string
    group: string
    result: 'ok' | 'retried' | 'paused' | 'parked'
    events: number
    seconds: number
  }): void
  /** Events at or below a position that this process had handled before came again. */
  redelivered?(fact: { topic: string; group: string; events: number }): void
  /** A partition was claimed or given up. */
  owned?(fact: { topic: string; partition: number; group: string; member: string; owned: boolean }): void
  /** Events of a partition that were read and are not finished. */
  inFlight?(fact: { topic: string; partition: number; group: string; events: number }): void
  /** Another member holds the partition now: a late write of this one was refused. */
  fenced?(fact: { topic: string; partition: number; group: string }): void
  /**
   * What the live members of a group read: `topics` are those that some read and some do not, as during a deploy that
   * adds one. Told by each member at its first beat, at each change, and as none when it stops.
   */
  disagreed?(fact: { group: string; topics: readonly string[] }): void
  /** Redis lost events that this process had seen, as after a failover. */
  forked?(fact: { topic: string; partition: number; group: string; lastPosition: number }): void
  /** A segment of a partition was archived, read back and recorded. `bytes` of its file. */
  archived?(fact: { topic: string; partition: number; events: number; bytes: number; seconds: number }): void
  /**
   * A partition could not be archived or trimmed; it is tried again. `broken`: log and archive are two histories, or the
   * archive is not what was written, so no repeat helps, a person has to look. `unavailable`: anything else, which may pass.
   */
  archiveFailed?(fact: { topic: string; partition: number; reason: ArchiveFailure }): void
  /** Events were read that have left Redis: a page of them, one, or those of a repeated command. `seconds` of that one call. */
  archiveRead?(fact: { topic: string; partition: number; seconds: number }): void
  /** A read needed a block of a segment, some 128 KiB of entries: it was `inMemory`, or is fetched from the archive's place. */
  archiveBlock?(fact: { topic: string; partition: number; inMemory: boolean }): void
  /** Archived events of a partition have left Redis. */
  trimmed?(fact: { topic: string; partition: number; events: number }): void
  /** Entities of a partition have left Redis: what it had of them is only in the archive. */
  chilled?(fact: { topic: string; partition: number; entities: number }): void
  /**
   * Runs one append, retries included: calls `work` once and returns what it returns. A W3C trace context that is
   * passed to `work` is recorded with the events instead of that of their cause.
   */
  appending?<T>(
    fact: { topic: string; partition: number; events: number; traceparent: string | undefined },
    work: (traceparent?: string) => Promise<T>,
  ): Promise<T>
  /**
   * Runs one call of a handler: calls `work` once and returns what it returns. `traceparentOf` says under which trace
   * context works what an event leads to; default: the event's own.
   */
  handling?(
    fact: { topic: string; partition: number; group: string; events: readonly Envelope[] },
    work: (traceparentOf?: TraceparentOf) => Promise<void> | void,
  ): Promise<void> | void
  /**
   * Something to tell a person, once for each time that it begins. What is about an event has `correlation_id` and
   * `traceparent` among its fields, named as in the envelope. All fields survive JSON.stringify; an `error` is
   * `{ type, code, message, stack, cause }`.
   */
  log?(level: 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown>): void
}

/** The observer of who gives none: says on stderr what is wrong, each problem once until something else is said. */
export function problemsOnStderr(): Observer {
  let told = ''
  return {
    log(level, message, fields) {
      if (level === 'info' || message === told) return
      told = message
      const about = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : ''
      process.stderr.write(`event store: ${message}${about}\n`)
    },
  }
}
