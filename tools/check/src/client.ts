// The shop as the article's client sees it, and HTTP without a client for what none would send.
import { type components, type paths, type ShopClient, shopClient } from '@ordershop/client'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
export type HttpAnswer = { readonly status: number; readonly body: unknown; readonly headers: Headers }

type Schemas = components['schemas']
export type Customer = Schemas['ArticleCustomer']
export type Inventory = Schemas['ArticleInventory']
export type Order = Schemas['ArticleOrder']
export type Report = paths['/report']['get']['responses'][200]['content']['application/json']

/** Where the shop asks who calls: a token or an API key in API_TOKEN. */
const { API_TOKEN: credential } = process.env

const withinMs = 30_000

/** Sends one request; a text is sent as it is, anything else as JSON. */
export async function send(url: string, method: Method, path: string, body?: unknown): Promise<HttpAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(credential ? { authorization: `Bearer ${credential}` } : {}),
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: text }),
    signal: AbortSignal.timeout(withinMs),
  })
  const answer = await response.text()
  return {
    status: response.status,
    body: answer === '' ? undefined : JSON.parse(answer),
    headers: response.headers,
  }
}

/** The calls of the typed client, for paths that are put together. */
type Call = (path: string, init: object) => Promise<{ data?: unknown; response: Response }>

/** The shop as a client sees it. */
export type Client = ReturnType<typeof clientOf>

/**
 * A client that takes the gateways in turn, so that what one has written the next one is asked for. Nothing is sent twice:
 * whoever checks a shop wants to know what was refused.
 *
 * @param accepted what counts as done: 200; a client of a shop under faults accepts 202, stored but not yet seen.
 */
export function clientOf(urls: readonly string[], accepted: readonly number[] = [200]) {
  const shops = urls.map((url) => shopClient({ url, credential, patience: { attempts: 1 } }))
  let turn = 0
  async function ask<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<T> {
    const shop = shops[turn++ % shops.length] as ShopClient
    const init = { ...(body ? { body } : {}), signal: AbortSignal.timeout(withinMs) }
    const { data, response } = await (shop[method] as Call)(path, init)
    if (accepted.includes(response.status)) return data as T
    const expected = accepted.join(' or ')
    throw new Error(`${method} ${path}: got ${response.status} ${JSON.stringify(data)}, expected ${expected}`)
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
