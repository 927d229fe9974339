// HTTP as a client of the shop speaks it, and the article's shapes.

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
export type HttpAnswer = { readonly status: number; readonly body: unknown; readonly headers: Headers }

export type Customer = { id: string; name: string; email: string }
type Product = { id: string; name: string; price: number }
export type Inventory = { id: string; product_id: string; amount: number }
export type Order = {
  id: string
  customer_id: string
  product_ids: string[]
  status: 'pending' | 'confirmed' | 'rejected'
  reason?: string
  billing_id?: string
}
type Billing = { id: string; order_id: string; customer_id: string; total: number; done: string }
export type Report = {
  products: Product[]
  inventory: Inventory[]
  customers: Customer[]
  orders: Order[]
  billings: Billing[]
}

/** Where the shop asks who calls: a token or an API key in API_TOKEN. */
function credential(): Record<string, string> {
  const { API_TOKEN: token } = process.env
  return token ? { authorization: `Bearer ${token}` } : {}
}

/** Sends one request; a text is sent as it is, anything else as JSON. */
export async function send(url: string, method: Method, path: string, body?: unknown): Promise<HttpAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  const response = await fetch(url + path, {
    method,
    headers: { ...credential(), ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body: text }),
    signal: AbortSignal.timeout(30_000),
  })
  const answer = await response.text()
  return {
    status: response.status,
    body: answer === '' ? undefined : JSON.parse(answer),
    headers: response.headers,
  }
}

/** The shop as a client sees it. */
export type Client = ReturnType<typeof clientOf>

/**
 * A client that takes the gateways in turn, so that what one has written the next one is asked for.
 *
 * @param accepted what counts as done: 200; a client of a shop under faults accepts 202, stored but not yet seen.
 */
export function clientOf(urls: readonly string[], accepted: readonly number[] = [200]) {
  let turn = 0
  async function ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const answer = await send(urls[turn++ % urls.length] as string, method, path, body)
    if (accepted.includes(answer.status)) return answer.body as T
    const expected = accepted.join(' or ')
    throw new Error(
      `${method} ${path}: got ${answer.status} ${JSON.stringify(answer.body)}, expected ${expected}`,
    )
  }
  return {
    get: <T>(path: string) => ask<T>('GET', path),
    /** Creates one thing or several; returns their ids. */
    post: (path: string, body: object) => ask<string[]>('POST', path, body),
    put: (path: string, body: object) => ask<true>('PUT', path, body),
    delete: (path: string) => ask<true>('DELETE', path),
    /** Creates one thing; returns its id. */
    async create(path: string, body: object): Promise<string> {
      const [id] = await ask<string[]>('POST', path, body)
      if (id === undefined) throw new Error(`POST ${path}: got no id, expected one`)
      return id
    },
  }
}

/** `count` things made of their numbers from 0. */
export function each<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => make(n))
}
