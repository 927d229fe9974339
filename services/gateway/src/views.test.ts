import { AppError } from '@ordershop/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ada, basket, bill, desk, type FakeShop, fakeShop, id, lamp, stock } from '../test/fake-shop.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
})
afterEach(() => shop.close())

describe('reading', () => {
  beforeEach(async () => {
    for (const digit of ['c', 'a', 'b', 'd']) {
      await shop.put('customer', id(digit), {
        customer_id: id(digit),
        name: digit,
        email: `${digit}@example.com`,
      })
    }
    await shop.put('product', lamp, { product_id: lamp, name: 'Lamp', price_cents: '1999', currency: 'EUR' })
    await shop.put('inventory', lamp, { inventory_id: stock, product_id: lamp, amount: '8' })
    const order = {
      order_id: basket,
      customer_id: ada,
      status: 'confirmed',
      total_cents: '3998',
      billing_id: bill,
    }
    await shop.put('order', basket, order, { products: [lamp, desk, lamp] })
    const late = { order_id: id('f'), customer_id: ada, status: 'pending', total_cents: '1' }
    await shop.put('order', id('f'), late, { products: [desk], unbilled: true })
    const paid = {
      billing_id: bill,
      order_id: basket,
      customer_id: ada,
      total_cents: '3998',
      billed_at: 'now',
    }
    await shop.put('billing', basket, paid, { index: `${id('e')}:${bill}` })
  })

  test('a list is in order of creation, whatever the partitions of its entities', async () => {
    expect(new Set(['a', 'b', 'c', 'd'].map((digit) => shop.partitionOf(id(digit)))).size).toBeGreaterThan(2)
    const { body } = await shop.request('GET', '/customers')
    expect((body as { name: string }[]).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
    expect((body as unknown[])[0]).toEqual({ id: id('a'), name: 'a', email: 'a@example.com' })
  })

  test.each([
    [`/product/${lamp}`, { id: lamp, name: 'Lamp', price: 19.99 }],
    [`/inventory/${stock}`, { id: stock, product_id: lamp, amount: 8 }],
    [
      `/order/${basket}`,
      {
        id: basket,
        customer_id: ada,
        product_ids: [lamp, desk, lamp],
        status: 'confirmed',
        billing_id: bill,
      },
    ],
    [`/billing/${bill}`, { id: bill, order_id: basket, customer_id: ada, total: 39.98, done: 'now' }],
    [`/order/${ada}`, null],
    ['/customer/nobody', null],
    [`/billing/${basket}`, null],
  ])('GET %s', async (path, expected) => {
    expect(await shop.request('GET', path)).toMatchObject({ status: 200, body: expected })
    expect((await shop.request('GET', path)).body).toEqual(expected)
  })

  test('an entity deleted while a list is read is left out', async () => {
    const gone = id('e')
    await shop.put('customer', gone, {}, { index: gone })
    expect((await shop.request('GET', '/customers')).body).toHaveLength(4)
  })

  test('unbilled orders have a list of their own', async () => {
    const { body } = await shop.request('GET', '/orders/unbilled')
    expect(body).toEqual([{ id: id('f'), customer_id: ada, product_ids: [desk], status: 'pending' }])
  })

  test('a rejected order says why', async () => {
    const order = { order_id: id('9'), customer_id: ada, status: 'rejected', reason: 'out_of_stock' }
    await shop.put('order', id('9'), order, { products: [desk] })
    expect((await shop.request('GET', `/order/${id('9')}`)).body).toMatchObject({
      status: 'rejected',
      reason: 'out_of_stock',
    })
  })

  test('the report holds the five lists', async () => {
    const report = (await shop.request('GET', '/report')).body as Record<string, unknown[]>
    expect(Object.entries(report).map(([name, list]) => [name, list.length])).toEqual([
      ['products', 1],
      ['inventory', 1],
      ['customers', 4],
      ['orders', 2],
      ['billings', 1],
    ])
  })

  test('an empty shop has empty lists', async () => {
    shop.query = async (queries) => queries.map(({ command }) => (command === 'HGETALL' ? {} : []))
    for (const path of [
      '/customers',
      '/products',
      '/inventory',
      '/orders',
      '/orders/unbilled',
      '/billings',
    ]) {
      expect(await shop.request('GET', path)).toMatchObject({ status: 200, body: [] })
    }
  })

  test('an unreachable cache causes 503', async () => {
    shop.query = async () => {
      throw new AppError('unavailable', 'Redis is not reached')
    }
    const { status, headers, body } = await shop.request('GET', '/orders')
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('1')
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'Redis is not reached',
    })
  })
})
