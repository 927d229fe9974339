import { AppError } from '@ordershop/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, at, basket, bill, type FakeShop, fakeShop, lamp, stock, tag } from '../../test/fake-shop.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
})
afterEach(() => shop.close())

const customer = { customer_id: ada, name: 'Ada', email: 'ada@example.com' }
const told = (entity: object) => async () => ({ entity, version: 2, entry_id: '1764237600000-0' })
const get = (path: string, headers = {}) => shop.request('GET', path, undefined, headers)

test('an entity is told as it was by its service, whether it is there now or not', async () => {
  shop.before = told({ ...customer, secret: 'of the service' })
  for (const when of ['17', '2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05%2B01:00']) {
    const answer = await get(`/v1/customers/${ada}?at=${when}`)
    expect(answer).toMatchObject({ status: 200, body: customer })
    expect(answer.body).not.toHaveProperty('secret')
    expect(answer.headers.get('etag')).toBe(tag(2))
    expect(answer.headers.get('cache-control')).toBeNull()
  }
  expect(shop.sent.map(({ method, path }) => [method, path])).toEqual([
    ['GET', `/customers/${ada}?at=17`],
    ['GET', `/customers/${ada}?at=2026-01-02T03%3A04%3A05.678Z`],
    ['GET', `/customers/${ada}?at=2026-01-02T03%3A04%3A05%2B01%3A00`],
  ])
})

test('a caller that has that version gets 304', async () => {
  shop.before = told(customer)
  expect(await get(`/v1/customers/${ada}?at=17`, { 'if-none-match': tag(2) })).toMatchObject({ status: 304 })
})

test('a record is asked for by its product, which the caller names once it is gone', async () => {
  shop.before = told({ inventory_id: stock, product_id: lamp, amount: 8 })
  expect(await get(`/v1/inventory/${stock}?at=17`)).toMatchObject({ status: 404 })
  expect(await get(`/v1/inventory/${stock}?at=17&product_id=${lamp}`)).toMatchObject({ status: 200 })
  await shop.put('inventory', lamp, { inventory_id: stock, product_id: lamp, amount: '9', ...at(1) })
  expect(await get(`/v1/inventory/${stock}?at=17`)).toMatchObject({ status: 200, body: { amount: 8 } })
  const asked = `/inventory/${stock}?at=17&product_id=${lamp}`
  expect(shop.sent.map(({ path }) => path)).toEqual([asked, asked])
})

test('a bill is asked for by its order', async () => {
  const row = { billing_id: bill, order_id: basket, customer_id: ada, currency: 'EUR' }
  const billed_at = '2026-01-02T03:04:05.678Z'
  shop.before = told({ ...row, total_cents: 1, billed_at })
  await shop.put('billing', basket, { ...row, total_cents: '1', billed_at, ...at(1) })
  expect(await get(`/v1/billings/${bill}?at=17`)).toMatchObject({ status: 200, body: { billed_at } })
  expect(shop.sent).toMatchObject([{ path: `/billings/${bill}?at=17&order_id=${basket}` }])
})

test('what did not exist then is answered 404', async () => {
  shop.refusal = new AppError('not_found', `customer ${ada}: no such customer at 17`)
  expect(await get(`/v1/customers/${ada}?at=17`)).toMatchObject({
    status: 404,
    body: { detail: `customer ${ada}: no such customer at 17` },
  })
  expect(await get('/v1/orders/17?at=17')).toMatchObject({ status: 404 })
})

test.each(['at=', 'at=0', 'at=-1', 'at=1.5', 'at=yesterday', 'at=2026-02-30T00:00:00Z', 'at=1&at=2'])(
  '?%s is answered 400',
  async (query) => {
    expect(await get(`/v1/customers/${ada}?${query}`)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'at', message: expect.stringMatching(/^expected (a position|string)/) }] },
    })
    expect(shop.sent).toEqual([])
  },
)

test('another parameter beside at is answered 400', async () => {
  expect(await get(`/v1/customers/${ada}?at=1&product_id=${lamp}`)).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'product_id' }] },
  })
})
