import { catalog, type ShopEvent } from '@ordershop/contracts'
import { type EventStore, memoryEventStore } from '@ordershop/event-store'
import { type Served, serve } from '@ordershop/service/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { routes } from './routes.ts'

const id = (n: number) => `0199c1e2-7f3a-7c3e-9b1d-00000000000${n}`
const lamp = { product_id: id(1), name: 'Lamp', price_cents: 1999 }
const chair = { product_id: id(2), name: 'Chair', price_cents: 4900 }

describe('products over HTTP', () => {
  let store: EventStore<ShopEvent>
  let shop: Served
  beforeEach(async () => {
    store = memoryEventStore({ catalog })
    shop = await serve(routes({ store }))
  })
  afterEach(async () => {
    await shop.close()
    await store.close()
  })

  const history = async (entityId: string) =>
    (await store.readEntity({ topic: 'product', entityId })).map(({ type, data }) => ({ type, data }))

  test('are created together, and the response has the position of each', async () => {
    const { status, body } = await shop.request('POST', '/products', { items: [lamp, chair] })
    expect(status).toBe(200)
    const positions = [id(1), id(2)].map((entityId) => ({
      topic: 'product',
      partition: store.partitionOf(entityId),
    }))
    expect(body).toMatchObject({ ids: [id(1), id(2)], positions })
    expect(await history(id(1))).toEqual([{ type: 'product_created', data: { ...lamp, currency: 'EUR' } }])
    expect(await history(id(2))).toEqual([{ type: 'product_created', data: { ...chair, currency: 'EUR' } }])
  })

  test('are created once, however often the request is repeated', async () => {
    const first = await shop.request('POST', '/products', { items: [lamp] })
    expect(await shop.request('POST', '/products', { items: [lamp] })).toMatchObject({ body: first.body })
    expect(await history(id(1))).toHaveLength(1)
  })

  test('are updated and deleted', async () => {
    await shop.request('POST', '/products', { items: [lamp] })
    const cheaper = { name: 'Lamp', price_cents: 1799 }
    expect((await shop.request('PUT', `/products/${id(1)}`, cheaper)).status).toBe(200)
    const { status, body } = await shop.request('DELETE', `/products/${id(1)}`)
    expect(status).toBe(200)
    expect(body).toEqual({
      positions: [{ topic: 'product', partition: store.partitionOf(id(1)), position: 3 }],
    })
    expect((await history(id(1))).map(({ type }) => type)).toEqual([
      'product_created',
      'product_updated',
      'product_deleted',
    ])
  })

  test('carry the cause that the gateway named', async () => {
    const headers = { 'x-correlation-id': 'request-1', 'x-command-id': 'command-1', 'x-actor': 'someone' }
    await shop.request('POST', '/products', { items: [lamp] }, headers)
    const [created] = await store.readEntity({ topic: 'product', entityId: id(1) })
    expect(created).toMatchObject({
      correlation_id: 'request-1',
      causation_id: 'command-1',
      actor: 'someone',
    })
  })

  test('are refused as a whole, naming every bad field', async () => {
    const items = [lamp, { ...chair, price_cents: 49.5 }, { product_id: '7', price_cents: 1 }]
    const { status, body } = await shop.request('POST', '/products', { items })
    expect(status).toBe(400)
    const { error } = body as { error: { code: string; fields: { path: string }[] } }
    expect(error.code).toBe('invalid')
    expect(error.fields.map(({ path }) => path)).toEqual([
      'items.1.price_cents',
      'items.2.name',
      'items.2.product_id',
    ])
    expect(await history(id(1))).toEqual([])
  })

  test('must exist to be changed', async () => {
    const body = { name: 'Lamp', price_cents: 1999 }
    expect((await shop.request('PUT', `/products/${id(9)}`, body)).status).toBe(404)
    expect((await shop.request('DELETE', '/products/nothing')).status).toBe(404)
    expect((await shop.request('GET', '/products')).status).toBe(405)
  })
})
