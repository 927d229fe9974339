// The table of services as a graph.
import { type ServiceName, serviceNames, serviceOf } from '@ordershop/contracts'
import type { Flow, FlowEdge, FlowNode } from '@ordershop/store-http/ops'

/** Who sends commands to whom, who writes and reads which topics, as a consumer group or by its projection. */
export function shopFlow(): Flow {
  const shown = serviceNames.filter((name) => !serviceOf(name).watches && !serviceOf(name).archives)
  const edges = shown.flatMap(edgesOf)
  const touched = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const topics = [...touched].filter((id) => id.startsWith('topic:'))
  return {
    nodes: [
      ...shown.flatMap(nodesOf),
      ...topics.map((id): FlowNode => ({ id, kind: 'topic', title: id.slice('topic:'.length) })),
    ],
    edges,
  }
}

const serviceId = (name: string) => `service:${name}`
const topicId = (name: string) => `topic:${name}`
const rowsId = (name: string) => `rows:${name}`

function nodesOf(name: ServiceName): FlowNode[] {
  const { subscribesTo, projects } = serviceOf(name)
  const group = subscribesTo || projects ? { group: name } : {}
  const rows: FlowNode[] = projects ? [{ id: rowsId(name), kind: 'rows', title: `rows of ${name}` }] : []
  return [{ id: serviceId(name), kind: 'service', title: name, ...group }, ...rows]
}

function edgesOf(name: ServiceName): FlowEdge[] {
  const { takesCommands, owns = [], subscribesTo = [], projects = [], shows } = serviceOf(name)
  const self = serviceId(name)
  const edge = (from: string, to: string, kind: FlowEdge['kind']): FlowEdge => ({ from, to, kind })
  return [
    ...(takesCommands ? [edge(serviceId('gateway'), self, 'http')] : []),
    ...owns.map((topic) => edge(self, topicId(topic), 'appends')),
    ...[...subscribesTo, ...projects].map((topic) => edge(topicId(topic), self, 'reads')),
    ...(projects.length > 0 ? [edge(self, rowsId(name), 'appends')] : []),
    ...(shows ? [edge(rowsId(shows), self, 'reads')] : []),
  ]
}
