import { clientOf, type Report } from '@ordershop/check/client'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const shop = await openShop()

test('`shop orders` places as many orders as asked for, and all are confirmed', async () => {
  const client = clientOf([shop.gatewayUrl()])
  const before = await client.get<Report>('/report')
  expect(await shop.run('orders', '25')).toContain(': 25 confirmed\n')
  const known = new Set(before.orders.map(({ id }) => id))
  const placed = (await client.get<Report>('/report')).orders.filter(({ id }) => !known.has(id))
  expect(placed.map(({ status }) => status)).toEqual(Array(25).fill('confirmed'))
})

test('`shop orders` refuses an invalid count, and orders nothing', async () => {
  const { orders } = await clientOf([shop.gatewayUrl()]).get<Report>('/report')
  const failure = await shop.run('orders', 'many').catch((error) => error)
  expect([failure.code, failure.stderr]).toEqual([
    1,
    'orders: got many, expected a whole number from 1 to 100000\n',
  ])
  expect((await clientOf([shop.gatewayUrl()]).get<Report>('/report')).orders).toHaveLength(orders.length)
})
