// The short table of a run. Plain TypeScript: also read by those who are not k6.

type Metric = {
  readonly type: string
  readonly contains: string
  readonly values: Readonly<Record<string, number>>
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>
}

/** What k6 gives to `handleSummary`, as far as it is used. */
export type SummaryData = {
  readonly metrics: Readonly<Record<string, Metric>>
  readonly state: { readonly testRunDurationMs: number }
}

/** A limit that everything holds: k6 keeps the figures of a tag only where there is one. */
export const none = '>=0'

/** A heading, and a row for each threshold but `none`: what was measured, and whether it held. */
export function markdown(test: string, profile: string, { metrics, state }: SummaryData): string {
  const seconds = Math.round(state.testRunDurationMs / 1_000)
  const rows = Object.entries(metrics).flatMap(([name, metric]) =>
    Object.entries(metric.thresholds ?? {}).flatMap(([limit, { ok }]) =>
      limit.endsWith(none)
        ? []
        : `| ${name} | ${limit} | ${measured(metric, limit)} | ${ok ? 'yes' : '**no**'} |`,
    ),
  )
  return [
    `## ${test}, ${profile}, ${seconds} s`,
    '',
    '| what | limit | measured | held |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

/** The value that a limit such as `p(95)<250` is about. */
function measured({ values, contains }: Metric, limit: string): string {
  const what = /^\s*([a-z]+(\(\d+(\.\d+)?\))?)/.exec(limit)?.[1] ?? ''
  const value = values[what]
  if (value === undefined) return 'nothing'
  return contains === 'time' ? `${value.toFixed(1)} ms` : String(Number(value.toPrecision(4)))
}
