import type { Flow, FlowEdge, GroupLag, Groups } from '../api/shapes.ts'

/** What passes along an arrow, and how much of it waits. */
export type Traffic = { readonly perSecond: number | null; readonly lag: number | null }

/**
 * Events a second on each arrow, between two looks: what was appended to the topic, or what the group has handled of it.
 * Of HTTP nothing is known.
 */
export function trafficOf(
  flow: Flow,
  before: Groups | undefined,
  now: Groups,
): ReadonlyMap<FlowEdge, Traffic> {
  const seconds = before ? (Date.parse(now.at) - Date.parse(before.at)) / 1_000 : 0
  const rate = (then: number | undefined, current: number) =>
    seconds > 0 && then !== undefined ? Math.max(0, (current - then) / seconds) : null
  return new Map(
    flow.edges.map((edge): [FlowEdge, Traffic] => {
      if (edge.kind === 'appends') {
        const topic = titleOf(flow, edge.to)
        return [edge, { perSecond: rate(before && headOf(before, topic), headOf(now, topic)), lag: null }]
      }
      if (edge.kind === 'reads') {
        const group = groupOf(flow, edge.to, now)
        const topic = titleOf(flow, edge.from)
        const [then, current] = [before && readOf(before, group, topic), readOf(now, group, topic)]
        return [edge, { perSecond: rate(then?.position, current.position), lag: current.lag }]
      }
      return [edge, { perSecond: null, lag: null }]
    }),
  )
}

/** The group that a node reads as: its own, or that of the version of its projection that readers see. */
export function groupOf(flow: Flow, id: string, { versions }: Groups): string | undefined {
  const name = flow.nodes.find((node) => node.id === id)?.group
  return versions.find(({ projection, live }) => live && projection === name)?.group ?? name
}

function titleOf({ nodes }: Flow, id: string): string {
  return nodes.find((node) => node.id === id)?.title ?? id
}

function headOf({ lags, unread }: Groups, topic: string): number {
  const heads = new Map<number, number>()
  for (const one of [...lags, ...unread]) if (one.topic === topic) heads.set(one.partition, one.head)
  return [...heads.values()].reduce((sum, head) => sum + head, 0)
}

function readOf(
  { lags }: Groups,
  group: string | undefined,
  topic: string,
): Pick<GroupLag, 'position' | 'lag'> {
  const read = lags.filter((one) => one.group === group && one.topic === topic)
  return {
    position: read.reduce((sum, { position }) => sum + position, 0),
    lag: read.reduce((sum, { lag }) => sum + lag, 0),
  }
}
