import { setTimeout as delay } from 'node:timers/promises'
import { AppError, backoffMs, describeError, errorCode } from '@ordershop/core'
import type { AnyEvent, Recorded } from '../event.ts'
import type { TraceparentOf } from '../observer.ts'
import {
  type Consumer,
  type ConsumerOf,
  type ConsumerOptions,
  named,
  type Outcome,
  oneLine,
} from './consumer.ts'
import { tracedContext } from './context.ts'
import { partitionPause } from './pause.ts'
import type { BatchHandler, Handler, Subscription } from './subscription.ts'

type Call<E extends AnyEvent> = (events: readonly Recorded<E>[]) => Promise<void> | void

const done: Outcome = { result: 'done', rows: [] }
const dropped: Outcome = { result: 'dropped' }

/**
 * Consumes by the handlers of a subscription.
 *
 * @throws AppError `invalid` when an event type has two handlers.
 */
export function handlersOf<E extends AnyEvent>(
  subscription: Pick<Subscription<E>, 'group' | 'on' | 'onBatch'>,
): ConsumerOf<E> {
  const one = new Map(Object.entries(subscription.on ?? {})) as Map<string, Handler<E>>
  const batch = new Map(Object.entries(subscription.onBatch ?? {})) as Map<string, BatchHandler<E>>
  for (const type of batch.keys())
    if (one.has(type))
      throw new AppError(
        'invalid',
        `subscribe ${subscription.group}: ${type} is in on and in onBatch, expected one of them`,
      )
  return (options) => ({
    takes: (type) => one.has(type) || batch.has(type),
    batches: (type) => batch.has(type),
    handle: persistently(options, observed(options, one, batch)),
  })
}

/** Calls the handler of an event, or of a batch, where the observer can follow it. */
function observed<E extends AnyEvent>(
  { at, group, observer, context }: ConsumerOptions,
  one: ReadonlyMap<string, Handler<E>>,
  batch: ReadonlyMap<string, BatchHandler<E>>,
): Call<E> {
  return (events) => {
    const [first] = events as [Recorded<E>]
    const ofBatch = batch.get(first.type)
    const run = (traceparentOf?: TraceparentOf) => {
      const own = tracedContext(context, traceparentOf)
      return ofBatch ? ofBatch(events, own) : one.get(first.type)?.(first, own)
    }
    return observer.handling ? observer.handling({ ...at, group, events }, run) : run()
  }
}

/**
 * Calls until an event is done, given up or dropped, with the failure policy of `Subscription`: `unavailable` pauses the
 * whole partition and is retried indefinitely; anything else is tried `attempts` times.
 */
function persistently<E extends AnyEvent>(options: ConsumerOptions, call: Call<E>): Consumer<E>['handle'] {
  const { settings, context, mayBegin } = options
  const { signal, leaving } = context
  const ending = AbortSignal.any([signal, leaving])
  const pause = partitionPause(options, ending)

  return async function handle(events): Promise<Outcome> {
    for (let attempt = 1; ; ) {
      while (pause.current()) {
        await pause.current()
        if (leaving.aborted) return dropped
      }
      if (signal.aborted || !mayBegin()) return dropped
      const report = stopwatch(options, events.length)
      try {
        await call(events)
        pause.forget()
        report('ok')
        return done
      } catch (error) {
        if (ending.aborted) return dropped
        if (errorCode(error) === 'unavailable') {
          report('paused')
          pause.begin(error, events[0] as Recorded<E>)
          continue
        }
        if (attempt >= settings.attempts) {
          // The culprit of a batch is found by taking its events one by one.
          if (events.length === 1) {
            report('parked')
            logParked(options, events[0] as Recorded<E>, error)
          }
          return { result: 'failed', reason: oneLine(error) }
        }
        report('retried')
        // A wait that ends early because the partition was lost, or is being given up, is not an error.
        await delay(backoffMs(settings.retry, attempt - 1), undefined, { signal: ending }).catch(() => {})
        attempt++
      }
    }
  }
}

/** Tells the observer what came of one call, and how long it took. */
function stopwatch({ at, group, observer }: ConsumerOptions, events: number) {
  const started = performance.now()
  return (result: 'ok' | 'retried' | 'paused' | 'parked') =>
    observer.handled?.({
      ...{ topic: at.topic, group, result, events },
      seconds: (performance.now() - started) / 1_000,
    })
}

function logParked({ at, group, observer }: ConsumerOptions, event: Recorded, error: unknown): void {
  const about = { ...named(event), ...at, group, error: describeError(error) }
  observer.log?.('error', 'parked: a handler kept failing', about)
}
