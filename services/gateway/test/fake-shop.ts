import { type EntityKind, entityKinds, rows, rowsRevision } from '@ordershop/contracts'
import type { AppError } from '@ordershop/core'
import { newId } from '@ordershop/core/id'
import { type Catalog, type LogPosition, memoryEventStore, type RowWrite } from '@ordershop/event-store'
import { answerProblemDetails } from '@ordershop/service'
import { serve } from '@ordershop/service/testing'
import { logRoutes } from '@ordershop/store-http/log'
import { Router } from 'express'
import type { Identify } from '../src/auth/caller.ts'
import { guard } from '../src/auth/guard.ts'
import { maxBodyBytes } from '../src/deps.ts'
import { gateway } from '../src/gateway.ts'
import { openToAnybody } from '../src/open-to-anybody.ts'
import type { UpstreamRequest } from '../src/upstreams.ts'
import type { IdempotencyStore } from '../src/v1/idempotency.ts'
import { views } from '../src/views.ts'
import { fakeMonitor } from './fake-monitor.ts'
import { conforming } from './openapi-conformance.ts'

export const id = (digit: string) => `01990000-0000-7000-8000-${digit.padStart(12, '0')}`
export const ada = id('1')
export const lamp = id('2')
export const desk = id('3')
export const stock = id('4')
export const basket = id('5')
export const bill = id('6')

/** What a row says of the event that wrote it last, and the ETag that comes of it. */
export const at = (version: number, entryId = '1764237600000-0') => ({
  version: String(version),
  entry_id: entryId,
})
export const tag = (version: number, entryId = '1764237600000-0') => `"${version}-${entryId}"`

export const bodies = {
  customer: { name: 'Ada', email: 'ada@example.com' },
  product: { name: 'Lamp', price: 19.99 },
  inventory: { product_id: lamp, amount: 10 },
  order: { customer_id: ada, product_ids: [lamp, lamp, desk] },
}

type Rows = { type: 'rows'; data: RowWrite[] }
type More = { products?: string[]; unbilled?: true; index?: string; gone?: true }

// The shop's topics with events that are nothing but rows: what the read model makes of real ones is its own test.
const catalog: Catalog<Rows> = {
  topics: entityKinds,
  schemaVersion: () => 1,
  parse: (_topic, _type, _version, data) => ({ type: 'rows', data: data as RowWrite[] }),
}

/**
 * The gateway's routes over rows that a test puts, and over services that accept everything unless told otherwise. Every
 * answer is validated against /openapi.json.
 */
export type FakeShop = Awaited<ReturnType<typeof fakeShop>>

type SentRequest = UpstreamRequest & {
  commandId: string
  correlationId: string
  actor?: string
  expectedVersion?: number | string
}

/** How callers are told; by default they need not say who they are. */
type FakeAuth = { readonly mode: 'optional' | 'required'; readonly identify: Identify }

export async function fakeShop(auth?: FakeAuth) {
  const { put, close, ...store } = rowStore()
  const shop = {
    put,
    partitionOf: store.partitionOf,
    query: store.cache.query,
    sent: [] as SentRequest[],
    refusal: undefined as AppError | undefined,
    /** What a service does before it answers; what it gives is the answer. */
    async before(_request: UpstreamRequest): Promise<unknown> {
      return undefined
    },
    memory: memory(),
    seen: async (_positions: readonly LogPosition[]) => true,
  }
  const router = gateway({
    auth: auth?.mode ?? 'none',
    store,
    log: logRoutes({ store, topics: entityKinds, prefix: '/v1' }).router,
    ...{ traceUrl: undefined, openToAll: false },
    views: views({ ...store, cache: { query: (queries) => shop.query(queries) } }),
    memory: shop.memory,
    seen: (positions) => shop.seen(positions),
    async forward(request, { causationId: _, traceparent: __, ...cause }) {
      shop.sent.push({ ...request, ...cause })
      if (shop.refusal) throw shop.refusal
      if (request.service === 'monitor') return fakeMonitor(request)
      return (await shop.before(request)) ?? createdBy(request)
    },
  })
  const open = openToAnybody(auth?.mode ?? 'none')
  const served = await serve(router, {
    ...{ answer: answerProblemDetails, maxBodyBytes },
    guard: auth ? Router().use(open, guard(auth.mode, auth.identify)) : open,
  })
  return Object.assign(shop, served, {
    router,
    request: conforming(served.request),
    close: () => Promise.all([served.close(), close()]),
  })
}

/** An event store whose read model is the rows that `put` is given. */
function rowStore() {
  const store = memoryEventStore({ catalog, partitions: 4 })
  store.project({ name: 'read-model', topics: entityKinds, project: (event) => event.data })
  const cache = store.cache('read-model')
  return {
    ...store,
    cache,
    /** Puts an entity's rows into the partition of `key`. */
    async put(topic: EntityKind, key: string, fields: Record<string, string>, more: More = {}) {
      const events = [{ type: 'rows' as const, data: rowsOf(topic, fields, more) }]
      const written = await store.append({
        topic,
        entityId: key,
        expected: 'any',
        commandId: newId(),
        events,
      })
      if (!(await cache.waitFor([written], 1_000))) throw new Error('the rows were not projected')
    },
  }
}

/** What a service answers to a request that it accepts. */
function createdBy({ service, body }: UpstreamRequest) {
  const { items = [] } = (body ?? {}) as { items?: Record<string, string>[] }
  const ids = items.map((item) => item[`${service}_id`] ?? bill)
  return { ids, positions: [{ topic: service, partition: 1, position: 7 }] }
}

/** Remembers in this process, as long as it is told to. */
export function memory(): IdempotencyStore & { readonly values: Map<string, string> } {
  const values = new Map<string, string>()
  const ends = new Map<string, number>()
  const get = (name: string) => {
    if (Date.now() >= (ends.get(name) ?? Number.POSITIVE_INFINITY)) values.delete(name)
    return values.get(name) ?? null
  }
  const set = (name: string, value: string, keepMs: number) => {
    values.set(name, value)
    ends.set(name, Date.now() + keepMs)
  }
  return {
    values,
    async setIfAbsent(name, value, keepMs) {
      const before = get(name)
      if (before === null) set(name, value, keepMs)
      return before
    },
    set: async (name, value, keepMs) => set(name, value, keepMs),
    get: async (name) => get(name),
    async delete(name) {
      values.delete(name)
    },
  }
}

function rowsOf(
  topic: EntityKind,
  fields: Record<string, string>,
  { products, unbilled, index, gone }: More,
): RowWrite[] {
  const own = fields[`${topic}_id`] ?? index ?? ''
  if (gone)
    return [
      ['DEL', rows.entity(topic, own)],
      ['ZREM', rows.index(topic), own],
    ]
  const { status, customer_id: customerId, product_id: productId } = fields
  const listed: [string, readonly string[]][] = [
    ['order_by_status', topic === 'order' && status ? [status] : []],
    ['order_by_customer_id', topic === 'order' && customerId ? [customerId] : []],
    ['order_by_product_id', topic === 'order' ? (products ?? []) : []],
    ['inventory_by_product_id', topic === 'inventory' && productId ? [productId] : []],
  ]
  return [
    ['SADD', rows.revision(topic), rowsRevision],
    ...listed.flatMap(([row, values]): RowWrite[] =>
      values.map((value) => ['ZADD', row, 0, `${value}:${own}`]),
    ),
    ['HSET', rows.entity(topic, own), ...Object.entries(fields).flat()],
    ['ZADD', rows.index(topic), 0, index ?? own],
    ...(products ? [['RPUSH', rows.orderProductIds(own), ...products] as const] : []),
    ...(unbilled ? [['ZADD', rows.unbilledOrders, 0, own] as const] : []),
  ]
}
