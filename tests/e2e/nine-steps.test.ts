// The article's nine steps as its client takes them: github.com/redis-developer/ordershop, client/client.py

import { type Client, clientOf, each, type Order, type Report } from '@ordershop/check/client'
import { expectSound, settled } from '@ordershop/check/log'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const pieces = 100
const lists = ['customers', 'products', 'inventory', 'orders', 'billings'] as const
const shop = await openShop()

test('the nine steps of the article give exact answers, in an empty shop and again in the filled one', async () => {
  await shop.run('reset')
  const client = clientOf([shop.gatewayUrl()])
  for (const list of [...lists, 'orders/unbilled']) expect(await client.get(`/${list}`)).toEqual([])
  const first = await takeNineSteps(client)
  const second = await takeNineSteps(client)
  await expectSound(shop.store)
  console.log(`nine steps: ${first.ms} ms in an empty shop, ${second.ms} ms in the filled one`)
})

test('the nine steps give the same answers through two gateways in turn, each write seen at once through the other', async () => {
  await shop.run('scale', 'gateway', '2')
  await shop.run('reset')
  const { ms } = await takeNineSteps(clientOf([shop.gatewayUrl(1), shop.gatewayUrl(2)]))
  await expectSound(shop.store)
  console.log(`nine steps through two gateways in turn: ${ms} ms`)
})

type Things<T> = ({ id: string } & T)[]
type ExpectList = (name: keyof Report, ours: object[]) => Promise<void>

async function takeNineSteps(client: Client): Promise<{ ms: number }> {
  const started = performance.now()
  const before = await client.get<Report>('/report')
  const unbilledBefore = await client.get<Order[]>('/orders/unbilled')
  const expectList: ExpectList = async (name, ours) =>
    expect(await client.get(`/${name}`)).toEqual([...before[name], ...ours])

  const { customers, products, stock } = await stocked(client, expectList)
  const orders = await ordered(client, customers, products)
  await expectList('orders', orders)
  await changeSecond(client, orders, products)

  // 6 and 7: the third order and the third customer go
  for (const [kind, list, things] of [
    ['order', 'orders', orders],
    ['customer', 'customers', customers],
  ] as const) {
    const [third] = things.splice(2, 1)
    expect(await client.delete(`/${kind}/${third?.id}`)).toBe(true)
    expect(await client.get(`/${kind}/${third?.id}`)).toBeNull()
    await expectList(list, things)
  }

  const billing = await billFirst(client, orders, products)
  await expectList('billings', [billing])

  // 9: all but the deleted and the billed one are unbilled
  expect(await client.get('/orders/unbilled')).toEqual([...unbilledBefore, ...orders.slice(1)])

  await settled(shop.store)
  const left = stock.map((record) => ({ ...record, amount: pieces - named(orders, record.product_id) }))
  const report = { customers, products, inventory: left, orders, billings: [billing] }
  const whole = Object.fromEntries(lists.map((name) => [name, [...before[name], ...report[name]]]))
  expect(await client.get('/report')).toEqual(whole)
  return { ms: Math.round(performance.now() - started) }
}

/** 1 to 3: customers, products and their stock, each list in the order in which it was sent. */
async function stocked(client: Client, expectList: ExpectList) {
  const people = each(10, (n) => ({ name: `Customer ${n}`, email: `c${n}@server.com` }))
  const customers = await created(client, '/customers', people)
  await expectList('customers', customers)
  const goods = each(10, (n) => ({ name: `Product ${n}`, price: (1_000 + 101 * n) / 100 }))
  const products = await created(client, '/products', goods)
  await expectList('products', products)
  const amounts = products.map(({ id }) => ({ product_id: id, amount: pieces }))
  const stock = await created(client, '/inventory', amounts)
  await expectList('inventory', stock)
  for (const customer of customers) expect(await client.get(`/customer/${customer.id}`)).toEqual(customer)
  for (const product of products) expect(await client.get(`/product/${product.id}`)).toEqual(product)
  return { customers, products, stock }
}

/** 4: ten orders, one after another, as they are once they are confirmed. */
async function ordered(
  client: Client,
  customers: Things<object>,
  products: Things<object>,
): Promise<Order[]> {
  const orders: Order[] = []
  for (let n = 0; n < 10; n++) {
    const product_ids = [n, n + 3, n, n + 1].map((at) => idOf(products, at % 10))
    const asked = { customer_id: idOf(customers, n), product_ids }
    const id = await client.create('/orders', asked)
    const seen = await client.get<Order>(`/order/${id}`)
    expect(seen).toEqual({ id, ...asked, status: expect.stringMatching(/^(pending|confirmed)$/) })
    expect((await client.get<Order[]>('/orders')).at(-1)?.id).toBe(id)
    orders.push({ ...seen, status: 'confirmed' })
  }
  await settled(shop.store)
  return orders
}

/** 5: the second order, sent back whole with another first product. */
async function changeSecond(client: Client, orders: Order[], products: Things<object>): Promise<void> {
  const second = orders[1] as Order
  second.product_ids[0] = idOf(products, 5)
  expect(await client.put(`/order/${second.id}`, second)).toBe(true)
  expect((await client.get<Order>(`/order/${second.id}`)).product_ids).toEqual(second.product_ids)
  await settled(shop.store)
  expect(await client.get(`/order/${second.id}`)).toEqual(second)
}

/** 8: the first order is billed. */
async function billFirst(client: Client, orders: Order[], products: Things<{ price: number }>) {
  const first = orders[0] as Order
  first.billing_id = await client.create('/billing', { order_id: first.id })
  const prices = first.product_ids.map((id) => products.find((one) => one.id === id)?.price ?? 0)
  const billing = {
    id: first.billing_id,
    order_id: first.id,
    customer_id: first.customer_id,
    total: Math.round(100 * prices.reduce((sum, price) => sum + price, 0)) / 100,
    done: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  }
  expect(await client.get(`/billing/${billing.id}`)).toEqual(billing)
  expect(await client.get(`/order/${first.id}`)).toEqual(first)
  return billing
}

async function created<T extends object>(client: Client, path: string, bodies: T[]): Promise<Things<T>> {
  const ids = await client.post(path, bodies)
  expect(ids).toHaveLength(bodies.length)
  return bodies.map((body, at) => ({ id: ids[at] as string, ...body }))
}

function idOf(things: readonly { id: string }[], at: number): string {
  const id = things[at]?.id
  if (id === undefined) throw new Error(`thing ${at} of ${things.length}: expected one with an id`)
  return id
}

/** How many pieces of a product these orders name. */
function named(orders: readonly Order[], productId: string): number {
  return orders.flatMap(({ product_ids }) => product_ids).filter((id) => id === productId).length
}
