// The most orders a second that a shop decides before it slows down: the rate goes up by steps, and each is judged alone.
import exec from 'k6/execution'
import { Counter } from 'k6/metrics'
import type { Options } from 'k6/options'
import { judged, kneeOf, type Step } from './judge.ts'
import { chosen, kneeProfiles } from './profiles.ts'
import { none, type SummaryData } from './report.ts'
import { anOrder, ask, preflight, type Stock, stock } from './shop.ts'
import { summary, trendStats } from './summary.ts'

const { steps, secondsEach, p95 } = chosen<{ steps: readonly number[]; secondsEach: number; p95: number }>(
  kneeProfiles,
)
const decided = new Counter('orders_decided')
const most = steps.at(-1) as number
/** The first step is run twice, and counts when the shop is warm. */
const stages = [steps[0] as number, ...steps]

export const options: Options = {
  scenarios: {
    orders: {
      executor: 'ramping-arrival-rate',
      startRate: steps[0] as number,
      preAllocatedVUs: Math.ceil(most / 4),
      maxVUs: 4 * most,
      stages: stages.flatMap((target) => [
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
      [`orders_decided{step:${rate}}`, [n === 0 ? 'count>0' : `count${none}`]],
    ]),
  ),
}

export function setup(): Stock {
  preflight('gateway')
  return stock(500, 1_000)
}

export default function order(shelf: Stock): void {
  const stage = Math.min(stages.length - 1, Math.floor(exec.scenario.progress * stages.length))
  exec.vu.metrics.tags.step = stage === 0 ? 'warm-up' : String(stages[stage])
  // Answered when stock is reserved and the order confirmed: the whole saga is in the answer's time.
  const wait = { prefer: 'wait=5' }
  const answer = ask('gateway', 'POST', '/v1/orders', anOrder(shelf), undefined, 201, wait)
  if (answer.status === 201 && answer.json('status') === 'confirmed') decided.add(1)
}

function stepsOf({ metrics }: SummaryData): Step[] {
  return steps.map((rate) => {
    const value = (metric: string, name: string) => metrics[`${metric}{step:${rate}}`]?.values[name] ?? 0
    return {
      rate,
      decided: value('orders_decided', 'count') / secondsEach,
      failed: value('http_req_failed', 'rate'),
      p95: value('http_req_duration', 'p(95)'),
      p99: value('http_req_duration', 'p(99)'),
    }
  })
}

export const handleSummary = summary('knee', (data) => {
  const found = stepsOf(data)
  const rows = found.map((step) => {
    const held = judged(step, p95) ? 'yes' : '**no**'
    const took = `${step.p95.toFixed(1)} ms | ${step.p99.toFixed(1)} ms`
    return `| ${step.rate} | ${step.decided.toFixed(0)} | ${(100 * step.failed).toFixed(1)} % | ${took} | ${held} |`
  })
  const knee = kneeOf(found, p95)
  return [
    '',
    '| orders a second | decided | failed | p95 until decided | p99 | held |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    knee === undefined ? 'knee: below the first step' : `knee: ${knee} orders a second`,
    '',
  ].join('\n')
})
