import { catalog, type EventOf, type ShopEvent } from '@ordershop/contracts'
import { type EventStore, memoryEventStore } from '@ordershop/event-store'
import { type Served, serve } from '@ordershop/service/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { orders } from './orders.ts'
import { routes } from './routes.ts'

const id = (n: number) => `0199c1e2-7f3a-7c3e-9b1d-${n.toString(16).padStart(12, '0')}`
const [ada, lamp, chair, unknown] = [id(1), id(2), id(3), id(4)]
const ordered = (n: number, customer_id: string, ...product_ids: string[]) => ({
  order_id: id(1_000 + n),
  customer_id,
  product_ids,
})

describe('orders over HTTP', () => {
  let store: EventStore<ShopEvent>
  let shop: Served
  let recorded: string[]
  beforeEach(async () => {
    store = memoryEventStore({ catalog })
    recorded = []
    shop = await serve(routes({ store, orders: orders(store, (type) => recorded.push(type)) }))
    await record('customer', ada, {
      type: 'customer_created',
      data: { customer_id: ada, name: 'Ada', email: 'ada@example.com' },
    })
    await product('product_created', lamp, 1999)
    await product('product_created', chair, 4900)
  })
  afterEach(async () => {
    await shop.close()
    await store.close()
  })

  const record = (topic: string, entityId: string, event: ShopEvent) =>
    store.append({
      topic,
      entityId,
      expected: 'any',
      commandId: `${event.type}:${entityId}`,
      events: [event],
    })
  const product = (
    type: `product_${'created' | 'updated' | 'deleted'}`,
    product_id: string,
    price_cents: number,
  ) =>
    record('product', product_id, {
      type,
      data: { product_id, name: `Product ${product_id.at(-1)}`, price_cents, currency: 'EUR' },
    })
  const history = (n: number) => store.readEntity({ topic: 'order', entityId: id(1_000 + n) })
  const place = (...items: object[]) => shop.request('POST', '/orders', { items })

  test('are told as they were', async () => {
    await place(ordered(1, ada, lamp))
    const path = `/orders/${id(1_001)}`
    await shop.request('PUT', path, { customer_id: ada, product_ids: [chair] })
    await shop.request('DELETE', path)
    const at = (when: number) => shop.request('GET', `${path}?at=${when}`)
    const [created, updated] = await history(1)
    const { wants: _, ...first } = (created as EventOf<'order_created'>).data
    expect(await at(1)).toMatchObject({ status: 200, body: { version: 1, entry_id: created?.entry_id } })
    expect((await at(1)).body).toMatchObject({ entity: first })
    expect(await at(2)).toMatchObject({
      body: { entity: { product_ids: [chair], status: 'pending' }, entry_id: updated?.entry_id },
    })
    expect((await at(3)).status).toBe(404)
  })

  test('are placed with the names and prices of the moment', async () => {
    await product('product_updated', lamp, 1799)
    const { status, body } = await place(ordered(1, ada, lamp, chair, lamp), ordered(2, ada, chair))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ids: [id(1_001), id(1_002)],
      positions: [{ topic: 'order' }, { topic: 'order' }],
    })
    expect(await history(1)).toMatchObject([
      {
        type: 'order_created',
        data: {
          product_ids: [lamp, chair, lamp],
          lines: [
            { product_id: lamp, name: 'Product 2', quantity: 2, unit_price_cents: 1799 },
            { product_id: chair, name: 'Product 3', quantity: 1, unit_price_cents: 4900 },
          ],
          total_cents: 8498,
          status: 'pending',
          wants: [
            { product_id: lamp, quantity: 2 },
            { product_id: chair, quantity: 1 },
          ],
        } satisfies Partial<EventOf<'order_created'>['data']>,
      },
    ])
    expect(recorded).toEqual(['order_created', 'order_created'])
  })

  test('are placed once, however often the request is repeated', async () => {
    await place(ordered(1, ada, lamp))
    expect((await place(ordered(1, ada, lamp))).status).toBe(200)
    expect(await history(1)).toHaveLength(1)
    expect(recorded).toEqual(['order_created'])
  })

  test('name who and what must exist, field by field, and none of them is written', async () => {
    await product('product_deleted', chair, 4900)
    const { status, body } = await place(ordered(1, ada, lamp), ordered(2, unknown, lamp, chair, unknown))
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: {
        code: 'invalid',
        fields: [
          { path: 'items.1.customer_id', message: `expected a customer that exists, got ${unknown}` },
          { path: 'items.1.product_ids.1', message: `expected a product that exists, got ${chair}` },
          { path: 'items.1.product_ids.2', message: `expected a product that exists, got ${unknown}` },
        ],
      },
    })
    expect(await history(1)).toEqual([])
  })

  test('are changed and deleted', async () => {
    await place(ordered(1, ada, lamp))
    const path = `/orders/${id(1_001)}`
    expect((await shop.request('PUT', path, { customer_id: ada, product_ids: [chair] })).status).toBe(200)
    const { status, body } = await shop.request('DELETE', path)
    expect(status).toBe(200)
    expect(body).toEqual({
      positions: [{ topic: 'order', partition: store.partitionOf(id(1_001)), position: 3 }],
    })
    expect((await history(1)).map(({ type }) => type)).toEqual([
      'order_created',
      'order_updated',
      'order_deleted',
    ])
  })

  test('may be as large as a request allows, also when they are changed into something else as large', async () => {
    const hundred = (from: number) => Array.from({ length: 100 }, (_, n) => id(from + n))
    for (const product_id of [...hundred(100), ...hundred(200)]) {
      const data = {
        product_id,
        name: '椅'.repeat(150),
        price_cents: 1_000_000_000,
        currency: 'EUR' as const,
      }
      await record('product', product_id, { type: 'product_created', data })
    }
    const largest = (from: number) => Array.from({ length: 10 }, () => hundred(from)).flat()
    const path = `/orders/${id(1_001)}`
    expect((await place(ordered(1, ada, ...largest(100)))).status).toBe(200)
    const confirm = { type: 'ConfirmOrder', orderVersion: 1 } as const
    await orders(store, () => {}).carryOut(id(1_001), confirm, { commandId: 'confirm' })
    const change = { customer_id: ada, product_ids: largest(200) }
    expect((await shop.request('PUT', path, change)).status).toBe(200)
    expect((await shop.request('DELETE', path)).status).toBe(200)
    const deleted = (await history(1)).at(-1)
    expect(deleted?.type === 'order_deleted' && deleted.data.releases).toHaveLength(200)
  })

  test('cannot be changed when they are unknown, nor to what does not exist', async () => {
    const path = `/orders/${id(1_001)}`
    const change = { customer_id: ada, product_ids: [chair] }
    expect((await shop.request('PUT', path, change)).status).toBe(404)
    expect((await shop.request('DELETE', path)).status).toBe(404)
    await place(ordered(1, ada, lamp))
    expect(await shop.request('PUT', path, { ...change, product_ids: [unknown] })).toMatchObject({
      status: 400,
      body: { error: { fields: [{ path: 'product_ids.0' }] } },
    })
  })

  test('cannot be changed or deleted once they are billed', async () => {
    await place(ordered(1, ada, lamp))
    const bill = { order_id: id(1_001), billing_id: id(9), customer_id: ada, total_cents: 1999 }
    await record('order', id(1_001), {
      type: 'order_billed',
      data: { ...bill, currency: 'EUR', status: 'confirmed', sells: [] },
    })
    const path = `/orders/${id(1_001)}`
    expect((await shop.request('PUT', path, { customer_id: ada, product_ids: [chair] })).status).toBe(409)
    expect((await shop.request('DELETE', path)).status).toBe(409)
  })
})
