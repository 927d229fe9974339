import type { FlowEdge } from '../api/shapes.ts'
import { count, perSecond } from '../ui/numbers.ts'
import { hueOf } from '../ui/topic.tsx'
import type { Placed } from './layout.ts'
import type { Traffic } from './rates.ts'

type Props = { placed: Placed; traffic: ReadonlyMap<FlowEdge, Traffic>; isDown(id: string): boolean }

/** The graph. It is a picture: the table below it says the same in words. */
export function FlowGraph({ placed, traffic, isDown }: Props) {
  const { width, height } = placed
  const down = placed.nodes.filter(({ node }) => isDown(node.id)).map(({ node }) => node.title)
  const says = `Services and topics, and what flows between them. ${down.length > 0 ? `Down: ${down.join(', ')}.` : 'Every service is up.'}`
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="card flow" tabIndex={0} aria-label="Graph">
      <p class="sr" role="status">
        {down.length > 0 ? `Down: ${down.join(', ')}` : 'Every service is up'}
      </p>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={says} width={width} height={height}>
        <title>{says}</title>
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="6"
            markerHeight="6"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        {placed.edges.map((one) => (
          <Arrow
            key={`${one.edge.from} ${one.edge.to} ${one.edge.kind}`}
            {...one}
            traffic={traffic.get(one.edge)}
          />
        ))}
        {placed.nodes.map((one) => (
          <Box key={one.node.id} {...one} isDown={isDown(one.node.id)} />
        ))}
        {placed.edges.map((one) => (
          <Said
            key={`${one.edge.from} ${one.edge.to} ${one.edge.kind}`}
            {...one}
            traffic={traffic.get(one.edge)}
          />
        ))}
      </svg>
    </section>
  )
}

type ArrowProps = Placed['edges'][number] & { traffic: Traffic | undefined }

/** Stuck: something waits, and for a whole look nothing of it was handled. */
function stateOf(traffic: Traffic | undefined): 'stuck' | 'busy' | 'idle' {
  if (traffic?.lag && traffic.perSecond === 0) return 'stuck'
  return traffic?.perSecond ? 'busy' : 'idle'
}

function Arrow({ edge, path, traffic }: ArrowProps) {
  const width = 1 + Math.min(3, Math.log10(1 + (traffic?.perSecond ?? 0)))
  return (
    <g class="arrow" data-kind={edge.kind} data-state={stateOf(traffic)}>
      <path d={path} marker-end="url(#arrow)" stroke-width={width} />
    </g>
  )
}

/** Above the boxes, so that none hides what is said of an arrow. */
function Said({ middle: { x, y }, traffic }: ArrowProps) {
  if (!traffic) return null
  return (
    <g class="arrow" data-state={stateOf(traffic)}>
      {!!traffic.perSecond && (
        <text x={x} y={y - 4}>
          {perSecond(traffic.perSecond)}
        </text>
      )}
      {!!traffic.lag && (
        <text x={x} y={y + 11} class="lag">
          {count(traffic.lag)} behind
        </text>
      )}
    </g>
  )
}

function Box({ node, x, y, width, height, isDown }: Placed['nodes'][number] & { isDown: boolean }) {
  const [left, top] = [x - width / 2, y - height / 2]
  const isTopic = node.kind === 'topic'
  return (
    <g
      class="box"
      data-kind={node.kind}
      data-down={isDown}
      data-hue={isTopic ? hueOf(node.title) : undefined}
    >
      <rect x={left} y={top} width={width} height={height} rx={node.kind === 'service' ? 7 : 3} />
      {isTopic && (
        <path class="side" d={`M${left + 6} ${top}v${height}M${left + width - 6} ${top}v${height}`} />
      )}
      <text x={x} y={isDown ? y - 2 : y + 5}>
        {node.title}
      </text>
      {isDown && (
        <text x={x} y={y + 14} class="down">
          down
        </text>
      )}
    </g>
  )
}
