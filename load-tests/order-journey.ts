// One order from its request to its last mail, many times: how long each stretch takes.
import { check, sleep } from 'k6'
import exec from 'k6/execution'
import { Trend } from 'k6/metrics'
import type { Options } from 'k6/options'
import { chosen, journeyProfiles } from './profiles.ts'
import { ask, create, customer, oneOf, preflight, type Stock, stock } from './shop.ts'
import { summary, trendStats } from './summary.ts'

const { perSecond, duration, p95 } = chosen(journeyProfiles)
const confirmed = new Trend('order_confirmed', true)
const billed = new Trend('order_billed', true)
const mailed = new Trend('order_mailed', true)

export const options: Options = {
  scenarios: {
    journeys: {
      executor: 'constant-arrival-rate',
      rate: perSecond,
      duration,
      preAllocatedVUs: perSecond * 5,
      maxVUs: perSecond * 30,
      gracefulStop: '30s',
    },
  },
  summaryTrendStats: trendStats,
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate<0.001'],
    dropped_iterations: ['count==0'],
    order_confirmed: [`p(95)<${p95}`],
    order_billed: [`p(95)<${p95}`],
    order_mailed: [`p(95)<${p95}`],
  },
}

export function setup(): Stock {
  preflight('gateway', 'mailbox')
  return stock(1, 100)
}

export default function journey({ products }: Stock): void {
  const email = `journey-${exec.scenario.iterationInTest}-${Date.now()}@load.example`
  const customer_id = create('/customers', { ...customer(0), email })
  const start = Date.now()
  const order = create('/orders', { customer_id, product_ids: [oneOf(products)] })
  reached(confirmed, start, 'confirmed', () => seen(order).status === 'confirmed')
  create('/billing', { order_id: order })
  reached(billed, start, 'billed', () => seen(order).billing_id !== undefined)
  // Welcome, thanks, the request to pay, and the receipt.
  reached(mailed, start, 'mailed', () => mailsTo(email) === 4)
}

/** Adds the time until `arrived`; an order that takes longer than half a minute has failed. */
function reached(stretch: Trend, start: number, name: string, arrived: () => boolean): void {
  let there = arrived()
  while (!there && Date.now() - start < 30_000) {
    sleep(0.02)
    there = arrived()
  }
  check(there, { [`the order is ${name}`]: (is) => is })
  if (there) stretch.add(Date.now() - start)
}

function seen(order: string | undefined): { status?: string; billing_id?: string } {
  const answer = ask('gateway', 'GET', `/order/${order}`, undefined, '/order/:id')
  return (answer.status === 200 ? answer.json() : {}) as { status?: string; billing_id?: string }
}

function mailsTo(email: string): number {
  const answer = ask('mailbox', 'GET', `/messages?to=${email}`, undefined, '/messages')
  return answer.status === 200 ? (answer.json() as unknown[]).length : 0
}

export const handleSummary = summary('order-journey')
