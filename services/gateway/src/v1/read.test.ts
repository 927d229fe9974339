import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  ada,
  at,
  basket,
  bill,
  desk,
  type FakeShop,
  fakeShop,
  id,
  lamp,
  stock,
  tag,
} from '../../test/fake-shop.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
})
afterEach(() => shop.close())

const customer = (digit: string) => ({ customer_id: id(digit), name: digit, email: `${digit}@example.com` })
const fill = async (digits: string) => {
  for (const digit of digits) await shop.put('customer', id(digit), { ...customer(digit), ...at(1) })
}

test('one entity is answered in the words of its events, with its version as ETag', async () => {
  const line = { product_id: lamp, name: 'Lamp', quantity: 1, unit_price_cents: 1999 }
  const order = {
    order_id: basket,
    customer_id: ada,
    currency: 'EUR',
    status: 'rejected',
    reason: 'out_of_stock',
  }
  const product = { product_id: lamp, name: 'Lamp', currency: 'EUR' }
  const billing = {
    billing_id: bill,
    order_id: basket,
    customer_id: ada,
    currency: 'EUR',
    billed_at: '2026-01-02T03:04:05.678Z',
  }
  await fill('1')
  await shop.put('product', lamp, { ...product, price_cents: '1999', ...at(2) })
  await shop.put('inventory', lamp, { inventory_id: stock, product_id: lamp, amount: '8', ...at(3) })
  const row = { ...order, lines: JSON.stringify([line]), total_cents: '1999', ...at(4) }
  await shop.put('order', basket, row, { products: [lamp] })
  await shop.put('billing', basket, { ...billing, total_cents: '1999', ...at(5) })
  const expected: [string, string, object][] = [
    [`/v1/customers/${ada}`, tag(1), customer('1')],
    [`/v1/products/${lamp}`, tag(2), { ...product, price_cents: 1999 }],
    [`/v1/inventory/${stock}`, tag(3), { inventory_id: stock, product_id: lamp, amount: 8 }],
    [`/v1/orders/${basket}`, tag(4), { ...order, product_ids: [lamp], lines: [line], total_cents: 1999 }],
    [`/v1/billings/${bill}`, tag(5), { ...billing, total_cents: 1999 }],
  ]
  for (const [path, etag, body] of expected) {
    const answer = await shop.request('GET', path)
    expect({ ...answer, headers: answer.headers.get('etag') }).toEqual({ status: 200, headers: etag, body })
  }
})

test.each([`/v1/customers/${desk}`, '/v1/orders/17', `/v1/inventory/${ada}`])(
  '%s, which does not exist, is answered 404',
  async (path) => {
    expect(await shop.request('GET', path)).toMatchObject({ status: 404, body: { title: 'Not Found' } })
  },
)

test('a list is read page by page in order of creation, whatever the partitions of its entities', async () => {
  await fill('caebd')
  expect(new Set([...'abcde'].map((digit) => shop.partitionOf(id(digit)))).size).toBeGreaterThan(2)
  const pages: string[][] = []
  let path: string | null = '/v1/customers?limit=2'
  while (path) {
    const { body, headers }: Awaited<ReturnType<typeof shop.request>> = await shop.request('GET', path)
    const { items, next } = body as { items: { name: string }[]; next: string | null }
    expect(headers.get('link')).toBe(next && `<${next}>; rel="next"`)
    pages.push(items.map(({ name }) => name))
    path = next
  }
  expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']])
})

test('a page has 100 entities unless asked otherwise, and an empty list has one page', async () => {
  const digits = Array.from({ length: 101 }, (_, at) => `${1000 + at}`)
  for (const digit of digits) await shop.put('product', id(digit), { ...product(digit), price_cents: '7' })
  const { items, next } = (await shop.request('GET', '/v1/products')).body as {
    items: object[]
    next: string
  }
  expect(items).toHaveLength(100)
  expect((await shop.request('GET', next)).body).toMatchObject({
    items: [{ ...product('1100'), price_cents: 7 }],
    next: null,
  })
  expect((await shop.request('GET', '/v1/products?limit=1000')).body).toMatchObject({ next: null })
  expect((await shop.request('GET', '/v1/orders')).body).toEqual({ items: [], next: null })
})

const product = (digit: string) => ({ product_id: id(digit), name: digit, currency: 'EUR' })

test('billings are paged by when they were recorded', async () => {
  const row = {
    order_id: basket,
    customer_id: ada,
    currency: 'EUR',
    total_cents: '1',
    billed_at: '2026-01-02T03:04:05.678Z',
  }
  await shop.put('billing', id('1'), { ...row, billing_id: id('a') }, { index: `${id('2')}:${id('a')}` })
  await shop.put('billing', id('2'), { ...row, billing_id: id('b') }, { index: `${id('1')}:${id('b')}` })
  const first = (await shop.request('GET', '/v1/billings?limit=1')).body as { next: string }
  expect(first).toMatchObject({ items: [{ billing_id: id('b') }] })
  expect((await shop.request('GET', first.next)).body).toMatchObject({
    items: [{ billing_id: id('a') }],
    next: null,
  })
})

test('entities in a single partition are paged, too', async () => {
  for (const digit of 'abc') {
    await shop.put('inventory', lamp, { inventory_id: id(digit), product_id: lamp, amount: '1' })
  }
  const { next } = (await shop.request('GET', '/v1/inventory?limit=2')).body as { next: string }
  expect((await shop.request('GET', next)).body).toMatchObject({
    items: [{ inventory_id: id('c') }],
    next: null,
  })
})

test('an entity deleted between two pages neither hides nor repeats others', async () => {
  await fill('abc')
  const { next } = (await shop.request('GET', '/v1/customers?limit=1')).body as { next: string }
  await shop.put('customer', id('b'), {}, { index: id('b'), gone: true })
  expect((await shop.request('GET', next)).body).toMatchObject({ items: [{ name: 'c' }], next: null })
})

test.each([
  ['limit=0', 'limit', /expected a whole number from 1 to 1000, got "0"/],
  ['limit=1001', 'limit', /got "1001"/],
  ['limit=', 'limit', /got ""/],
  ['limit=1&limit=2', 'limit', /expected string, got \["1","2"\]/],
  ['after=%2B', 'after', /expected the cursor of a next link, got "\+"/],
  ['page=2', 'page', /expected no such field/],
])('?%s is answered 400 naming %s', async (query, field, message) => {
  const { status, body } = await shop.request('GET', `/v1/customers?${query}`)
  expect(status).toBe(400)
  expect(body).toMatchObject({
    detail: expect.stringMatching(/^query: /),
    errors: [{ path: field, message: expect.stringMatching(message) }],
  })
})
