// HTTP as the load tests speak it to a shop, wherever that runs.
import { check } from 'k6'
import exec from 'k6/execution'
import http, { type RefinedResponse } from 'k6/http'

// `asked` is answered 200 by one that can do its work; on a cluster the probes of services are at a port of their own.
const bases = {
  gateway: {
    variable: 'SHOP_URL',
    url: __ENV.SHOP_URL ?? 'http://127.0.0.1:5000',
    asked: '/v1/products?limit=1',
  },
  monitor: {
    variable: 'MONITOR_URL',
    url: __ENV.MONITOR_URL ?? 'http://127.0.0.1:5009',
    asked: '/lag/read-model',
  },
  mailbox: {
    variable: 'MAILBOX_URL',
    url: __ENV.MAILBOX_URL ?? 'http://127.0.0.1:5080',
    asked: '/readyz',
  },
}

type Base = keyof typeof bases
type Answer = RefinedResponse<'text'>
const json = { 'content-type': 'application/json' }
/** A token or an API key, where the gateway asks who calls. */
const credential: Readonly<Record<string, string>> = __ENV.API_TOKEN
  ? { authorization: `Bearer ${__ENV.API_TOKEN}` }
  : {}

/** Ends the run, before any load, unless all these are ready. */
export function preflight(...needed: readonly Base[]): void {
  const missing = needed.filter((name) => http.get(bases[name].url + bases[name].asked).status !== 200)
  if (missing.length === 0) return
  const told = missing.map((name) => `${name} is not ready at ${bases[name].url} (${bases[name].variable})`)
  exec.test.abort(`${told.join('; ')}: start a shop with ./scripts/shop up, or say where it is with --env`)
}

/** How long `/livez` takes, in milliseconds, whatever the answer: where probes have a port of their own it is another one. */
export function probe(base: Base): number {
  const answered = http.expectedStatuses({ min: 200, max: 599 })
  return http.get(`${bases[base].url}/livez`, { responseCallback: answered }).timings.duration
}

/** One request; `name` groups those whose paths differ. Any status but 2xx and `accepted` counts as failed. */
export function ask(
  base: Base,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
  name = path,
  accepted = 200,
  more: Readonly<Record<string, string>> = {},
): Answer {
  const text = body === undefined ? null : JSON.stringify(body)
  const answer = http.request(method, bases[base].url + path, text, {
    headers: { ...json, ...(base === 'gateway' ? credential : {}), ...more },
    responseType: 'text',
    responseCallback: http.expectedStatuses({ min: 200, max: 299 }, accepted),
    tags: { name: `${method} ${name}` },
  })
  const { status } = answer
  check(status, {
    [`${method} ${name} is answered`]: () => (status >= 200 && status < 300) || status === accepted,
  })
  return answer
}

/** The id of what was created, or `undefined`; the run continues. */
export function create(path: string, body: object): string | undefined {
  return createAll(path, [body])[0]
}

/** At most 1,000 at once; their ids, or none. */
export function createAll(path: string, bodies: readonly object[]): string[] {
  const answer = ask('gateway', 'POST', path, bodies)
  return answer.status < 300 ? (answer.json() as string[]) : []
}

export type Stock = {
  readonly customers: string[]
  readonly products: string[]
  /** Of each product, in the same order: where its stock is kept. */
  readonly inventory: string[]
}

/** Customers, and products of which there are a billion each. */
export function stock(customers: number, products: number): Stock {
  const buyers = createAll('/customers', numbered(customers, customer))
  const sold = createAll('/products', numbered(products, product))
  const inventory = createAll(
    '/inventory',
    sold.map((product_id) => ({ product_id, amount: plenty })),
  )
  if (buyers.length < customers || inventory.length < products)
    exec.test.abort('the shop did not take the customers, products and stock that the test orders from')
  return { customers: buyers, products: sold, inventory }
}

export const plenty = 1_000_000_000
export const customer = (n: number) => ({ name: `Customer ${n}`, email: `customer-${n}@load.example` })
export const product = (n: number) => ({ name: `Product ${n}`, price: 1 + (n % 100) })

/** An order of one piece, by one of the customers. */
export function anOrder({ customers, products }: Stock): { customer_id: string; product_ids: string[] } {
  return { customer_id: oneOf(customers), product_ids: [oneOf(products)] }
}

export function oneOf<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T
}

export function numbered<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => make(n))
}
