import { catalog, type ShopEvent } from '@ordershop/contracts'
import { type EventStore, memoryEventStore } from '@ordershop/event-store'
import { type Served, serve } from '@ordershop/service/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { routes } from './routes.ts'

const id = (n: number) => `0199c1e2-7f3a-7c3e-9b1d-${n.toString(16).padStart(12, '0')}`
const [lamp, chair] = [id(1), id(2)]
const record = (n: number, product_id: string, amount: number) => ({
  inventory_id: id(1_000 + n),
  product_id,
  amount,
})

describe('inventory over HTTP', () => {
  let store: EventStore<ShopEvent>
  let shop: Served
  beforeEach(async () => {
    store = memoryEventStore({ catalog })
    shop = await serve(routes({ store }))
    for (const entityId of [lamp, chair]) await product('product_created', entityId)
  })
  afterEach(async () => {
    await shop.close()
    await store.close()
  })

  const product = (type: 'product_created' | 'product_deleted', product_id: string) =>
    store.append({
      topic: 'product',
      entityId: product_id,
      expected: 'any',
      commandId: `${type}:${product_id}`,
      events: [{ type, data: { product_id, name: 'Something', price_cents: 100, currency: 'EUR' } }],
    })
  const history = async (entityId: string) =>
    (await store.readEntity({ topic: 'inventory', entityId })).map(({ type, data }) => ({ type, data }))

  test('is created with its product, several records of one product together', async () => {
    const items = [record(1, lamp, 5), record(2, chair, 7), record(3, lamp, 9)]
    const { status, body } = await shop.request('POST', '/inventory', { items })
    expect(status).toBe(200)
    expect(body).toMatchObject({ ids: items.map((item) => item.inventory_id) })
    expect((await history(lamp)).map(({ data }) => data)).toEqual([items[0], items[2]])
    expect((await history(chair)).map(({ data }) => data)).toEqual([items[1]])
  })

  test('takes a thousand records of one product at once, and once', async () => {
    const items = Array.from({ length: 1_000 }, (_, n) => record(n, lamp, 1))
    expect((await shop.request('POST', '/inventory', { items })).status).toBe(200)
    expect((await shop.request('POST', '/inventory', { items })).status).toBe(200)
    expect(await history(lamp)).toHaveLength(1_000)
  })

  test('refuses products that do not exist, and writes nothing', async () => {
    await product('product_deleted', chair)
    const items = [record(1, lamp, 5), record(2, chair, 7), record(3, id(9), 9)]
    const { status, body } = await shop.request('POST', '/inventory', { items })
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: {
        fields: [
          { path: 'items.1.product_id', message: `expected a product that exists, got ${chair}` },
          { path: 'items.2.product_id' },
        ],
      },
    })
    expect(await history(lamp)).toEqual([])
  })

  test('is set and deleted', async () => {
    const path = `/inventory/${id(1_001)}`
    await shop.request('POST', '/inventory', { items: [record(1, lamp, 5)] })
    expect((await shop.request('PUT', path, { product_id: lamp, amount: 8 })).status).toBe(200)
    expect((await shop.request('DELETE', `${path}?product_id=${lamp}`)).status).toBe(200)
    expect(await history(lamp)).toEqual([
      { type: 'inventory_created', data: record(1, lamp, 5) },
      { type: 'inventory_updated', data: record(1, lamp, 8) },
      { type: 'inventory_deleted', data: record(1, lamp, 8) },
    ])
  })

  test('is changed only at the version it was meant for, whatever happened to the rest of its product', async () => {
    const path = `/inventory/${id(1_001)}`
    const at = (version: number) => ({ 'x-expected-version': `${version}` })
    await shop.request('POST', '/inventory', { items: [record(1, lamp, 5), record(2, lamp, 6)] })
    expect((await shop.request('PUT', path, { product_id: lamp, amount: 8 }, at(1))).status).toBe(200)
    const late = await shop.request('PUT', path, { product_id: lamp, amount: 9 }, at(1))
    expect(late).toMatchObject({
      status: 409,
      body: { error: { fields: [{ path: 'version', message: 'expected 1, got 3' }] } },
    })
    expect((await shop.request('DELETE', `${path}?product_id=${lamp}`, undefined, at(2))).status).toBe(409)
    expect((await shop.request('DELETE', `${path}?product_id=${lamp}`, undefined, at(3))).status).toBe(200)
    expect(await history(lamp)).toHaveLength(4)
  })

  test('is changed only at the version of the history it was meant for', async () => {
    const remove = (token: string) => {
      const path = `/inventory/${id(1_001)}?product_id=${lamp}`
      return shop.request('DELETE', path, undefined, { 'x-expected-version': token })
    }
    await shop.request('POST', '/inventory', { items: [record(1, lamp, 5), record(2, lamp, 6)] })
    const [first] = await store.readEntity({ topic: 'inventory', entityId: lamp })
    expect(await remove('1@1-0')).toMatchObject({
      status: 409,
      body: { error: { fields: [{ path: 'version', message: `expected 1@1-0, got 1@${first?.entry_id}` }] } },
    })
    expect((await remove(`1@${first?.entry_id}`)).status).toBe(200)
  })

  test('keeps its product', async () => {
    const path = `/inventory/${id(1_001)}`
    await shop.request('POST', '/inventory', { items: [record(1, lamp, 5)] })
    expect((await shop.request('PUT', path, { product_id: chair, amount: 8 })).status).toBe(404)
    expect((await shop.request('DELETE', `${path}?product_id=${chair}`)).status).toBe(404)
    expect((await shop.request('DELETE', path)).status).toBe(400)
    expect(await history(chair)).toEqual([])
  })

  test('is told as it was, with the version of what changed it last then', async () => {
    await shop.request('POST', '/inventory', { items: [record(1, lamp, 5), record(2, lamp, 6)] })
    await shop.request('PUT', `/inventory/${id(1_002)}`, { product_id: lamp, amount: 9 })
    await shop.request('DELETE', `/inventory/${id(1_001)}?product_id=${lamp}`)
    const at = (n: number, when: number) =>
      shop.request('GET', `/inventory/${id(n)}?product_id=${lamp}&at=${when}`)
    expect(await at(1_001, 3)).toMatchObject({ status: 200, body: { entity: { amount: 5 }, version: 1 } })
    expect(await at(1_002, 2)).toMatchObject({ body: { entity: record(2, lamp, 6), version: 2 } })
    expect(await at(1_002, 4)).toMatchObject({ body: { entity: record(2, lamp, 9), version: 3 } })
    for (const [n, when] of [
      [1_001, 4],
      [1_002, 1],
      [1_003, 4],
    ] as const)
      expect(await at(n, when)).toMatchObject({ status: 404 })
    expect((await shop.request('GET', `/inventory/${id(1_001)}?at=1`)).status).toBe(400)
  })
})
