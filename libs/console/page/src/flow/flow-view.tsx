import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Flow, FlowEdge, Groups, Processes } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { Face } from '../ui/face.tsx'
import { count, perSecond } from '../ui/numbers.ts'
import { useTitle } from '../ui/use-title.ts'
import { FlowGraph } from './flow-graph.tsx'
import { place } from './layout.ts'
import { ProcessList } from './process-list.tsx'
import { groupOf, type Traffic, trafficOf } from './rates.ts'

/** Who sends what to whom, as it happens: the graph, and the same as a table. */
export function FlowView() {
  useTitle('Flow')
  const flow = useRead<Flow>('/v1/ops/flow', { everyMs: 30_000 })
  const groups = useRead<Groups>('/v1/ops/groups', { everyMs: 1_000 })
  const processes = useRead<Processes>('/v1/ops/processes', { everyMs: 2_000 })
  return (
    <div class="stack">
      <h1>Flow</h1>
      <Face known={flow}>
        {(graph) => (
          <Face known={groups}>
            {(now) => <LiveFlow flow={graph} now={now} processes={processes.value?.processes ?? []} />}
          </Face>
        )}
      </Face>
      {processes.value?.drivable && <ProcessList processes={processes.value.processes} />}
    </div>
  )
}

type LiveProps = { flow: Flow; now: Groups; processes: Processes['processes'] }

function LiveFlow({ flow, now, processes }: LiveProps) {
  // Its parts, as a flow is asked for anew every now and then and mostly is the same.
  const shape = JSON.stringify(flow)
  // placed anew only when it has changed
  const placed = useMemo(() => place(flow), [shape])
  const last = useRef<Groups>()
  const [traffic, setTraffic] = useState<ReadonlyMap<FlowEdge, Traffic>>(new Map())
  const edges = placed.edges.map(({ edge }) => edge)
  // with each new look, and no sooner
  useEffect(() => {
    setTraffic(trafficOf({ ...flow, edges }, last.current, now))
    last.current = now
  }, [now])
  const isDown = (id: string) => isNodeDown(flow, id, now, processes)
  return (
    <>
      <FlowGraph placed={placed} traffic={traffic} isDown={isDown} />
      <details class="card">
        <summary>The same as a table</summary>
        <FlowTable flow={flow} edges={edges} traffic={traffic} />
      </details>
    </>
  )
}

/** Whether nobody does its work: none of its partitions has an owner, or none of its processes is ready. */
function isNodeDown(flow: Flow, id: string, now: Groups, processes: Processes['processes']): boolean {
  const node = flow.nodes.find((one) => one.id === id)
  if (node?.kind !== 'service') return false
  const own = processes.filter(({ service }) => service === node.title)
  if (own.length > 0) return !own.some(({ ready }) => ready)
  const group = groupOf(flow, id, now)
  const partitions = now.lags.filter((lag) => lag.group === group)
  return partitions.length > 0 && partitions.every(({ owner }) => owner === null)
}

type TableProps = { flow: Flow; edges: readonly FlowEdge[]; traffic: ReadonlyMap<FlowEdge, Traffic> }

function FlowTable({ flow, edges, traffic }: TableProps) {
  const titles = new Map(flow.nodes.map(({ id, title }) => [id, title]))
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">By</th>
          <th scope="col" class="number">
            Events
          </th>
          <th scope="col" class="number">
            Behind
          </th>
        </tr>
      </thead>
      <tbody>
        {edges.map((edge) => {
          const { perSecond: rate = null, lag = null } = traffic.get(edge) ?? {}
          return (
            <tr key={`${edge.from} ${edge.to} ${edge.kind}`}>
              <td>{titles.get(edge.from)}</td>
              <td>{titles.get(edge.to)}</td>
              <td>{edge.kind}</td>
              <td class="number">{rate === null ? '–' : perSecond(rate)}</td>
              <td class="number">{lag === null ? '–' : count(lag)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
