import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  ada,
  at,
  basket,
  bill,
  desk,
  type FakeShop,
  fakeShop,
  lamp,
  stock,
  tag,
} from '../../test/fake-shop.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
  const fields = { customer_id: ada, name: 'Ada', email: 'ada@example.com', ...at(3) }
  await shop.put('customer', ada, fields)
  await shop.put('inventory', lamp, { inventory_id: stock, product_id: lamp, amount: '8', ...at(5) })
})
afterEach(() => shop.close())

const countess = { name: 'Countess', email: 'ada@example.com' }
const put = (headers = {}) => shop.request('PUT', `/v1/customers/${ada}`, countess, headers)

test('a change gets 200 with the entity as readers then see it, and its version', async () => {
  shop.before = () => shop.put('customer', ada, { ...countess, customer_id: ada, ...at(4) })
  const answer = await put()
  expect(answer).toMatchObject({ status: 200, body: { customer_id: ada, ...countess } })
  expect(answer.headers.get('etag')).toBe(tag(4))
  expect(shop.sent).toMatchObject([{ method: 'PUT', path: `/customers/${ada}`, body: countess }])
  expect(shop.sent[0]).not.toHaveProperty('expectedVersion')
})

test('a deletion gets 204 without a body', async () => {
  expect(await shop.request('DELETE', `/v1/customers/${ada}`)).toMatchObject({ status: 204, body: '' })
  expect(shop.sent).toMatchObject([{ method: 'DELETE', path: `/customers/${ada}` }])
})

test.each(['PUT', 'DELETE'])('a %s that readers cannot see in time is answered 202', async (method) => {
  shop.seen = async () => false
  const body = method === 'PUT' ? countess : undefined
  expect(await shop.request(method, `/v1/customers/${ada}`, body)).toMatchObject({
    status: 202,
    body: { id: ada, positions: [{ topic: 'customer', partition: 1, position: 7 }] },
  })
})

test('an inventory record is changed and deleted through its product', async () => {
  const headers = { 'if-match': tag(5) }
  await shop.request('PUT', `/v1/inventory/${stock}`, { product_id: lamp, amount: 3 }, headers)
  await shop.request('DELETE', `/v1/inventory/${stock}`, undefined, headers)
  expect(shop.sent).toMatchObject([
    {
      method: 'PUT',
      path: `/inventory/${stock}`,
      body: { product_id: lamp, amount: 3 },
      expectedVersion: '5@1764237600000-0',
    },
    {
      method: 'DELETE',
      path: `/inventory/${stock}?product_id=${lamp}`,
      expectedVersion: '5@1764237600000-0',
    },
  ])
  const moved = await shop.request('PUT', `/v1/inventory/${stock}`, { product_id: desk, amount: 3 })
  expect(moved).toMatchObject({ status: 400, body: { errors: [{ path: 'product_id' }] } })
})

test.each([
  ['PUT', '/v1/orders/17'],
  ['DELETE', '/v1/customers/nobody'],
  ['PUT', `/v1/inventory/${ada}`],
  ['DELETE', `/v1/inventory/${ada}`],
])('%s %s of an unknown entity is answered 404', async (method, path) => {
  const body = path.includes('orders')
    ? { customer_id: ada, product_ids: [lamp] }
    : { product_id: lamp, amount: 1 }
  const answer = await shop.request(method, path, method === 'PUT' ? body : undefined)
  expect(answer).toMatchObject({ status: 404, body: { status: 404 } })
  expect(shop.sent).toEqual([])
})

test('a body with a read-only field, such as an id or a status, is refused', async () => {
  const order = { customer_id: ada, product_ids: [lamp], order_id: basket, status: 'confirmed' }
  const { status, body } = await shop.request('PUT', `/v1/orders/${basket}`, order)
  expect(status).toBe(400)
  const message = 'expected no such field'
  expect(body).toMatchObject({
    errors: [
      { path: 'order_id', message },
      { path: 'status', message },
    ],
  })
})

test.each([
  ['PUT', `/v1/billings/${bill}`, 'GET, HEAD'],
  ['DELETE', `/v1/billings/${bill}`, 'GET, HEAD'],
  ['POST', `/v1/orders/${basket}`, 'GET, PUT, PATCH, DELETE, HEAD'],
  ['DELETE', '/v1/orders', 'GET, POST, HEAD'],
  ['POST', '/openapi.json', 'GET, HEAD'],
])('%s %s is answered 405', async (method, path, allow) => {
  const answer = await shop.request(method, path)
  expect(answer).toMatchObject({ status: 405, body: { status: 405 } })
  expect(answer.headers.get('allow')).toBe(allow)
})
