import { AppError } from '@ordershop/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ada, at, bill, type FakeShop, fakeShop, lamp, tag } from '../../test/fake-shop.ts'
import { statefulShop, v1Bodies } from '../../test/stateful-fake.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
})
afterEach(() => shop.close())

describe('one', () => {
  test.each(['customer', 'product', 'inventory', 'order', 'billing'] as const)(
    'a %s is answered 201 with its place, its version and itself as it is read then',
    async (entity) => {
      statefulShop(shop)
      const { path, body } = v1Bodies[entity]
      const answer = await shop.request('POST', path, body)
      const id = (answer.body as Record<string, string>)[`${entity}_id`]
      expect(answer).toMatchObject({ status: 201, body: entity === 'billing' ? { billing_id: bill } : body })
      expect(answer.headers.get('location')).toBe(`${path}/${id}`)
      expect(answer.headers.get('etag')).toBe(tag(1))
      expect(await shop.request('GET', `${path}/${id}`)).toMatchObject({ status: 200, body: answer.body })
    },
  )

  test.each(['is late', 'cannot be asked', 'shows nothing'])(
    'is answered 202 with its place when the read model %s: it is stored all the same',
    async (how) => {
      shop.seen = async () => {
        if (how === 'cannot be asked') throw new AppError('unavailable', 'Redis is not reached')
        return how === 'shows nothing'
      }
      const { status, body, headers } = await shop.request('POST', '/v1/customers', v1Bodies.customer.body)
      const { id } = body as { id: string }
      expect({ status, body }).toEqual({
        status: 202,
        body: { id, positions: [{ topic: 'customer', partition: 1, position: 7 }] },
      })
      expect(headers.get('location')).toBe(`/v1/customers/${id}`)
    },
  )

  test.each([
    ['/v1/customers', { ...v1Bodies.customer.body, age: 7 }, 'age', /expected no such field/],
    [
      '/v1/products',
      { name: 'Lamp', price: 19.99 },
      'price_cents',
      /expected int|expected number, got nothing/,
    ],
    ['/v1/products', { name: 'Lamp', price_cents: 1.5 }, 'price_cents', /expected int, got 1.5/],
    ['/v1/inventory', { product_id: lamp, amount: -1 }, 'amount', /expected number to be >=0, got -1/],
    ['/v1/orders', { customer_id: ada, product_ids: [] }, 'product_ids', /expected array to have >=1 items/],
    ['/v1/billings', { order_id: 'x' }, 'order_id', /Invalid UUID, got "x"/],
    ['/v1/customers', undefined, '', /expected object, got nothing/],
  ])('POST %s %j is answered 400 naming %s, and nothing is sent', async (path, body, field, message) => {
    const answer = await shop.request('POST', path, body)
    expect(answer.status).toBe(400)
    const { errors } = answer.body as { errors: { path: string; message: string }[] }
    expect(errors).toContainEqual({ path: field, message: expect.stringMatching(message) })
    expect(shop.sent).toEqual([])
  })

  test("what its service refuses is named by the caller's field names", async () => {
    const fields = [{ path: 'items.0.product_ids.0', message: `unknown product ${lamp}` }]
    shop.refusal = new AppError('invalid', 'items.0.product_ids.0: unknown', { fields })
    expect(await shop.request('POST', '/v1/orders', v1Bodies.order.body)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'product_ids.0' }] },
    })
  })
})

describe('an order whose outcome is waited for', () => {
  const wait = (prefer: string) => shop.request('POST', '/v1/orders', v1Bodies.order.body, { prefer })

  test('is answered as soon as it is decided', async () => {
    statefulShop(shop)
    let looks = 0
    const query = shop.query
    shop.query = async (queries) => {
      const [{ row = '' } = {}] = queries
      if (row.startsWith('order_entity:') && ++looks === 3) {
        const order_id = row.slice('order_entity:'.length)
        await shop.put('order', order_id, {
          order_id,
          status: 'rejected',
          reason: 'out_of_stock',
          ...at(2),
        })
      }
      return query(queries)
    }
    const answer = await wait('respond-async, wait=30')
    expect(looks).toBeGreaterThanOrEqual(3)
    expect(answer).toMatchObject({ status: 201, body: { status: 'rejected', reason: 'out_of_stock' } })
    expect(answer.headers.get('preference-applied')).toBe('wait=10')
    expect(answer.headers.get('etag')).toBe(tag(2))
  })

  test('is answered as it is when the time is up', async () => {
    statefulShop(shop)
    const answer = await wait('wait=0')
    expect(answer).toMatchObject({ status: 201, body: { status: 'pending' } })
    expect(answer.headers.get('preference-applied')).toBe('wait=0')
  })

  test.each(['wait=soon', 'return=minimal', 'waiting=9'])('%s is no such preference', async (prefer) => {
    statefulShop(shop)
    const answer = await wait(prefer)
    expect(answer).toMatchObject({ status: 201, body: { status: 'pending' } })
    expect(answer.headers.has('preference-applied')).toBe(false)
  })
})
