import { rows } from '@ordershop/contracts'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, at, desk, type FakeShop, fakeShop, id, lamp } from '../../test/fake-shop.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
})
afterEach(() => shop.close())

const bob = id('b0b')
const begin = Date.parse('2026-01-01T00:00:00Z')
/** An order of that millisecond. */
const orderId = (ms: number, more = 0) => {
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(more).padStart(12, '0')}`
}
type Known = { ms: number; customer_id: string; status: string; products: readonly string[] }
async function put(orders: readonly Known[]): Promise<void> {
  const putOne = ({ ms, products, ...known }: Known, k: number) => {
    const order = { ...known, order_id: orderId(ms, k), currency: 'EUR', lines: '[]', total_cents: '0' }
    return shop.put('order', order.order_id, { ...order, ...at(1) }, { products: [...products] })
  }
  for (let k = 0; k < orders.length; k += 100)
    await Promise.all(orders.slice(k, k + 100).map((order, n) => putOne(order, k + n)))
}
type Page = { items: { order_id: string; inventory_id: string }[]; next: string | null }
const get = async (path: string) => (await shop.request('GET', path)).body as Page
async function follow(first: string, most = 1_000): Promise<string[]> {
  const ids: string[] = []
  for (let path: string | null = first; path !== null && most > 0; most--) {
    const { items, next }: Page = await get(path)
    ids.push(...items.map(({ order_id }) => order_id))
    path = next
  }
  return ids
}

test('whatever orders are asked for, in pages of whatever length, come all, once and by creation', async () => {
  const known = fc.record({
    ms: fc.integer({ min: 0, max: 5 }).map((ms) => begin + ms),
    customer_id: fc.constantFrom(ada, bob),
    status: fc.constantFrom('pending', 'confirmed', 'rejected'),
    products: fc.constantFrom([lamp], [desk], [lamp, desk, lamp]),
  })
  const orders = fc.sample(known, { numRuns: 60, seed: 7 })
  await put(orders)
  const time = fc.integer({ min: -1, max: 7 }).map((ms) => new Date(begin + ms).toISOString())
  const asked = fc.record(
    {
      customer_id: fc.constantFrom(ada, bob, id('0')),
      status: fc.constantFrom('pending', 'confirmed', 'rejected'),
      product_id: fc.constantFrom(lamp, desk),
      created_from: time,
      created_to: time,
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(asked, fc.integer({ min: 1, max: 20 }), async (filter, limit) => {
      const fitting = orders.flatMap(({ ms, customer_id, status, products }, k) => {
        const fits =
          (filter.customer_id ?? customer_id) === customer_id &&
          (filter.status ?? status) === status &&
          products.includes(filter.product_id ?? (products[0] as string)) &&
          ms >= Date.parse(filter.created_from ?? '2020-01-01T00:00:00Z') &&
          ms < Date.parse(filter.created_to ?? '2030-01-01T00:00:00Z')
        return fits ? [orderId(ms, k)] : []
      })
      const query = new URLSearchParams({ limit: `${limit}`, ...filter })
      expect(await follow(`/v1/orders?${query}`)).toEqual(fitting.sort())
    }),
    { numRuns: 100 },
  )
})

test('a page ends when it has looked at enough orders, be it empty, and the next one goes on', async () => {
  const rare = { ms: begin + 9, customer_id: ada, status: 'rejected', products: [lamp] }
  const many = Array.from({ length: 1_040 }, () => ({ ...rare, ms: begin, status: 'confirmed' }))
  await put([...many, rare])
  const path = `/v1/orders?customer_id=${ada}&status=rejected&limit=5`
  const first = await get(path)
  expect(first.items).toEqual([])
  expect(first.next).toMatch(/&after=/)
  expect(await follow(path)).toEqual([orderId(begin + 9, 1_040)])
})

test('stock is listed by product', async () => {
  for (const [digit, product] of Object.entries({ a: lamp, b: desk, c: lamp }))
    await shop.put('inventory', product, {
      ...{ inventory_id: id(digit), product_id: product, amount: '1' },
      ...at(1),
    })
  const first = await get(`/v1/inventory?product_id=${lamp}&limit=1`)
  const second = await get(`${first.next}`)
  expect([...first.items, ...second.items].map(({ inventory_id }) => inventory_id)).toEqual([
    id('a'),
    id('c'),
  ])
  expect(second.next).toBeNull()
})

test('an order that is listed under what it was a moment ago is not shown', async () => {
  await put([{ ms: begin, customer_id: ada, status: 'pending', products: [lamp] }])
  const { query } = shop
  shop.query = async (queries) => {
    const reads = queries.some(({ command }) => command === 'HGETALL')
    if (reads)
      await shop.put('order', orderId(begin, 0), { order_id: orderId(begin, 0), status: 'confirmed' })
    return query(queries)
  }
  expect(await get('/v1/orders?status=pending')).toEqual({ items: [], next: null })
})

test('a read model from before there were filters is not asked, as it would leave orders out', async () => {
  await put([{ ms: begin, customer_id: ada, status: 'pending', products: [lamp] }])
  const { query } = shop
  shop.query = async (queries) => {
    const answers = await query(queries)
    return answers.map((answer, k) => (queries[k]?.row === rows.revision('order') ? [] : answer))
  }
  expect(await shop.request('GET', '/v1/orders?status=pending')).toMatchObject({
    status: 503,
    body: { detail: expect.stringMatching(/expected 'ordershop-ops rebuild read-model'/) },
  })
  expect((await get('/v1/orders')).items).toHaveLength(1)
})

test.each([
  ['orders', 'status=lost', 'status', /expected one of "pending"\|"confirmed"\|"rejected", got "lost"/],
  ['orders', 'customer_id=ada', 'customer_id', /Invalid UUID, got "ada"/],
  ['orders', 'created_from=yesterday', 'created_from', /Invalid ISO datetime, got "yesterday"/],
  ['orders', 'status=pending&status=rejected', 'status', /got \["pending","rejected"\]/],
  ['inventory', `customer_id=${ada}`, 'customer_id', /expected no such field/],
  ['customers', 'status=pending', 'status', /expected no such field/],
])('/v1/%s?%s is answered 400 naming %s', async (list, query, path, message) => {
  expect(await shop.request('GET', `/v1/${list}?${query}`)).toMatchObject({
    status: 400,
    body: { errors: [{ path, message: expect.stringMatching(message) }] },
  })
})
