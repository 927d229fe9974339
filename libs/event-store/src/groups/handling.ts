import { setTimeout as delay } from 'node:timers/promises'
import { backoffMs, describeError, errorCode } from '@ordershop/core'
import type { AnyEvent, Recorded } from '../event.ts'
import type { Observer, TraceparentOf } from '../observer.ts'
import type { RowWrite } from '../rows/row.ts'
import { checkWrites } from '../rows/row-write.ts'
import { tracedContext } from './context.ts'
import type { HandlerContext, SubscriptionSettings } from './subscription.ts'
import type { Work } from './work.ts'

/** How handling ended: done, given up with a reason, or dropped because the partition was lost or is being given up. */
type Outcome =
  | { readonly result: 'done'; readonly rows: readonly RowWrite[] }
  | { readonly result: 'failed'; readonly reason: string }
  | { readonly result: 'dropped' }

/** Handles one event, or a batch of one type, until it is done, given up or dropped. Projecting is done at once. */
export type Handle<E extends AnyEvent> = (events: readonly Recorded<E>[]) => Outcome | Promise<Outcome>

/** What handling needs to know of its surroundings. */
export type HandlingOptions<E extends AnyEvent> = {
  readonly topic: string
  readonly partition: number
  readonly group: string
  readonly work: Work<E>
  readonly settings: SubscriptionSettings
  readonly observer: Observer
  readonly context: HandlerContext
  /** Whether an event may begin now; false once the lease has run out, whatever timers were told so far. */
  readonly mayBegin: () => boolean
}

/**
 * Calls the handlers of one partition, with the failure policy of `Subscription`: `unavailable` pauses the whole
 * partition and is tried for ever; anything else is tried `attempts` times.
 */
export function handling<E extends AnyEvent>(options: HandlingOptions<E>): Handle<E> {
  const { work } = options
  return work.kind === 'project' ? projecting(options, work.project) : calling(options, work)
}

/** A projection is pure: what fails once fails always, so its key is parked at once. */
function projecting<E extends AnyEvent>(
  { topic, partition, group, observer }: HandlingOptions<E>,
  project: (event: Recorded<E>) => readonly RowWrite[],
): Handle<E> {
  return ([event]) => {
    try {
      const rows = project(event as Recorded<E>)
      checkWrites(rows)
      return { result: 'done', rows }
    } catch (error) {
      observer.handled?.({ topic, group, result: 'parked', events: 1, seconds: 0 })
      const about = { ...named(event as Recorded<E>), topic, partition, group, error: describeError(error) }
      observer.log?.('error', 'parked: an event cannot be projected', about)
      return { result: 'failed', reason: oneLine(error) }
    }
  }
}

function calling<E extends AnyEvent>(
  options: HandlingOptions<E>,
  work: Work<E> & { kind: 'handle' },
): Handle<E> {
  const { topic, partition, group, settings, observer, context, mayBegin } = options
  const { signal, leaving } = context
  const ending = AbortSignal.any([signal, leaving])
  let paused: Promise<unknown> | undefined
  let pauses = 0

  function pause(error: unknown, [event]: readonly Recorded<E>[]): void {
    if (paused) return
    const about = { ...named(event as Recorded<E>), topic, partition, group, error: describeError(error) }
    if (pauses === 0) observer.log?.('warn', 'paused: something is unavailable', about)
    paused = wait(backoffMs(settings.pause, pauses++)).then(() => {
      paused = undefined
    })
  }

  // A wait that ends early because the partition was lost, or is being given up, is not an error.
  const wait = (ms: number) => delay(ms, undefined, { signal: ending }).catch(() => {})

  function call(events: readonly Recorded<E>[]): Promise<void> | void {
    const [first] = events as [Recorded<E>]
    const batch = work.batch.get(first.type)
    const run = (traceparentOf?: TraceparentOf) => {
      const own = tracedContext(context, traceparentOf)
      return batch ? batch(events, own) : work.one.get(first.type)?.(first, own)
    }
    return observer.handling ? observer.handling({ topic, partition, group, events }, run) : run()
  }

  const done: Outcome = { result: 'done', rows: [] }

  return async function handle(events: readonly Recorded<E>[]): Promise<Outcome> {
    for (let attempt = 1; ; ) {
      while (paused) {
        await paused
        if (leaving.aborted) return { result: 'dropped' }
      }
      if (signal.aborted || !mayBegin()) return { result: 'dropped' }
      const started = performance.now()
      const report = (result: 'ok' | 'retried' | 'paused' | 'parked') =>
        observer.handled?.({
          topic,
          group,
          result,
          events: events.length,
          seconds: (performance.now() - started) / 1_000,
        })
      try {
        await call(events)
        pauses = 0
        report('ok')
        return done
      } catch (error) {
        if (ending.aborted) return { result: 'dropped' }
        if (errorCode(error) === 'unavailable') {
          report('paused')
          pause(error, events)
          continue
        }
        if (attempt >= settings.attempts) {
          if (events.length === 1) {
            report('parked')
            logParked(error, events[0] as Recorded<E>)
          }
          return { result: 'failed', reason: oneLine(error) }
        }
        report('retried')
        await wait(backoffMs(settings.retry, attempt - 1))
        attempt++
      }
    }
  }

  function logParked(error: unknown, event: Recorded<E>): void {
    observer.log?.('error', 'parked: a handler kept failing', {
      ...named(event),
      ...{ topic, partition, group, error: describeError(error) },
    })
  }
}

/** What a log line says of the event that it is about. */
function named({ key, type, event_id, position, correlation_id, traceparent }: Recorded) {
  return { key, type, event_id, position, correlation_id, ...(traceparent ? { traceparent } : {}) }
}

/** An error as one line of at most 200 characters, fit for the parked hash. */
export function oneLine(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return `${name}: ${message}`.replaceAll(/\s+/g, ' ').slice(0, 200)
}
