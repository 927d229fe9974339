// What a PromQL expression asks for, read with Prometheus' own grammar.
import { parser } from '@prometheus-io/lezer-promql'

type Node = ReturnType<typeof parser.parse>['topNode']

/** A metric, and every label of it that must exist for the expression to mean what it says. */
export type Use = { readonly metric: string; readonly labels: readonly string[] }

const comparisons = new Set(['Gtr', 'Gte', 'Lss', 'Lte'])

/** Every metric of an expression, with the labels it is selected, grouped or joined by. @throws when it cannot be read. */
export function usesOf(expr: string): readonly Use[] {
  const uses: Use[] = []
  const textOf = ({ from, to }: Node) => expr.slice(from, to)
  const namesIn = (node: Node | null) => (node ? within(node, 'LabelName').map(textOf) : [])

  function walk(node: Node, outer: readonly string[]): void {
    if (node.type.isError) throw new Error(`cannot read at ${node.from}: ${expr}`)
    if (node.name === 'VectorSelector') {
      const name = node.getChild('Identifier')
      if (!name) throw new Error(`expected a metric's name at ${node.from}: ${expr}`)
      uses.push({ metric: textOf(name), labels: [...new Set([...outer, ...namesIn(node)])] })
    }
    const grouping = node.getChild('AggregateModifier')
    const matching = node.getChild('MatchingModifierClause')
    const joined = matching?.getChild('On') ? namesIn(matching.getChild('GroupingLabels')) : []
    const grouped = grouping?.getChild('By') ? namesIn(grouping.getChild('GroupingLabels')) : []
    const [first, ...others] = childrenOf(node)
    // What is joined `on` some labels gives no others to the result; only `or` passes the right side on as it is.
    const given = matching?.getChild('On') && !node.getChild('Or') ? [] : outer
    if (first) walk(first, [...outer, ...joined, ...grouped])
    for (const other of others) walk(other, [...given, ...joined, ...grouped])
  }

  walk(parser.parse(expr).topNode, [])
  return uses
}

/**
 * The same expression in a world whose time runs `factor` times as fast: ranges and offsets are divided by it, and so
 * is every number that a metric in seconds is compared with.
 */
export function accelerated(expr: string, factor: number): string {
  const { topNode } = parser.parse(expr)
  const durations = within(topNode, 'NumberDurationLiteralInDurationContext').map((node) => ({
    ...{ from: node.from, to: node.to },
    text: acceleratedDuration(expr.slice(node.from, node.to), factor),
  }))
  const limits = within(topNode, 'BinaryExpr').flatMap((node) => {
    const [left, operator, right] = childrenOf(node)
    const metrics = left ? within(left, 'Identifier').map(({ from, to }) => expr.slice(from, to)) : []
    const inSeconds = metrics.some((metric) => metric.endsWith('_seconds'))
    if (right?.name !== 'NumberDurationLiteral' || !inSeconds) return []
    if (!operator || !comparisons.has(operator.name)) return []
    const { from, to } = right
    return [{ from, to, text: String(Number(expr.slice(from, to)) / factor) }]
  })
  const edits = [...durations, ...limits].sort((a, b) => b.from - a.from)
  return edits.reduce((text, { from, to, text: by }) => text.slice(0, from) + by + text.slice(to), expr)
}

const millisecondsOf: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `5m` by 60 is `5000ms`. */
export function acceleratedDuration(duration: string, factor: number): string {
  const [, number, unit = ''] = /^(\d+)([smhd])$/.exec(duration) ?? []
  const milliseconds = millisecondsOf[unit]
  if (!milliseconds) throw new Error(`expected a duration of one unit, such as 5m, got ${duration}`)
  return `${Math.ceil((Number(number) * milliseconds) / factor)}ms`
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

function within(node: Node, name: string): Node[] {
  const own = node.name === name ? [node] : []
  return [...own, ...childrenOf(node).flatMap((child) => within(child, name))]
}
