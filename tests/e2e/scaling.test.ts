import { clientOf, each } from '@ordershop/check/client'
import { steadyLoad } from '@ordershop/check/load'
import { eventsSince, expectSound, lags, mark, settled } from '@ordershop/check/log'
import { decisionsInOrder, expectStockMatchesOrders, foldOrders, foldStock } from '@ordershop/check/stock'
import { groups } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()], [200, 202])

test('inventory scaled to 3 and back to 1 under load keeps the order of every product and loses nothing', async () => {
  await settled(store)
  const start = await mark(store)
  const customer_id = await client.create('/customers', { name: 'Crowd', email: 'crowd@scaling.example' })
  const products = await client.post(
    '/products',
    each(12, (n) => ({ name: `Item ${n}`, price: 2 })),
  )
  await client.post(
    '/inventory',
    products.map((product_id) => ({ product_id, amount: 60 })),
  )
  const load = steadyLoad(30, (n) =>
    client.create('/orders', {
      customer_id,
      product_ids: each(3, (k) => products[(n * (k + 1) + k) % 12] as string),
    }),
  )
  await eventually(() => load.acknowledged.length > 30)
  expect(await shares()).toEqual([partitionCount])

  await shop.run('scale', 'inventory', '3')
  await eventually(async () => expect(await shares()).toEqual(evenly(3)))
  const atThree = load.acknowledged.length
  await eventually(() => load.acknowledged.length > atThree + 60)
  await shop.run('scale', 'inventory', '1')
  await eventually(async () => expect(await shares()).toEqual([partitionCount]))
  const atOne = load.acknowledged.length
  await eventually(() => load.acknowledged.length > atOne + 30)
  await load.stop()
  await settled(store)

  const events = await eventsSince(store, start)
  const orders = foldOrders(events)
  const lost = load.acknowledged.filter((id) => !orders.has(id))
  const { decisions, overtaken } = decisionsInOrder(events)
  const behind = (await lags(store)).reduce((sum, { lag }) => sum + lag, 0)
  console.log(
    `${load.acknowledged.length} orders acknowledged, ${lost.length} lost; ${decisions} decisions by 1, 3, 1 processes, ${overtaken} out of order; lag ${behind}`,
  )
  expect(lost).toEqual([])
  expect(overtaken).toBe(0)
  expectStockMatchesOrders(foldStock(events), orders)
  for (const { status } of orders.values()) expect(status).toMatch(/^(confirmed|rejected)$/)
  await expectSound(store)
})

const partitionCount = groups.inventory.length * store.partitions

/** What each of so many processes owns, none more than one more than another. */
const evenly = (processes: number) =>
  each(processes, (n) => Math.floor((partitionCount + processes - 1 - n) / processes))

/** How many partitions each process of inventory owns, most first. */
async function shares(): Promise<number[]> {
  const owners = (await lags(store)).flatMap(({ group, owner }) =>
    group === 'inventory' && owner ? [owner] : [],
  )
  const counts = [...Map.groupBy(owners, (owner) => owner).values()].map((some) => some.length)
  return counts.sort((a, b) => b - a)
}
