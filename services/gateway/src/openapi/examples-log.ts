// Examples of the operations that show the log: the first event of the order that the other examples are about.
import { catalog, type EntityKind, entityKinds, exampleOf } from '@ordershop/contracts'
import type { Example } from './example.ts'

const order = exampleOf('order_created')
const { order_id } = order.data

/** An event as it was recorded. */
export const recorded = {
  event_id: '019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6',
  ...{ type: order.type as string, topic: 'order', partition: 3, entity_id: order_id, key: order_id },
  ...{ version: 1, position: 17, entry_id: '1767323045678-0', recorded_at: '2026-01-02T03:04:05.678Z' },
  ...{ schema_version: 1, correlation_id: '019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7' },
  causation_id: '019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7',
  data: order.data as object,
}

/** The first event of an entity. */
function firstOf(kind: EntityKind, id: string) {
  const { type, data } = exampleOf(kind === 'billing' ? 'billing_requested' : `${kind}_created`)
  return { ...recorded, type, topic: kind, entity_id: id, key: id, data }
}

const parameters = { event_id: recorded.event_id }
const page = { items: [recorded], next: null }
const tree = { event: recorded, effects: [] }
const ends = catalog.topics.map((topic) => ({ topic, partitions: [{ partition: 0, head: 17, trimmed: 0 }] }))
const historyOf = (kind: string) => `list${kind[0]?.toUpperCase()}${kind.slice(1)}Events`

/** @param idOf the id of the example of a kind. */
export const logExamples = (idOf: (kind: EntityKind) => string): [string, Example][] => [
  ['listTopics', { answer: { topics: ends } }],
  ['listEvents', { parameters: { type: recorded.type, limit: 100 }, answer: page }],
  ['getEvent', { parameters, answer: recorded }],
  ['getCauses', { parameters, answer: { ancestors: [], tree, complete: true, searched: 1 } }],
  ['listEntityEvents', { parameters: { topic: 'order', id: order_id }, answer: page }],
  ...entityKinds.map((kind): [string, Example] => [
    historyOf(kind),
    { parameters: { id: idOf(kind) }, answer: { items: [firstOf(kind, idOf(kind))], next: null } },
  ]),
]
