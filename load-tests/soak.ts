// Orders and reads at a constant rate for a long time, to reveal what leaks, fills up or slows down. At the end no group has lag.
import { check, sleep } from 'k6'
import type { Options } from 'k6/options'
import { chosen, soakProfiles } from './profiles.ts'
import { anOrder, ask, create, oneOf, preflight, type Stock, stock } from './shop.ts'
import { summary, trendStats } from './summary.ts'

const profile = chosen(soakProfiles)
const steady = (exec: string, rate: number) => ({
  executor: 'constant-arrival-rate' as const,
  exec,
  rate,
  duration: profile.duration,
  preAllocatedVUs: rate,
  maxVUs: rate * 3,
})
const groups = ['inventory', 'order', 'billing', 'crm', 'mail', 'read-model']

export const options: Options = {
  scenarios: { orders: steady('order', profile.orders), reads: steady('read', profile.reads) },
  summaryTrendStats: trendStats,
  teardownTimeout: '2m',
  thresholds: {
    checks: ['rate>0.999'],
    http_req_failed: ['rate<0.001'],
    dropped_iterations: ['count==0'],
    'http_req_duration{scenario:orders}': [`p(99)<${profile.p99}`],
    'http_req_duration{scenario:reads}': [`p(99)<${profile.p99}`],
    // Those of teardown: a group that is still behind fails the run.
    'checks{group:::teardown}': ['rate==1'],
  },
}

export function setup(): Stock {
  preflight('gateway', 'monitor')
  return stock(500, 500)
}

export function order(shelf: Stock): void {
  create('/orders', anOrder(shelf))
}

export function read({ products }: Stock): void {
  ask('gateway', 'GET', `/product/${oneOf(products)}`, undefined, '/product/:id')
}

export function teardown(): void {
  for (const group of groups) check(caughtUp(group), { [`${group} has caught up`]: (has) => has })
}

/** Within ten seconds. */
function caughtUp(group: string): boolean {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (ask('monitor', 'GET', `/lag/${group}`).json('lag') === 0) return true
    sleep(0.1)
  }
  return false
}

export const handleSummary = summary('soak')
