import { clientOf, each, type Inventory, type Order, send } from '@ordershop/check/client'
import { eventsSince, expectSound, mark, settled } from '@ordershop/check/log'
import { expectStockMatchesOrders, foldOrders, foldStock } from '@ordershop/check/stock'
import type { ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()], [200, 202])

test('200 orders, sixty at a time, for 50 pieces sell exactly 50, though inventory is killed midway', async () => {
  await settled(store)
  const start = await mark(store)
  const customer_id = await client.create('/customers', { name: 'Ada', email: 'ada@oversell.example' })
  const product_id = await client.create('/products', { name: 'Lamp', price: 19.99 })
  await client.post('/inventory', { product_id, amount: 50 })

  const order = () => client.create('/orders', { customer_id, product_ids: [product_id] })
  const { ids, decidedBefore } = await orderedAroundKill(200, order)
  await settled(store)

  const events = await eventsSince(store, start)
  const orders = foldOrders(events)
  const count = (status: string) => [...orders.values()].filter((order) => order.status === status).length
  const left = await amounts()
  console.log(
    `killed after ${decidedBefore} of 200 decisions: ${count('confirmed')} confirmed, ${count('rejected')} rejected, ${left.get(product_id)} left`,
  )
  expect([...orders.keys()].sort()).toEqual(ids.sort())
  expect({ confirmed: count('confirmed'), rejected: count('rejected') }).toEqual({
    confirmed: 50,
    rejected: 150,
  })
  expect(left.get(product_id)).toBe(0)
  expectStockMatchesOrders(foldStock(events), orders)
  await expectSound(store)
})

test('120 orders over four scarce products, some changed or deleted meanwhile, never sell more than there is, though inventory is killed midway', async () => {
  await settled(store)
  const start = await mark(store)
  const customer_id = await client.create('/customers', { name: 'Bob', email: 'bob@oversell.example' })
  const supplied = [14, 9, 20, 6]
  const products = await client.post(
    '/products',
    supplied.map((_, n) => ({ name: `Scarce ${n}`, price: 1 + n })),
  )
  const records = products.map((product_id, n) => ({ product_id, amount: supplied[n] as number }))
  // Two records of one product add up.
  await client.post('/inventory', [
    ...records.slice(1),
    ...[8, 6].map((amount) => ({ product_id: products[0], amount })),
  ])

  const order = (n: number) => orderAndMaybeRegret(n, customer_id, products)
  const { ids, decidedBefore } = await orderedAroundKill(120, order)
  await settled(store)
  const confirmed = (await client.get<Order[]>('/orders')).filter(
    ({ id, status }) => ids.includes(id) && status === 'confirmed',
  )
  for (const { id } of confirmed.slice(0, 3)) await client.post('/billing', { order_id: id })
  await settled(store)

  const events = await eventsSince(store, start)
  const [stocks, orders] = [foldStock(events), foldOrders(events)]
  const tally = Map.groupBy(orders.values(), ({ status }) => status)
  const left = await amounts()
  console.log(
    `killed after ${decidedBefore} decisions: ${[...tally].map(([status, some]) => `${some.length} ${status}`).join(', ')}`,
    `; of ${supplied} pieces left: ${products.map((id) => left.get(id))}`,
  )
  expect([...orders.keys()].sort()).toEqual(ids.sort())
  expect([...tally.keys()].sort()).toEqual(['billed', 'confirmed', 'deleted', 'rejected'])
  for (const id of products) expect(left.get(id)).toBe(stocks.get(id)?.left)
  expectStockMatchesOrders(stocks, orders)
  for (const { id, status } of await client.get<Order[]>('/orders'))
    if (ids.includes(id)) expect(status).toMatch(/^(confirmed|rejected)$/)
  await expectSound(store)
})

/** More at a time than MAX_IN_WORK lets through to one service are refused, and these are to be decided. */
const limit = pLimit(60)

/**
 * Places all orders, half of them at the very moment at which inventory, having begun to decide the others, is
 * killed: it is midway however fast or slow the machine is. Resolves to the orders' ids and how many decisions it lived to make.
 */
async function orderedAroundKill(
  count: number,
  order: (n: number) => Promise<string>,
): Promise<{ ids: string[]; decidedBefore: number }> {
  const start = await mark(store)
  const decisions = async () => (await eventsSince(store, start)).filter(isDecision).length
  const pid = await shop.pidOf('inventory')
  const half = count / 2
  const first = each(half, (n) => limit(() => order(n)))
  await eventually(async () => (await decisions()) >= 20, { everyMs: 1 })
  process.kill(pid, 'SIGKILL')
  const second = each(half, (n) => limit(() => order(half + n)))
  const decidedBefore = await decisions()
  return { ids: await Promise.all([...first, ...second]), decidedBefore }
}

function isDecision({ type }: ShopEvent): boolean {
  return /^inventory_(reserved|refused|released|sold)$/.test(type)
}

/** Orders; every sixth order is deleted and every eighth changed before anybody knows whether it will be confirmed. */
async function orderAndMaybeRegret(
  n: number,
  customer_id: string,
  products: readonly string[],
): Promise<string> {
  const id = await client.create('/orders', { customer_id, product_ids: someOf(products) })
  const tell = async (method: 'PUT' | 'DELETE', body?: object) => {
    const { status } = await send(shop.gatewayUrl(), method, `/order/${id}`, body)
    // It may have been rejected already, and then there is nothing to change.
    expect([200, 202, 409]).toContain(status)
  }
  if (n % 6 === 0) await tell('DELETE')
  else if (n % 8 === 1) await tell('PUT', { customer_id, product_ids: someOf(products) })
  return id
}

/** One to all of the products, one or two pieces of each. */
function someOf(products: readonly string[]): string[] {
  const some = products.filter(() => Math.random() < 0.5)
  const chosen = some.length > 0 ? some : products.slice(0, 1)
  return chosen.flatMap((id) => (Math.random() < 0.3 ? [id, id] : [id]))
}

/** By product: the pieces that the shop says can still be ordered. */
async function amounts(): Promise<ReadonlyMap<string, number>> {
  const byProduct = Map.groupBy(await client.get<Inventory[]>('/inventory'), ({ product_id }) => product_id)
  return new Map(
    [...byProduct].map(([id, records]) => [id, records.reduce((sum, { amount }) => sum + amount, 0)]),
  )
}
