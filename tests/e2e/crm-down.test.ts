import { clientOf, each } from '@ordershop/check/client'
import { eventsSince, expectSound, lags, mark, settled } from '@ordershop/check/log'
import { deliveredMails, deservedMails, expectDelivered } from '@ordershop/check/mails'
import { groups } from '@ordershop/contracts'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const domain = 'crm-down.example'
const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()])

test('crm stopped through a whole scenario catches up: every mail that the log deserves arrives exactly once', async () => {
  await settled(store)
  const start = await mark(store)
  await shop.run('stop', 'crm')

  const customers = await client.post(
    '/customers',
    each(10, (n) => ({ name: `Reader ${n}`, email: `r${n}@${domain}` })),
  )
  const products = await client.post(
    '/products',
    each(3, (n) => ({ name: `Book ${n}`, price: 9.99 })),
  )
  await client.post(
    '/inventory',
    products.map((product_id) => ({ product_id, amount: 8 })),
  )
  const orders = await client.post(
    '/orders',
    each(20, (n) => ({
      customer_id: customers[n % 10],
      product_ids: [products[n % 3], products[(n + 1) % 3]],
    })),
  )
  await settled(store, ['crm', 'mail'])
  const byStatus = await decided(orders)
  await client.post('/billing', { order_id: byStatus.confirmed[0] })
  await client.delete(`/order/${byStatus.confirmed[1]}`)
  await client.delete(`/customer/${customers[9]}`)
  await settled(store, ['crm', 'mail'])

  const behind = (await lags(store))
    .filter(({ group }) => group === 'crm')
    .reduce((sum, { lag }) => sum + lag, 0)
  expect(behind).toBe((await eventsSince(store, start, groups.crm)).length)
  expect(await deliveredMails(shop, domain)).toEqual([])

  await shop.run('start', 'crm')
  const restarted = performance.now()
  await settled(store)
  const deserved = deservedMails(await eventsSince(store, start))
  await expectDelivered(shop, domain, deserved)
  const seconds = ((performance.now() - restarted) / 1_000).toFixed(1)
  console.log(
    `crm was ${behind} events behind; ${deserved.length} mails deserved and delivered once, ${seconds} s after its start`,
  )
  // 10 welcomes, 1 goodbye, 20 thanks, 20 outcomes, 1 receipt
  expect(deserved).toHaveLength(52)
  await expectSound(store)
})

async function decided(ids: readonly string[]) {
  const all = await client.get<{ id: string; status: string }[]>('/orders')
  const ours = (status: string) =>
    all.filter((order) => ids.includes(order.id) && order.status === status).map(({ id }) => id)
  const outcome = { confirmed: ours('confirmed'), rejected: ours('rejected') }
  expect(outcome.confirmed.length + outcome.rejected.length).toBe(ids.length)
  expect(outcome.rejected.length).toBeGreaterThan(0)
  return outcome
}
