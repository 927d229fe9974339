import { AppError } from '@ordershop/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, basket, bill, bodies, desk, type FakeShop, fakeShop, lamp } from '../test/fake-shop.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
})
afterEach(() => shop.close())

test.each([
  ['/customers', [], '', /expected array to have >=1 items/],
  ['/customers', 7, '', /expected object, got 7/],
  ['/customers', undefined, '', /expected object, got nothing/],
  ['/customers', [bodies.customer, null], '1', /expected object, got null/],
  ['/customers', { name: 'Ada' }, 'email', /expected string, got nothing/],
  ['/customers', { ...bodies.customer, email: 'ada' }, 'email', /Invalid email address, got "ada"/],
  ['/customers', [bodies.customer, { ...bodies.customer, name: 7 }], '1.name', /expected string, got 7/],
  ['/customers', { ...bodies.customer, name: '' }, 'name', /expected string to have >=1 characters, got ""/],
  ['/products', { name: 'Lamp', price: 1.999 }, 'price', /expected at most two decimals, got 1.999/],
  ['/products', { name: 'Lamp', price: -1 }, 'price', /expected number to be >=0, got -1/],
  ['/products', { name: 'Lamp', price: '5' }, 'price', /expected number, got "5"/],
  ['/inventory', { product_id: lamp, amount: 1.5 }, 'amount', /expected int, got 1.5/],
  ['/inventory', { product_id: 'lamp', amount: 1 }, 'product_id', /Invalid UUID, got "lamp"/],
  ['/orders', { customer_id: ada, product_ids: [] }, 'product_ids', /expected array to have >=1 items/],
  ['/orders', { customer_id: ada, product_ids: [lamp, 'x'] }, 'product_ids.1', /Invalid UUID, got "x"/],
  ['/orders', { customer_id: ada, product_ids: lamp }, 'product_ids', /expected array, got/],
  ['/billing', {}, 'order_id', /expected string, got nothing/],
  [
    '/customers',
    Array.from({ length: 1001 }, () => bodies.customer),
    '',
    /expected array to have <=1000 items/,
  ],
])('POST %s %j is answered 400 naming %s, and nothing is sent', async (path, body, field, message) => {
  const answer = await shop.request('POST', path, body)
  expect(answer).toMatchObject({
    status: 400,
    body: { type: 'about:blank', title: 'Bad Request', status: 400 },
  })
  const { errors, detail } = answer.body as { errors: { path: string; message: string }[]; detail: string }
  expect(errors).toEqual([{ path: field, message: expect.stringMatching(message) }])
  expect(detail).toMatch(message)
  expect(shop.sent).toEqual([])
})

test.each([
  ['one', bodies.order, 'product_ids.1'],
  ['an array', [bodies.order], '0.product_ids.1'],
])(
  'a reference that its service does not know is named as the caller sent it: %s',
  async (_how, body, path) => {
    const fields = [{ path: 'items.0.product_ids.1', message: `unknown product ${desk}` }]
    shop.refusal = new AppError('invalid', 'items.0.product_ids.1: unknown product', { fields })
    const answer = await shop.request('POST', '/orders', body)
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ path, message: `unknown product ${desk}` }] },
    })
    expect((answer.body as { detail: string }).detail).toBe(`request body: ${path}: unknown product ${desk}`)
  },
)

test.each([
  ['conflict', 409],
  ['not_found', 404],
  ['unavailable', 503],
  ['internal', 500],
] as const)('a service that answers %s is answered on as %i', async (code, status) => {
  shop.refusal = new AppError(code, 'as the service said')
  const answer = await shop.request('DELETE', `/order/${basket}`)
  expect(answer.status).toBe(status)
  expect(answer.body).toMatchObject({
    status,
    detail: code === 'internal' ? 'Internal error' : 'as the service said',
  })
})

test.each([
  ['PATCH', `/order/${basket}`],
  ['PUT', '/orders'],
  ['DELETE', '/customers'],
  ['POST', `/customer/${ada}`],
  ['GET', '/customer'],
  ['PUT', `/billing/${bill}`],
  ['DELETE', `/billing/${bill}`],
  ['POST', '/report'],
  ['POST', '/orders/unbilled'],
])('%s %s is answered 405', async (method, path) => {
  const answer = await shop.request(method, path)
  expect(answer).toMatchObject({ status: 405, body: { title: 'Method Not Allowed' } })
  expect(answer.headers.get('allow')).toMatch(/GET|POST/)
  expect(shop.sent).toEqual([])
})

test.each([
  ['POST', '/customers', '[', ']'],
  ['POST', '/products', '{"name":', '}'],
  ['PUT', `/order/${basket}`, '{"product_ids":[', ']}'],
  ['POST', '/v1/customers', '[', ']'],
  ['POST', '/v1/products', '{"name":', '}'],
  ['PUT', `/v1/customers/${ada}`, '[{"email":', '}]'],
])(
  'a body nested too deep is answered 400, and nothing is sent: %s %s %s',
  async (method, path, open, close) => {
    const times = 50_000
    const text = `${open.repeat(times)}1${close.repeat(times)}`
    const answer = await shop.request(method, path, text, { 'idempotency-key': 'deep' })
    expect(answer).toMatchObject({
      status: 400,
      body: {
        detail: expect.stringMatching(
          /^request body: expected JSON nested at most 32 deep, got \d{5,6} levels$/,
        ),
      },
    })
    expect(shop.sent).toEqual([])
    expect(shop.memory.values.size).toBe(0)
  },
)

test('malformed JSON, an over-long body and an unknown path are problems too', async () => {
  expect(await shop.request('POST', '/orders', '{"a":')).toMatchObject({
    status: 400,
    body: { status: 400 },
  })
  const long = JSON.stringify('x'.repeat(1024 * 1024 - 1))
  expect(await shop.request('POST', '/orders', long)).toMatchObject({
    status: 413,
    body: { status: 413 },
  })
  expect(await shop.request('GET', '/nothing')).toMatchObject({ status: 404, body: { status: 404 } })
  expect(shop.sent).toEqual([])
})
