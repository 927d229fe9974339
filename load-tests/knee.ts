// The most orders a second that a shop takes before it slows down: the rate goes up by steps, and each is judged alone.
import exec from 'k6/execution'
import { Counter } from 'k6/metrics'
import type { Options } from 'k6/options'
import { judged, kneeOf, type Step } from './judge.ts'
import { chosen, kneeProfiles } from './profiles.ts'
import { none, type SummaryData } from './report.ts'
import { anOrder, create, preflight, type Stock, stock } from './shop.ts'
import { summary, trendStats } from './summary.ts'

const { steps, secondsEach, p95 } = chosen<{ steps: readonly number[]; secondsEach: number; p95: number }>(
  kneeProfiles,
)
const placed = new Counter('orders_placed')
const most = steps.at(-1) as number

export const options: Options = {
  scenarios: {
    orders: {
      executor: 'ramping-arrival-rate',
      startRate: steps[0] as number,
      preAllocatedVUs: most,
      maxVUs: 4 * most,
      stages: steps.flatMap((target) => [
        { target, duration: '0s' },
        { target, duration: `${secondsEach}s` },
      ]),
    },
  },
  summaryTrendStats: trendStats,
  thresholds: Object.fromEntries(
    steps.flatMap((rate, n) => [
      // The lowest must hold.
      [`http_req_duration{step:${rate}}`, [n === 0 ? `p(95)<${p95}` : `p(95)${none}`]],
      [`http_req_failed{step:${rate}}`, [n === 0 ? 'rate<0.001' : `rate${none}`]],
      [`orders_placed{step:${rate}}`, [n === 0 ? 'count>0' : `count${none}`]],
    ]),
  ),
}

export function setup(): Stock {
  preflight('gateway')
  return stock(500, 1_000)
}

export default function order(shelf: Stock): void {
  const elapsed = exec.scenario.progress * steps.length
  exec.vu.metrics.tags.step = String(steps[Math.min(steps.length - 1, Math.floor(elapsed))])
  if (create('/orders', anOrder(shelf)) !== undefined) placed.add(1)
}

function stepsOf({ metrics }: SummaryData): Step[] {
  return steps.map((rate) => {
    const value = (metric: string, name: string) => metrics[`${metric}{step:${rate}}`]?.values[name] ?? 0
    return {
      rate,
      placed: value('orders_placed', 'count') / secondsEach,
      failed: value('http_req_failed', 'rate'),
      p95: value('http_req_duration', 'p(95)'),
    }
  })
}

export const handleSummary = summary('knee', (data) => {
  const found = stepsOf(data)
  const rows = found.map((step) => {
    const { rate, placed, failed, p95: took } = step
    const held = judged(step, p95) ? 'yes' : '**no**'
    return `| ${rate} | ${placed.toFixed(0)} | ${(100 * failed).toFixed(1)} % | ${took.toFixed(1)} ms | ${held} |`
  })
  const knee = kneeOf(found, p95)
  return [
    '',
    '| orders a second | placed | failed | p95 | held |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    knee === undefined ? 'knee: below the first step' : `knee: ${knee} orders a second`,
    '',
  ].join('\n')
})
