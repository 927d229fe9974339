import { AppError } from '@ordershop/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FakeShop, fakeShop } from '../../test/fake-shop.ts'
import { statefulShop, v1Bodies } from '../../test/stateful-fake.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
  statefulShop(shop)
})
afterEach(() => shop.close())

const { path, body: ada } = v1Bodies.customer
const post = (key: string, body: unknown = ada, to: string = path) =>
  shop.request('POST', to, body, { 'idempotency-key': key })
const sentIds = () =>
  shop.sent.map(({ body }) =>
    (body as { items: { customer_id: string }[] }).items.map((item) => item.customer_id),
  )

test('a repeat is answered as the first was, and nothing is sent again', async () => {
  const first = await post('k')
  const again = await post('k')
  expect(first.status).toBe(201)
  expect(again).toMatchObject({ status: 201, body: first.body })
  for (const header of ['location', 'etag']) expect(again.headers.get(header)).toBe(first.headers.get(header))
  expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
  expect(shop.sent).toHaveLength(1)
})

test('an array is carried out once as well', async () => {
  const first = await post('k', [ada, { name: 7 }])
  expect(first.status).toBe(207)
  expect(await post('k', [ada, { name: 7 }])).toMatchObject({ status: 207, body: first.body })
  expect(shop.sent).toHaveLength(1)
})

test('without a key, or with another one, every request is its own', async () => {
  await shop.request('POST', path, ada)
  await shop.request('POST', path, ada)
  await post('k')
  await post('l')
  expect(new Set(sentIds().flat()).size).toBe(4)
})

test.each([
  ['another body', { ...ada, name: 'Bob' }, path],
  ['the same in an array', [ada], path],
  ['another kind of entity', { name: 'Lamp', price_cents: 1 }, '/v1/products'],
])('the key of one request is refused for %s', async (_what, body, to) => {
  await post('k')
  expect(await post('k', body, to)).toMatchObject({ status: 422, body: { title: 'Unprocessable Entity' } })
  expect(shop.sent).toHaveLength(1)
})

test('a repeat while the first is under way gets 409, and may be retried', async () => {
  const keeps = shop.before
  const arrived = Promise.withResolvers<void>()
  const mayGoOn = Promise.withResolvers<void>()
  shop.before = async (request) => {
    arrived.resolve()
    await mayGoOn.promise
    await keeps(request)
  }
  const first = post('k')
  await arrived.promise
  const early = await post('k')
  expect(early).toMatchObject({ status: 409, body: { title: 'Conflict' } })
  expect(early.headers.get('retry-after')).toBe('1')
  expect(await post('k', { ...ada, name: 'Bob' })).toMatchObject({ status: 422 })
  mayGoOn.resolve()
  expect((await first).status).toBe(201)
  expect(await post('k')).toMatchObject({ status: 201, body: (await first).body })
  expect(shop.sent).toHaveLength(1)
})

test('a repeat that finds the first just finished gives its answer', async () => {
  const first = await post('k')
  const [[name = '', kept = ''] = []] = [...shop.memory.values]
  const { answer: _, ...unanswered } = JSON.parse(kept)
  shop.memory.values.set(name, JSON.stringify(unanswered))
  const { setIfAbsent } = shop.memory
  shop.memory.setIfAbsent = async (asked, ...rest) => {
    if (asked !== name) shop.memory.values.set(name, kept)
    return setIfAbsent(asked, ...rest)
  }
  expect(await post('k')).toMatchObject({ status: 201, body: first.body })
  expect(shop.sent).toHaveLength(1)
})

test('a request whose outcome is unknown is settled by the same command', async () => {
  shop.refusal = new AppError('unavailable', 'service customer does not answer')
  expect((await post('k')).status).toBe(503)
  shop.refusal = undefined
  const settled = await post('k')
  expect(settled.status).toBe(201)
  const [first, second] = sentIds()
  expect(first).toEqual(second)
  expect(settled.body).toMatchObject({ customer_id: first?.[0] })
})

test('a response that could not be stored is found again under the same ids', async () => {
  const { set } = shop.memory
  shop.memory.set = async () => {
    throw new AppError('unavailable', 'Redis is not reached')
  }
  const first = await post('k')
  shop.memory.set = set
  expect(await post('k')).toMatchObject({ status: 201, body: first.body })
  expect(sentIds()[0]).toEqual(sentIds()[1])
})

test('an array that was partly unavailable may be sent again: existing items stay unchanged', async () => {
  const keeps = shop.before
  const { path, body } = v1Bodies.billing
  const orders = [body, { order_id: '01990000-0000-7000-8000-00000000000a' }]
  shop.before = async (request) => {
    const { items } = request.body as { items: { order_id: string }[] }
    if (items[0]?.order_id !== body.order_id) throw new AppError('unavailable', 'under way')
    await keeps(request)
  }
  expect((await post('k', orders, path)).body).toMatchObject({ items: [{ status: 201 }, { status: 503 }] })
  shop.before = keeps
  expect((await post('k', orders, path)).body).toMatchObject({ items: [{ status: 201 }, { status: 201 }] })
})

test('a refused request does not use up its key', async () => {
  expect((await post('k', { name: 'Ada' })).status).toBe(400)
  shop.refusal = new AppError('invalid', 'not now')
  expect((await post('k')).status).toBe(400)
  shop.refusal = undefined
  expect((await post('k')).status).toBe(201)
})

test('nothing is carried out while keys cannot be stored', async () => {
  shop.memory.setIfAbsent = async () => {
    throw new AppError('unavailable', 'Redis is not reached')
  }
  expect((await post('k')).status).toBe(503)
  expect(shop.sent).toEqual([])
})

test.each(['', 'x'.repeat(256), 'ключ'])('%j is no key', async (key) => {
  const latin1 = Buffer.from(key).toString('latin1')
  const answer = await post(latin1)
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'Idempotency-Key' }] } })
  expect(shop.sent).toEqual([])
})
