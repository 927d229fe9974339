import type { Recorded } from '../api/shapes.ts'

/** A request in the life of an order: all that it led to has its correlation id. */
export type SagaRequest = { readonly correlationId: string; readonly from: string; readonly title: string }

const titles: Readonly<Record<string, string>> = {
  order_created: 'Placed',
  order_updated: 'Changed',
  order_deleted: 'Deleted',
  order_billed: 'Billed',
  order_billing_refused: 'Bill refused',
}

/** The requests that an order's own events tell of, the newest first, as its events come. */
export function requestsOf(newestFirst: readonly Recorded[]): readonly SagaRequest[] {
  const requests = new Map<string, SagaRequest>()
  for (const { correlation_id: correlationId, recorded_at: from, type } of newestFirst.toReversed())
    if (!requests.has(correlationId))
      requests.set(correlationId, { correlationId, from, title: titles[type] ?? type })
  return [...requests.values()].toReversed()
}

export type Step = {
  readonly event: Recorded
  /** Who recorded it. */
  readonly service: string
  /** Milliseconds since the first step, and since the event that caused it (or the step before). */
  readonly sinceStart: number
  readonly took: number
}

/** Which service records into a topic, where its name is another. */
const writers: Readonly<Record<string, string>> = { reservation: 'inventory', mail: 'crm', delivery: 'mail' }

/** The steps of a saga in the order of their time; the service of a topic has its name, but for a few. */
export function stepsOf(events: readonly Recorded[]): readonly Step[] {
  const unique = [...new Map(events.map((event) => [event.event_id, event])).values()]
  const ordered = unique.toSorted(
    (a, b) => Date.parse(a.recorded_at) - Date.parse(b.recorded_at) || (a.event_id < b.event_id ? -1 : 1),
  )
  const times = new Map(ordered.map(({ event_id, recorded_at }) => [event_id, Date.parse(recorded_at)]))
  const start = Date.parse(ordered[0]?.recorded_at ?? '')
  return ordered.map((event) => {
    const at = Date.parse(event.recorded_at)
    const took = Math.max(0, at - (times.get(event.causation_id) ?? start))
    return { event, service: writers[event.topic] ?? event.topic, sinceStart: at - start, took }
  })
}
