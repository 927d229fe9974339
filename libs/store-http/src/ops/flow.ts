import type { Watched } from '@ordershop/event-store'

/** Who writes and reads what, as a graph; ids are for its edges alone. */
export type Flow = { readonly nodes: readonly FlowNode[]; readonly edges: readonly FlowEdge[] }

export type FlowNode = {
  readonly id: string
  readonly kind: 'service' | 'topic' | 'rows'
  readonly title: string
  /** The consumer group, or the projection, by whose lag one sees how far it is. */
  readonly group?: string
}

export type FlowEdge = {
  readonly from: string
  readonly to: string
  /** `reads` from a topic to who reads it, or from rows to who shows them. */
  readonly kind: 'http' | 'appends' | 'reads'
}

/** What a store by itself tells of its flow: which group reads which topics. Who appends, it does not know. */
export function flowOf({ groups, projections, unread = [] }: Watched): Flow {
  const reading = [...Object.entries(groups), ...Object.entries(projections)]
  const topics = new Set([...reading.flatMap(([, read]) => read), ...unread])
  return {
    nodes: [
      ...[...topics].map((topic) => ({ id: `topic:${topic}`, kind: 'topic', title: topic }) as const),
      ...Object.keys(groups).map((group) => readerOf('service', group)),
      ...Object.keys(projections).map((name) => readerOf('rows', name)),
    ],
    edges: [...edgesTo('service', groups), ...edgesTo('rows', projections)],
  }
}

const readerOf = (kind: 'service' | 'rows', group: string): FlowNode => ({
  ...{ id: `${kind}:${group}`, kind, title: group, group },
})

const edgesTo = (kind: 'service' | 'rows', reading: Watched['groups']): FlowEdge[] =>
  Object.entries(reading).flatMap(([group, topics]) =>
    topics.map((topic): FlowEdge => ({ from: `topic:${topic}`, to: `${kind}:${group}`, kind: 'reads' })),
  )
