import { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import type { LogPosition } from '@ordershop/event-store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ada,
  basket,
  bill,
  bodies,
  desk,
  type FakeShop,
  fakeShop,
  lamp,
  stock,
} from '../../test/fake-shop.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
})
afterEach(() => shop.close())

describe('creating', () => {
  test.each([
    ['customer', '/customers', '/customer'],
    ['product', '/products', '/product'],
    ['inventory', '/inventory', '/inventory'],
    ['order', '/orders', '/order'],
  ] as const)(
    'a %s, one or several, plural or singular, is answered 200 and its ids in order',
    async (entity, plural, singular) => {
      for (const path of [plural, singular]) {
        const one = await shop.request('POST', path, bodies[entity])
        expect(one).toMatchObject({
          status: 200,
          body: [expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)],
        })
        const several = await shop.request('POST', path, [bodies[entity], bodies[entity], bodies[entity]])
        const ids = several.body as string[]
        expect(ids).toHaveLength(3)
        expect(ids).toEqual([...new Set(ids)].sort())
        const { items = [] } = (shop.sent.at(-1)?.body ?? {}) as { items?: Record<string, unknown>[] }
        expect(items.map((item) => item[`${entity}_id`])).toEqual(ids)
      }
    },
  )

  test('a price is sent as integer cents', async () => {
    await shop.request('POST', '/products', { name: 'Pen', price: 1.15 })
    expect(shop.sent[0]).toMatchObject({
      service: 'product',
      body: { items: [{ name: 'Pen', price_cents: 115 }] },
    })
  })

  test('the response to a billing has the id that billing gave it, once readers see what it wrote', async () => {
    let waited: readonly LogPosition[] = []
    shop.seen = async (positions) => {
      waited = positions
      return true
    }
    expect(await shop.request('POST', '/billing', { order_id: basket })).toMatchObject({
      status: 200,
      body: [bill],
    })
    expect(shop.sent).toMatchObject([
      { service: 'billing', path: '/billings', body: { items: [{ order_id: basket }] } },
    ])
    expect(waited).toEqual([{ topic: 'billing', partition: 1, position: 7 }])
  })

  test.each([
    ['POST', '/customers', bodies.customer],
    ['PUT', `/customer/${ada}`, bodies.customer],
    ['DELETE', `/customer/${ada}`, undefined],
    ['POST', '/v1/customers', bodies.customer],
    ['POST', '/v1/customers', [bodies.customer]],
    ['PUT', `/v1/customers/${ada}`, bodies.customer],
    ['DELETE', `/v1/customers/${ada}`, undefined],
  ])(
    '%s %s: a caller cannot set command, actor or version, but may set the correlation',
    async (method, path, body) => {
      const own = { 'x-command-id': 'mine', 'x-actor': 'admin', 'x-expected-version': '3' }
      const headers = { ...own, 'x-correlation-id': 'basket-1', authorization: 'Bearer mine' }
      await shop.request(method, path, body, headers)
      expect(shop.sent).toMatchObject([{ correlationId: 'basket-1' }])
      expect(shop.sent[0]?.commandId).not.toMatch(/^mine/)
      expect(shop.sent[0]).not.toHaveProperty('actor')
      expect(shop.sent[0]).not.toHaveProperty('expectedVersion')
    },
  )
})

describe('changing', () => {
  test('the whole entity may be put back as it was read: unchanged fields are ignored', async () => {
    const read = { id: basket, status: 'pending', customer_id: ada, product_ids: [lamp] }
    expect(await shop.request('PUT', `/order/${basket}`, read)).toMatchObject({ status: 200, body: true })
    const body = { customer_id: ada, product_ids: [lamp] }
    expect(shop.sent).toMatchObject([{ service: 'order', method: 'PUT', path: `/orders/${basket}`, body }])
    expect(shop.sent[0]?.body).toEqual(body)
  })

  test('an entity is deleted by its id', async () => {
    expect(await shop.request('DELETE', `/customer/${ada}`)).toMatchObject({ status: 200, body: true })
    expect(shop.sent).toMatchObject([{ service: 'customer', method: 'DELETE', path: `/customers/${ada}` }])
  })

  test('an inventory record is changed and deleted through its product', async () => {
    await shop.put('inventory', lamp, { inventory_id: stock, product_id: lamp, amount: '8' })
    await shop.request('PUT', `/inventory/${stock}`, { product_id: lamp, amount: 3 })
    await shop.request('DELETE', `/inventory/${stock}`)
    expect(shop.sent).toMatchObject([
      { method: 'PUT', path: `/inventory/${stock}`, body: { product_id: lamp, amount: 3 } },
      { method: 'DELETE', path: `/inventory/${stock}?product_id=${lamp}` },
    ])
  })

  test('an inventory record keeps its product', async () => {
    await shop.put('inventory', lamp, { inventory_id: stock, product_id: lamp, amount: '8' })
    const { status, body } = await shop.request('PUT', `/inventory/${stock}`, {
      product_id: desk,
      amount: 3,
    })
    expect(status).toBe(400)
    expect(body).toMatchObject({ errors: [{ path: 'product_id', message: expect.stringContaining(desk) }] })
    expect(shop.sent).toEqual([])
  })

  test.each([
    ['PUT', `/inventory/${stock}`],
    ['DELETE', `/inventory/${stock}`],
    ['PUT', '/order/17'],
    ['DELETE', '/customer/nobody'],
  ])('%s %s of an unknown entity is answered 404', async (method, path) => {
    const body = path.startsWith('/order') ? bodies.order : bodies.inventory
    const answer = await shop.request(method, path, method === 'PUT' ? body : undefined)
    expect(answer).toMatchObject({ status: 404, body: { title: 'Not Found', status: 404 } })
    expect(shop.sent).toEqual([])
  })
})

describe('a write that readers cannot see in time', () => {
  test.each([
    ['POST', '/customers', [expect.any(String)]],
    ['DELETE', `/customer/${ada}`, true],
  ])('%s is answered 202 with the same body', async (method, path, expected) => {
    shop.seen = async () => false
    const body = method === 'POST' ? bodies.customer : undefined
    expect(await shop.request(method, path, body)).toMatchObject({ status: 202, body: expected })
  })

  test('is stored all the same when Redis goes away just then', async () => {
    shop.seen = async () => {
      throw new AppError('unavailable', 'Redis is not reached')
    }
    expect((await shop.request('POST', '/customers', bodies.customer)).status).toBe(202)
  })
})

describe('whole lists', () => {
  test('are so many in work at a time, one more is refused, and everything else goes on', async () => {
    const { query } = shop
    let asked = 0
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    shop.query = async (queries) => {
      asked++
      await released
      return query(queries)
    }
    const lists = Array.from({ length: 10 }, () => shop.request('GET', '/products'))
    await eventually(() => asked === 10)
    const refused = await shop.request('GET', '/report')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.body).toMatchObject({
      detail: 'whole lists: expected at most 10 in work at a time, got more',
    })
    expect((await shop.request('POST', '/products', bodies.product)).status).toBe(200)
    release()
    expect(new Set((await Promise.all(lists)).map(({ status }) => status))).toEqual(new Set([200]))
    expect((await shop.request('GET', '/report')).status).toBe(200)
  })
})
