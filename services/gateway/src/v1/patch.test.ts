import { AppError, staleVersion } from '@ordershop/core'
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
  await shop.put('customer', ada, { ...customer, ...at(3) })
})
afterEach(() => shop.close())

const customer = { customer_id: ada, name: 'Ada', email: 'ada@example.com' }
const merge = { 'content-type': 'application/merge-patch+json' }
const patch = (body: unknown, headers = {}, path = `/v1/customers/${ada}`) =>
  shop.request('PATCH', path, body, { ...merge, ...headers })

/** A service that decides at the version it is told, and whose readers are behind it now and then. */
function customers() {
  let version = 3
  let present = { name: customer.name, email: customer.email }
  let shown = Promise.resolve()
  shop.seen = () => shown.then(() => true)
  shop.before = async ({ body }) => {
    const { expectedVersion } = shop.sent.find((sent) => sent.body === body) ?? {}
    const met = `${version}@1764237600000-0`
    if (expectedVersion !== met) throw staleVersion(`customer ${ada}`, `${expectedVersion}`, met)
    present = body as typeof present
    version += 1
    const row = { customer_id: ada, ...present, ...at(version) }
    shown = shown.then(() => shop.put('customer', ada, row))
  }
  return { present: () => present, version: () => version }
}

test('a change names what it changes, and the rest stays', async () => {
  const service = customers()
  const answer = await patch({ name: 'Countess' })
  expect(answer).toMatchObject({ status: 200, body: { ...customer, name: 'Countess' } })
  expect(answer.headers.get('etag')).toBe(tag(4))
  expect(service.present()).toEqual({ name: 'Countess', email: 'ada@example.com' })
  expect(shop.sent).toMatchObject([{ method: 'PUT', expectedVersion: '3@1764237600000-0' }])
})

test('two changes of different members at once both survive, however often', async () => {
  const service = customers()
  for (let round = 0; round < 50; round++) {
    const name = `Ada ${round}`
    const email = `ada-${round}@example.com`
    const answers = await Promise.all([patch({ name }), patch({ email })])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(service.present()).toEqual({ name, email })
  }
  expect(service.version()).toBe(3 + 100)
})

test('what is not current however often it is merged is answered 503, and nothing is written', async () => {
  shop.before = async () => {
    throw staleVersion(`customer ${ada}`, '3@1764237600000-0', '9@1764237600000-0')
  }
  expect(await patch({ name: 'Countess' })).toMatchObject({
    status: 503,
    body: { detail: `merged 20 times with what was not current: expected ${tag(3)}, got ${tag(9)}` },
  })
  expect(new Set(shop.sent.map(({ commandId }) => commandId)).size).toBe(1)
})

test('a change for another version is answered 412, and is not merged again', async () => {
  expect(await patch({ name: 'Countess' }, { 'if-match': tag(2) })).toMatchObject({ status: 412 })
  expect(await patch({}, { 'if-match': tag(2) })).toMatchObject({ status: 412 })
  expect(shop.sent).toEqual([])
  shop.refusal = staleVersion(`customer ${ada}`, '3@1764237600000-0', '4@1764237600000-0')
  expect(await patch({ name: 'Countess' }, { 'if-match': tag(3) })).toMatchObject({
    status: 412,
    body: { detail: `If-Match: expected ${tag(3)}, got ${tag(4)}` },
  })
  expect(shop.sent).toHaveLength(1)
})

test('an empty change writes nothing', async () => {
  for (const headers of [{}, { 'if-match': tag(3) }, { 'if-match': '*' }]) {
    const answer = await patch({}, headers)
    expect(answer).toMatchObject({ status: 200, body: customer })
    expect(answer.headers.get('etag')).toBe(tag(3))
  }
  expect(shop.sent).toEqual([])
})

test('products, stock and orders are changed so, too', async () => {
  await shop.put('product', lamp, {
    product_id: lamp,
    name: 'Lamp',
    price_cents: '1',
    currency: 'EUR',
    ...at(1),
  })
  await shop.put('inventory', lamp, { inventory_id: stock, product_id: lamp, amount: '8', ...at(1) })
  const order = { order_id: basket, customer_id: ada, status: 'pending', currency: 'EUR', lines: '[]' }
  await shop.put('order', basket, { ...order, total_cents: '1', ...at(1) }, { products: [lamp, lamp] })
  await patch({ price_cents: 7 }, {}, `/v1/products/${lamp}`)
  await patch({ amount: 3 }, {}, `/v1/inventory/${stock}`)
  await patch({ product_ids: [desk] }, {}, `/v1/orders/${basket}`)
  expect(shop.sent.map(({ path, body }) => [path, body])).toEqual([
    [`/products/${lamp}`, { name: 'Lamp', price_cents: 7 }],
    [`/inventory/${stock}`, { product_id: lamp, amount: 3 }],
    [`/orders/${basket}`, { customer_id: ada, product_ids: [desk] }],
  ])
  expect(await patch({ product_id: desk }, {}, `/v1/inventory/${stock}`)).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'product_id' }] },
  })
})

test.each([
  [{ email: null }, 'email', /expected string, got null/],
  [{ name: '' }, 'name', /expected string to have >=1 characters, got ""/],
  [{ status: 'confirmed' }, 'status', /expected no such field/],
  [{ customer_id: null }, 'customer_id', /expected no such field/],
  [[], '', /expected object, got \[\]/],
  [7, '', /expected object, got 7/],
  [undefined, '', /expected object, got nothing/],
])('%j is answered 400 naming %j', async (body, path, message) => {
  expect(await patch(body)).toMatchObject({
    status: 400,
    body: { errors: [{ path, message: expect.stringMatching(message) }] },
  })
  expect(shop.sent).toEqual([])
})

test('what the entity has already must be what PUT would take', async () => {
  await shop.put('customer', ada, { ...customer, email: `ada@${'x'.repeat(64)}.com`, ...at(4) })
  expect(await patch({ name: 'Countess' })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'email' }] },
  })
})

test('a body of another type is answered 415, which names the one that is taken', async () => {
  const answer = await patch({ name: 'Countess' }, { 'content-type': 'application/json' })
  expect(answer).toMatchObject({ status: 415 })
  expect(answer.headers.get('accept-patch')).toBe('application/merge-patch+json')
  expect(await shop.request('PUT', `/v1/customers/${ada}`, customer, merge)).toMatchObject({ status: 415 })
  expect(shop.sent).toEqual([])
})

test.each([
  [`/v1/customers/${desk}`, 404],
  ['/v1/orders/17', 404],
  [`/v1/billings/${bill}`, 405],
])('PATCH %s is answered %i', async (path, status) => {
  expect(await patch({}, {}, path)).toMatchObject({ status })
})

test('what the service refuses is answered as it says', async () => {
  shop.refusal = new AppError('conflict', 'order is billed')
  expect(await patch({ name: 'Countess' })).toMatchObject({
    status: 409,
    body: { detail: 'order is billed' },
  })
})
