// Five times what a shop can bear for a minute: what it takes stays quick, the rest is refused, and all is as before after it.
import exec from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'
import type { Options } from 'k6/options'
import { chosen, stormProfiles } from './profiles.ts'
import { none, type SummaryData } from './report.ts'
import { anOrder, ask, preflight, probe, type Stock, stock } from './shop.ts'
import { summary, trendStats } from './summary.ts'

const { knee, times, seconds } = chosen<{ knee: number; times: number; seconds: Phases }>(stormProfiles)
type Phases = {
  readonly before: number
  readonly storm: number
  readonly settling: number
  readonly after: number
}
const phases = ['before', 'storm', 'settling', 'after'] as const
const rates = { before: knee, storm: times * knee, settling: knee, after: knee }

const taken = new Trend('storm_taken', true)
const refused = new Trend('storm_refused', true)
/** Neither: cut off, or another status. */
const lost = new Counter('storm_lost')
/** Of what needs no work and no place: how late the machine itself is, so that no refusal can be sooner. */
const floor = new Trend('storm_floor', true)
/** One in so many orders is accompanied by such a request. */
const probed = 20

/** Each phase is a scenario, so that its requests have its name. */
const starts = phases.map((_, n) => phases.slice(0, n).reduce((sum, phase) => sum + seconds[phase], 0))

export const options: Options = {
  scenarios: Object.fromEntries(
    phases.map((phase, n) => [
      phase,
      {
        executor: 'constant-arrival-rate' as const,
        rate: rates[phase],
        duration: `${seconds[phase]}s`,
        startTime: `${starts[n]}s`,
        preAllocatedVUs: Math.ceil(rates[phase] / 4),
        maxVUs: 4 * rates[phase],
      },
    ]),
  ),
  summaryTrendStats: trendStats,
  thresholds: Object.fromEntries(
    phases.flatMap((phase) => [
      [`storm_taken{scenario:${phase}}`, [`p(99)${none}`]],
      [`storm_refused{scenario:${phase}}`, [`p(99)${none}`]],
      [`storm_lost{scenario:${phase}}`, ['count<1']],
      [`storm_floor{scenario:${phase}}`, [`p(99)${none}`]],
    ]),
  ),
}

export function setup(): Stock {
  preflight('gateway')
  return stock(500, 1_000)
}

export default function order(shelf: Stock): void {
  const { status, timings } = ask('gateway', 'POST', '/v1/orders', anOrder(shelf), undefined, 503)
  const tags = { scenario: exec.scenario.name }
  if (status === 201 || status === 202) taken.add(timings.duration, tags)
  else if (status === 503) refused.add(timings.duration, tags)
  else lost.add(1, tags)
  if (exec.scenario.iterationInTest % probed === 0) floor.add(probe('gateway'), tags)
}

export const handleSummary = summary('storm', ({ metrics }: SummaryData) => {
  const value = (metric: string, phase: string, name: string) =>
    metrics[`${metric}{scenario:${phase}}`]?.values[name] ?? 0
  const rows = phases.map((phase) => {
    const of = (metric: string) =>
      `${value(metric, phase, 'count')} | ${value(metric, phase, 'p(99)').toFixed(0)} ms`
    return `| ${phase}, ${rates[phase]} a second | ${of('storm_taken')} | ${of('storm_refused')} | ${value('storm_lost', phase, 'count')} | ${value('storm_floor', phase, 'p(99)').toFixed(0)} ms |`
  })
  return [
    '',
    '| phase | taken | p99 | refused | p99 | lost | floor, p99 |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
})
