import { clientOf, each } from '@ordershop/check/client'
import { steadyLoad } from '@ordershop/check/load'
import { eventsSince, expectSound, mark, settled } from '@ordershop/check/log'
import { deservedMails, expectDelivered } from '@ordershop/check/mails'
import { expectStockMatchesOrders, foldOrders, foldStock } from '@ordershop/check/stock'
import { serviceNames } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const domain = 'rolling.example'
const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()], [200, 202])

test('every service stopped and started in turn under load: nothing acknowledged is lost, every order ends decided', async () => {
  await settled(store)
  const start = await mark(store)
  const customers = await client.post(
    '/customers',
    each(5, (n) => ({ name: `Regular ${n}`, email: `r${n}@${domain}` })),
  )
  const products = await client.post(
    '/products',
    each(5, (n) => ({ name: `Thing ${n}`, price: 1 + n })),
  )
  await client.post(
    '/inventory',
    products.map((product_id) => ({ product_id, amount: 150 })),
  )
  const load = steadyLoad(15, (n) =>
    client.create('/orders', {
      customer_id: customers[n % 5] as string,
      product_ids: [products[n % 5], products[(n * 3 + 1) % 5]],
    }),
  )
  await eventually(() => load.acknowledged.length > 15)
  const before = await shop.processes()

  for (const service of serviceNames) {
    await shop.run('stop', service)
    await shop.run('start', service)
    const acknowledged = load.acknowledged.length
    await eventually(() => load.acknowledged.length > acknowledged + 5)
  }
  await load.stop()
  const after = new Set((await shop.ready()).map(({ pid }) => pid))
  expect(before.filter(({ pid }) => after.has(pid)).map(({ instance }) => instance)).toEqual([
    'redis',
    'mailbox',
  ])
  await settled(store)

  const events = await eventsSince(store, start)
  const orders = foldOrders(events)
  const lost = load.acknowledged.filter((id) => !orders.has(id))
  const tally = Map.groupBy(orders.values(), ({ status }) => status)
  console.log(
    `${load.acknowledged.length} orders acknowledged, ${orders.size} stored, refused ${load.refusals()}, ${lost.length} lost:`,
    [...tally].map(([status, some]) => `${some.length} ${status}`).join(', '),
  )
  expect(lost).toEqual([])
  expect([...tally.keys()].filter((status) => status !== 'confirmed' && status !== 'rejected')).toEqual([])
  expectStockMatchesOrders(foldStock(events), orders)
  await expectDelivered(shop, domain, deservedMails(events))
  await expectSound(store)
})
