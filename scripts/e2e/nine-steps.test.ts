// The article's nine steps as its client takes them: github.com/redis-developer/ordershop, client/client.py
import { expect, it } from 'vitest'
import { type Client, clientOf, each, type Inventory, type Order, type Report } from './client.ts'
import { expectSound, settled } from './log.ts'
import { openShop } from './shop.ts'

const pieces = 100
const lists = ['customers', 'products', 'inventory', 'orders', 'billings'] as const
const shop = await openShop()

it('the nine steps of the article give exact answers, in an empty shop and again in the filled one', async () => {
  await shop.run('reset')
  const client = clientOf([shop.gatewayUrl()])
  for (const list of [...lists, 'orders/unbilled']) expect(await client.get(`/${list}`)).toEqual([])
  const first = await takeNineSteps(client)
  const second = await takeNineSteps(client)
  await expectSound(shop.store)
  console.log(`nine steps: ${first.ms} ms in an empty shop, ${second.ms} ms in the filled one`)
})

it('the nine steps give the same answers through two gateways in turn, each write seen at once through the other', async () => {
  await shop.run('scale', 'gateway', '2')
  await shop.run('reset')
  const { ms } = await takeNineSteps(clientOf([shop.gatewayUrl(1), shop.gatewayUrl(2)]))
  await expectSound(shop.store)
  console.log(`nine steps through two gateways in turn: ${ms} ms`)
})

async function takeNineSteps(client: Client): Promise<{ ms: number }> {
  const started = performance.now()
  const before = await client.get<Report>('/report')
  const unbilledBefore = await client.get<Order[]>('/orders/unbilled')
  const expectList = async (name: keyof Report, ours: object[]) =>
    expect(await client.get(`/${name}`)).toEqual([...before[name], ...ours])

  // 1 to 3: customers, products and their stock, each list in the order in which it was sent
  const customers = await created(
    client,
    '/customers',
    each(10, (n) => ({ name: `Customer ${n}`, email: `c${n}@server.com` })),
  )
  await expectList('customers', customers)
  const products = await created(
    client,
    '/products',
    each(10, (n) => ({ name: `Product ${n}`, price: (1_000 + 101 * n) / 100 })),
  )
  await expectList('products', products)
  const stock = await created(
    client,
    '/inventory',
    products.map(({ id }) => ({ product_id: id, amount: pieces })),
  )
  await expectList('inventory', stock)
  for (const customer of customers) expect(await client.get(`/customer/${customer.id}`)).toEqual(customer)
  for (const product of products) expect(await client.get(`/product/${product.id}`)).toEqual(product)

  // 4: ten orders, one after another
  const product = (n: number) => idOf(products, n % 10)
  const orders: Order[] = []
  for (let n = 0; n < 10; n++) {
    const asked = { customer_id: idOf(customers, n), product_ids: [n, n + 3, n, n + 1].map(product) }
    const id = await client.create('/orders', asked)
    const seen = await client.get<Order>(`/order/${id}`)
    expect(seen).toEqual({ id, ...asked, status: expect.stringMatching(/^(pending|confirmed)$/) })
    orders.push({ ...seen, status: 'confirmed' })
    expect((await client.get<Order[]>('/orders')).at(-1)?.id).toBe(id)
  }
  await settled(shop.store)
  await expectList('orders', orders)

  // 5: the second order, sent back whole with another first product
  const second = orders[1] as Order
  second.product_ids[0] = product(5)
  expect(await client.put(`/order/${second.id}`, second)).toBe(true)
  expect((await client.get<Order>(`/order/${second.id}`)).product_ids).toEqual(second.product_ids)
  await settled(shop.store)
  expect(await client.get(`/order/${second.id}`)).toEqual(second)

  // 6 and 7: the third order and the third customer go
  const [third] = orders.splice(2, 1) as [Order]
  expect(await client.delete(`/order/${third.id}`)).toBe(true)
  expect(await client.get(`/order/${third.id}`)).toBeNull()
  await expectList('orders', orders)
  const [gone] = customers.splice(2, 1) as [(typeof customers)[number]]
  expect(await client.delete(`/customer/${gone.id}`)).toBe(true)
  expect(await client.get(`/customer/${gone.id}`)).toBeNull()
  await expectList('customers', customers)

  // 8: the first order is billed
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
  await expectList('billings', [billing])

  // 9: all but the deleted and the billed one are unbilled
  expect(await client.get('/orders/unbilled')).toEqual([...unbilledBefore, ...orders.slice(1)])

  await settled(shop.store)
  const left = stock.map(
    (record): Inventory => ({ ...record, amount: pieces - ordered(orders, record.product_id) }),
  )
  const report = { customers, products, inventory: left, orders, billings: [billing] }
  const whole = Object.fromEntries(lists.map((name) => [name, [...before[name], ...report[name]]]))
  expect(await client.get('/report')).toEqual(whole)
  return { ms: Math.round(performance.now() - started) }
}

async function created<T extends object>(
  client: Client,
  path: string,
  bodies: T[],
): Promise<({ id: string } & T)[]> {
  const ids = await client.post(path, bodies)
  expect(ids).toHaveLength(bodies.length)
  return bodies.map((body, at) => ({ id: ids[at] as string, ...body }))
}

function idOf(things: readonly { id: string }[], at: number): string {
  const id = things[at]?.id
  if (id === undefined) throw new Error(`thing ${at} of ${things.length}: expected one with an id`)
  return id
}

function ordered(orders: readonly Order[], productId: string): number {
  return orders.flatMap(({ product_ids }) => product_ids).filter((id) => id === productId).length
}
