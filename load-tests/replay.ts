// The entity cache rebuilt from the log: how fast, and whether it is the same as before. No other load meanwhile.
import { sleep } from 'k6'
import exec from 'k6/execution'
import { Counter, Gauge } from 'k6/metrics'
import type { Options } from 'k6/options'
import { chosen, replayProfiles } from './profiles.ts'
import { ask, createAll, customer, numbered, preflight } from './shop.ts'
import { summary, trendStats } from './summary.ts'

const { customers, eventsPerSecond } = chosen(replayProfiles)
const speed = new Gauge('replay_events_per_second')
const folded = new Gauge('replay_events')
const unequal = new Counter('replay_rows_unequal')
const compared = new Counter('replay_rows_compared')

export const options: Options = {
  scenarios: { replay: { executor: 'shared-iterations', vus: 1, iterations: 1, maxDuration: '2h' } },
  setupTimeout: '30m',
  summaryTrendStats: trendStats,
  thresholds: {
    replay_events_per_second: [`value>=${eventsPerSecond}`],
    replay_rows_compared: ['count>0'],
    replay_rows_unequal: ['count==0'],
    http_req_failed: ['rate==0'],
  },
}

/** How the read model stands; `building` is null but while a version is built. */
type Standing = { live: number; building: number | null; events: number }
const bulk = 1_000
const ids = {
  ...{ customers: 'customer_id', products: 'product_id', inventory: 'inventory_id' },
  ...{ orders: 'order_id', billings: 'billing_id' },
}
const minute = 60
const tooEarly = 409

export function setup(): void {
  preflight('gateway', 'monitor')
  for (let made = standing().events; made < customers; made += bulk)
    createAll('/customers', numbered(bulk, customer))
  within(
    2 * minute,
    'the read model has caught up',
    () => ask('monitor', 'GET', '/lag/read-model').json('lag') === 0,
  )
}

export default function replay(): void {
  const before = rows()
  const { events, building } = begin()
  const start = Date.now()
  within(60 * minute, `version ${building} serves`, () => standing().live === building)
  speed.add((1_000 * events) / (Date.now() - start))
  folded.add(events)
  const after = rows()
  const all = new Set([...before.keys(), ...after.keys()])
  compared.add(all.size)
  unequal.add([...all].filter((row) => before.get(row) !== after.get(row)).length)
}

function standing(): Standing {
  return ask('monitor', 'GET', '/projections/read-model').json() as unknown as Standing
}

/** Refused for a minute after the last build, while the version before is still kept. */
function begin(): Standing {
  const path = '/projections/read-model/rebuild'
  let answer = ask('monitor', 'POST', path, {}, path, tooEarly)
  for (let waited = 0; answer.status === 409 && waited < 2 * minute; waited++) {
    sleep(1)
    answer = ask('monitor', 'POST', path, {}, path, tooEarly)
  }
  if (answer.status !== 202)
    exec.test.abort(`POST ${path}: got ${answer.status} ${answer.body}, expected 202`)
  return answer.json() as unknown as Standing
}

/** The first 5,000 entities of each kind, as the gateway shows them. */
function rows(): Map<string, string> {
  const found = new Map<string, string>()
  for (const [kind, id] of Object.entries(ids)) {
    let next: string | null = `/v1/${kind}?limit=1000`
    for (let page = 0; next !== null && page < 5; page++) {
      const { body } = ask('gateway', 'GET', next, undefined, `/v1/${kind}`)
      // Not k6's `json()`, which forgets the order of fields.
      const answer: Page = JSON.parse(body as string)
      for (const item of answer.items) found.set(`${kind} ${item[id]}`, JSON.stringify(item))
      next = answer.next
    }
  }
  return found
}

type Page = { items: Record<string, unknown>[]; next: string | null }

function within(seconds: number, what: string, reached: () => boolean): void {
  const end = Date.now() + 1_000 * seconds
  while (!reached()) {
    if (Date.now() > end) exec.test.abort(`${what}: not within ${seconds} s`)
    sleep(0.05)
  }
}

export const handleSummary = summary('replay')
