import createFetchClient, { type Client } from 'openapi-fetch'
import type { paths } from './api.ts'
import { eventsOf, type Received, type Wanted } from './events.ts'
import { bodyOf, refused } from './problem.ts'
import { retrying } from './retries.ts'
import type { Patience } from './waiting.ts'

type Credential = string | undefined

/** Where the shop is, and how it is asked. */
export type ClientOptions = {
  /** Of a gateway, e.g. `http://127.0.0.1:5000`. */
  readonly url: string
  /** A token or an API key, or what gives one, asked before every attempt; none is sent where there is none. */
  readonly credential?: Credential | (() => Credential | Promise<Credential>)
  /** How calls are sent again. */
  readonly patience?: Patience
  /** How long a stream of events may be silent before it is opened again, in milliseconds; default 45,000. */
  readonly silenceMs?: number
  /** Default: the platform's own. */
  readonly fetch?: (request: Request) => Promise<Response>
}

type Page = { items: unknown[]; next: string | null }
type PageOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body extends Page
    ? Body
    : never
  : never

/** A path of which one gets pages: `{ items, next }`. */
export type ListPath = { [Path in keyof paths]: [PageOf<Path>] extends [never] ? never : Path }[keyof paths]

/** What is in a list: `Item<'/v1/orders'>` is an order. */
export type Item<Path extends ListPath> = PageOf<Path>['items'][number]

type QueryOf<Path extends ListPath> = paths[Path] extends { get: { parameters: { query?: infer Query } } }
  ? Query
  : never

/**
 * The shop's operations as /openapi.json has them: `GET`, `POST`, `PUT` and `DELETE` of openapi-fetch, which type path,
 * parameters, body and answer, and the two that take more than one request. `data` is the answer; one that is not 2xx is thrown.
 */
export type ShopClient = Client<paths, 'application/json'> & {
  /**
   * Everything in a list, page by page as it is asked for. `limit` is the size of a page.
   *
   * @throws `Refused`, like any call.
   */
  list<Path extends ListPath>(path: Path, query?: QueryOf<Path>): AsyncGenerator<Item<Path>, void, undefined>
  /** Events as they are recorded, without end; see `Received` and `Wanted`. */
  events(wanted?: Wanted): AsyncGenerator<Received, void, undefined>
}

/**
 * A client of a shop.
 *
 * A call is sent again, at most 5 times, when the network fails or the shop answers 429 or 503; a POST to /v1 under one
 * Idempotency-Key, so it is carried out once. What is not 2xx is thrown as `Refused`, with the shop's `problem`.
 *
 * @example const shop = shopClient({ url: 'http://127.0.0.1:5000' })
 */
export function shopClient(options: ClientOptions): ShopClient {
  const { patience = {}, silenceMs = 45_000, fetch: own = (request: Request) => fetch(request) } = options
  const url = options.url.replace(/\/+$/, '')
  const known = withCredential(own, options.credential)
  const client = createFetchClient<paths>({ baseUrl: url, fetch: retrying(known, patience) })
  client.use({
    async onResponse({ request, response }) {
      if (response.ok || response.status === 304) return
      throw refused(request.method, request.url, response, await bodyOf(response))
    },
  })
  return Object.assign(client, {
    list: <Path extends ListPath>(path: Path, query?: QueryOf<Path>) =>
      pages<Item<Path>>(client, path, query as object | undefined),
    events: (wanted: Wanted = {}) => eventsOf({ url, send: known, patience, silenceMs }, wanted),
  })
}

function withCredential(
  send: (request: Request) => Promise<Response>,
  credential: ClientOptions['credential'],
) {
  if (credential === undefined) return send
  return async (request: Request) => {
    const value = typeof credential === 'string' ? credential : await credential()
    if (value) request.headers.set('authorization', `Bearer ${value}`)
    return send(request)
  }
}

async function* pages<Found>(
  client: Client<paths>,
  path: string,
  query: object | undefined,
): AsyncGenerator<Found> {
  // The path of a next page is the shop's own, and no template.
  const get = client.GET as (path: string, init: object) => Promise<{ data?: Page }>
  let page = (await get(path, { params: { query } })).data
  while (page) {
    yield* page.items as Found[]
    page = page.next === null ? undefined : (await get(page.next, {})).data
  }
}
