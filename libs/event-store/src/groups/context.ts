import type { TraceparentOf } from '../observer.ts'
import type { Lease } from './lease.ts'
import type { HandlerContext } from './subscription.ts'

/** What handlers of one owned partition may ask. */
export function handlerContext(
  group: string,
  lease: Lease,
  signal: AbortSignal,
  leaving: AbortSignal,
): HandlerContext {
  return {
    signal,
    leaving,
    leaseLeftMs: () => lease.leftMs(),
    caused: (event, label = '') => ({
      commandId: `${group}/${event.event_id}${label === '' ? '' : `/${label}`}`,
      correlationId: event.correlation_id,
      causationId: event.event_id,
      ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
      ...(event.actor === undefined ? {} : { actor: event.actor }),
    }),
  }
}

/** The same context for one call, whose work continues under different trace contexts from the events'. */
export function tracedContext(
  context: HandlerContext,
  traceparentOf: TraceparentOf | undefined,
): HandlerContext {
  if (traceparentOf === undefined) return context
  return {
    ...context,
    caused(event, label) {
      const traceparent = traceparentOf(event)
      return { ...context.caused(event, label), ...(traceparent === undefined ? {} : { traceparent }) }
    },
  }
}
