import { AppError } from '@ordershop/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, basket, bill, desk, type FakeShop, fakeShop, lamp } from '../../test/fake-shop.ts'
import { v1Bodies } from '../../test/stateful-fake.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
})
afterEach(() => shop.close())

type Item = { status: number; id?: string; location?: string; problem?: { errors?: { path: string }[] } }
const post = async (path: string, body: readonly unknown[]) => {
  const answer = await shop.request('POST', path, body)
  return { ...answer, items: ((answer.body as { items?: Item[] }).items ?? []) as Item[] }
}
const sentItems = () => shop.sent.map(({ body }) => (body as { items: Record<string, string>[] }).items)

test('an array is reported item by item: what is refused keeps nothing else from being created', async () => {
  const order = v1Bodies.order.body
  shop.before = async ({ body }) => {
    const { items } = body as { items: { product_ids: string[] }[] }
    const fields = items.flatMap(({ product_ids }, at) =>
      product_ids.includes(desk) ? [{ path: `items.${at}.product_ids.0`, message: 'unknown' }] : [],
    )
    if (fields.length > 0) throw new AppError('invalid', 'order: unknown product', { fields })
  }
  const unknown = { ...order, product_ids: [desk] }
  const { status, items } = await post('/v1/orders', [order, { customer_id: ada }, unknown, order])
  expect(status).toBe(207)
  expect(items.map((item) => item.status)).toEqual([201, 400, 400, 201])
  expect(items[0]?.location).toBe(`/v1/orders/${items[0]?.id}`)
  expect(items.map(({ problem }) => problem?.errors?.[0]?.path)).toEqual([
    undefined,
    'product_ids',
    'product_ids.0',
    undefined,
  ])
  const [first, second] = sentItems()
  expect(first).toHaveLength(3)
  expect(second?.map(({ order_id }) => order_id)).toEqual([items[0]?.id, items[3]?.id])
  expect(second).toEqual([first?.[0], first?.[2]])
})

test('an array whose items are all refused creates nothing', async () => {
  const { status, items } = await post('/v1/customers', [7, { name: 'Ada' }])
  expect({ status, statuses: items.map((item) => item.status) }).toEqual({
    status: 207,
    statuses: [400, 400],
  })
  expect(shop.sent).toEqual([])
})

test('an array that readers cannot see in time is reported as stored', async () => {
  shop.seen = async () => false
  expect((await post('/v1/customers', [v1Bodies.customer.body])).items).toMatchObject([{ status: 202 }])
})

test('an array of billings asks for each by itself, so that one pending order holds up no other', async () => {
  const { body } = v1Bodies.billing
  shop.before = async (request) => {
    const { items } = request.body as { items: { order_id: string }[] }
    if (items[0]?.order_id === desk) throw new AppError('conflict', 'bill order: order_deleted')
    if (items[0]?.order_id === lamp) throw new AppError('unavailable', 'bill order: under way')
  }
  const { status, items } = await post('/v1/billings', [body, { order_id: desk }, { order_id: lamp }])
  expect(status).toBe(207)
  expect(items).toMatchObject([
    { status: 201, id: bill },
    { status: 409, problem: { detail: 'bill order: order_deleted' } },
    { status: 503, problem: { detail: 'bill order: under way' } },
  ])
  expect(sentItems()).toEqual([[body], [{ order_id: desk }], [{ order_id: lamp }]])
})

test('an array none of whose items got an answer gets 503', async () => {
  shop.refusal = new AppError('unavailable', 'service customer does not answer')
  const { status, headers } = await post('/v1/customers', [v1Bodies.customer.body, v1Bodies.customer.body])
  expect(status).toBe(503)
  expect(headers.get('retry-after')).toBe('1')
})

test("an array whose service fails gets 500, without the service's message", async () => {
  shop.refusal = new AppError('internal', 'secret')
  const answer = await post('/v1/customers', [v1Bodies.customer.body])
  expect(answer).toMatchObject({ status: 500, body: { detail: 'Internal error' } })
})

test.each([
  ['/v1/customers', 0],
  ['/v1/customers', 1_001],
  ['/v1/billings', 101],
])('%s of %i items is answered 400', async (path, length) => {
  const answer = await post(
    path,
    Array.from({ length }, () => ({ order_id: basket })),
  )
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: '' }] } })
  expect(shop.sent).toEqual([])
})
