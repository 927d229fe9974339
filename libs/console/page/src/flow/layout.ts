import { Graph, layout } from '@dagrejs/dagre'
import type { Flow, FlowEdge, FlowNode } from '../api/shapes.ts'

export type Placed = {
  readonly width: number
  readonly height: number
  readonly nodes: readonly { node: FlowNode; x: number; y: number; width: number; height: number }[]
  readonly edges: readonly { edge: FlowEdge; path: string; middle: { x: number; y: number } }[]
}

const nodeHeight = 44

/** Places the graph from left to right. */
export function place(flow: Flow): Placed {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 22, ranksep: 16, marginx: 8, marginy: 8 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, title } of flow.nodes)
    graph.setNode(id, { width: Math.max(88, title.length * 8.5 + 28), height: nodeHeight })
  flow.edges.forEach((edge, index) => {
    graph.setEdge(edge.from, edge.to, { width: 34, height: 12, labelpos: 'c' }, String(index))
  })
  layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  return {
    width,
    height,
    nodes: flow.nodes.map((node) => ({
      node,
      ...(graph.node(node.id) as { x: number; y: number; width: number; height: number }),
    })),
    edges: flow.edges.map((edge, index) => {
      const { points } = graph.edge(edge.from, edge.to, String(index)) as {
        points: { x: number; y: number }[]
      }
      return { edge, path: curve(points), middle: points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 } }
    }),
  }
}

/** A smooth line through the points: each one is rounded off, from the middle before it to the middle behind it. */
function curve(points: readonly { x: number; y: number }[]): string {
  const at = ({ x, y }: { x: number; y: number }) => `${x.toFixed(1)},${y.toFixed(1)}`
  const [first, ...rest] = points
  const last = rest.pop()
  if (!first || !last) return ''
  const steps = rest.map((point, index) => {
    const next = rest[index + 1] ?? last
    const end = index === rest.length - 1 ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 }
    return `Q${at(point)} ${at(end)}`
  })
  return `M${at(first)}${steps.length > 0 ? steps.join('') : `L${at(last)}`}`
}
