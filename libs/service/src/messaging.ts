// What the event store does, in the scope of its log lines and as spans: OpenTelemetry's conventions for messaging,
// https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/. They have no word for Redis but `redis`.
import { inScope, type Scope } from './scope.ts'
import type { Attributes } from './span.ts'
import { parseTraceparent } from './traceparent.ts'
import { isTraced, traced } from './tracing.ts'

/** An event, as far as logs and traces are concerned with it. */
export type Happened = { correlation_id: string; traceparent?: string }
type Message = Happened & { event_id: string; entry_id: string }
type PartitionRef = { topic: string; partition: number }
type TraceparentOf = (event: { event_id: string; traceparent?: string }) => string | undefined

const destination = (
  { topic, partition }: PartitionRef,
  operation: string,
  type: 'send' | 'process',
  count: number,
) => ({
  'messaging.system': 'redis',
  'messaging.operation.name': operation,
  'messaging.operation.type': type,
  'messaging.destination.name': topic,
  'messaging.destination.partition.id': String(partition),
  ...(count > 1 ? { 'messaging.batch.message_count': count } : {}),
})

/** The `appending` of an observer: a producer's span, which the events carry on. */
export function tracedAppend<T>(
  fact: PartitionRef & { events: number; traceparent: string | undefined },
  work: (traceparent?: string) => Promise<T>,
): Promise<T> {
  if (!isTraced(fact.traceparent)) return work()
  const attributes = destination(fact, 'append', 'send', fact.events)
  const span = { kind: 'producer', parent: fact.traceparent, attributes } as const
  return traced(`append ${fact.topic}`, span, ({ traceparent }) => work(traceparent))
}

/**
 * The `handling` of an observer: a consumer's span. A single event's continues its trace. A batch's belongs to the trace
 * of its first event that is recorded, and links to all; what the others lead to continues in their own traces.
 */
export function tracedHandling(
  fact: PartitionRef & { group: string; events: readonly Message[] },
  work: (traceparentOf?: TraceparentOf) => Promise<void> | void,
): Promise<void> | void {
  const { topic, group, events } = fact
  const main = events.find(({ traceparent }) => isTraced(traceparent)) ?? events[0]
  if (!main) return work()
  const alone = events.length === 1
  const scope = { ...scopeOf(main), ...(alone ? {} : { events: events.length }) }
  if (!isTraced(main.traceparent)) return inScope(scope, () => work())
  const attributes: Attributes = {
    ...destination(fact, 'process', 'process', events.length),
    'messaging.consumer.group.name': group,
    ...(alone ? { 'messaging.message.id': main.entry_id } : {}),
    'messaging.message.conversation_id': main.correlation_id,
  }
  const links = alone ? [] : events.flatMap(({ traceparent }) => traceparent ?? [])
  const span = { kind: 'consumer', parent: main.traceparent, links, attributes } as const
  return inScope(scope, () =>
    traced(`process ${topic}`, span, ({ traceparent }) =>
      work((event) => (event.event_id === main.event_id ? traceparent : event.traceparent)),
    ),
  )
}

/** What log lines say of an event. */
export function scopeOf({ correlation_id, traceparent }: Happened): Scope {
  return {
    correlationId: correlation_id,
    ...(traceparent ? { traceId: parseTraceparent(traceparent).traceId } : {}),
  }
}
