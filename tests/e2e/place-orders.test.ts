import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '@ordershop/local-shop/settings'
import { clientOf, type Report } from '@ordershop/check/client'
import { openShop } from './shop.ts'

const shop = await openShop()
const placeOrders = (count: string) =>
  promisify(execFile)(process.execPath, [join(root, 'scripts/src/place-orders.ts'), count], {
    env: { ...process.env, GATEWAY_URL: shop.gatewayUrl() },
  })

test('place-orders places as many orders as asked for, and all are confirmed', async () => {
  const client = clientOf([shop.gatewayUrl()])
  const before = await client.get<Report>('/report')
  const { stdout } = await placeOrders('25')
  expect(stdout).toContain(': 25 confirmed\n')
  const known = new Set(before.orders.map(({ id }) => id))
  const placed = (await client.get<Report>('/report')).orders.filter(({ id }) => !known.has(id))
  expect(placed.map(({ status }) => status)).toEqual(Array(25).fill('confirmed'))
})

test('place-orders refuses a count that is none, and orders nothing', async () => {
  const { orders } = await clientOf([shop.gatewayUrl()]).get<Report>('/report')
  const failure = await placeOrders('many').catch((error) => error)
  expect([failure.code, failure.stderr]).toEqual([
    1,
    'place-orders: got many orders, expected a whole number from 1 to 100000\n',
  ])
  expect((await clientOf([shop.gatewayUrl()]).get<Report>('/report')).orders).toHaveLength(orders.length)
})
