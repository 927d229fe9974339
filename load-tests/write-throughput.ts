// Writes of every kind at a rate that does not wait for answers: a shop that falls behind is seen, not spared.
import exec from 'k6/execution'
import type { Options, Scenario } from 'k6/options'
import { chosen, writeProfiles } from './profiles.ts'
import { anOrder, ask, create, customer, plenty, preflight, product, type Stock, stock } from './shop.ts'
import { summary, trendStats } from './summary.ts'

const { perSecond, duration, p95, p99 } = chosen(writeProfiles)

/** How many of a hundred writes. */
const shares = { customers: 20, products: 10, inventory: 20, orders: 50 }
const kinds = Object.keys(shares) as (keyof typeof shares)[]

export const options: Options = {
  scenarios: Object.fromEntries(
    kinds.map((kind): [string, Scenario] => [
      kind,
      {
        executor: 'constant-arrival-rate',
        exec: kind,
        rate: Math.max(1, Math.round((perSecond * shares[kind]) / 100)),
        duration,
        preAllocatedVUs: Math.ceil(perSecond / 4),
        maxVUs: perSecond * 2,
      },
    ]),
  ),
  summaryTrendStats: trendStats,
  thresholds: {
    http_req_failed: ['rate<0.001'],
    dropped_iterations: ['count==0'],
    ...Object.fromEntries(
      kinds.map((kind) => [`http_req_duration{scenario:${kind}}`, [`p(95)<${p95}`, `p(99)<${p99}`]]),
    ),
  },
}

export function setup(): Stock {
  preflight('gateway')
  return stock(200, 200)
}

const turn = () => exec.scenario.iterationInTest

export function customers(): void {
  create('/customers', customer(turn()))
}

export function products(): void {
  create('/products', product(turn()))
}

export function inventory(shelf: Stock): void {
  const n = turn() % shelf.inventory.length
  const body = { product_id: shelf.products[n], amount: plenty }
  ask('gateway', 'PUT', `/inventory/${shelf.inventory[n]}`, body, '/inventory/:id')
}

export function orders(shelf: Stock): void {
  create('/orders', anOrder(shelf))
}

export const handleSummary = summary('write-throughput')
