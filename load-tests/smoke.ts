// Whether a shop works at all: one person makes everything once, and reads it. Half a minute at most.
import { check, sleep } from 'k6'
import type { Options } from 'k6/options'
import { ask, create, customer, preflight, product } from './shop.ts'
import { summary, trendStats } from './summary.ts'

export const options: Options = {
  vus: 1,
  iterations: 5,
  summaryTrendStats: trendStats,
  thresholds: { checks: ['rate==1'], http_req_failed: ['rate==0'] },
}

export function setup(): void {
  preflight('gateway')
}

export default function visit(): void {
  const customer_id = create('/customers', customer(1)) as string
  const product_id = create('/products', product(1)) as string
  create('/inventory', { product_id, amount: 10 })
  const order = create('/orders', { customer_id, product_ids: [product_id, product_id] }) as string
  check(statusOf(order), { 'the order is confirmed': (status) => status === 'confirmed' })
  ask('gateway', 'GET', '/v1/orders?limit=10')
  const found = ask('gateway', 'GET', `/customer/${customer_id}`, undefined, '/customer/:id')
  check(found, { 'the customer is found': (answer) => answer.json('id') === customer_id })
}

/** Of an order, once it is decided; within ten seconds. */
function statusOf(order: string): unknown {
  for (let attempt = 0; ; attempt++) {
    const status = ask('gateway', 'GET', `/order/${order}`, undefined, '/order/:id').json('status')
    if (status !== 'pending' || attempt === 100) return status
    sleep(0.1)
  }
}

export const handleSummary = summary('smoke')
