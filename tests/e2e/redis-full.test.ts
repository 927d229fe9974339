import { type Customer, clientOf, type Order, send } from '@ordershop/check/client'
import { expectSound, settled } from '@ordershop/check/log'
import { eventually } from '@ordershop/core/testing'
import { Redis } from 'ioredis'
import { afterAll, expect, inject, test } from 'vitest'
import { opsCommand } from './sandbox.ts'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()], [200, 202])
const redis = new Redis(shop.redisUrl)
const makeRoom = () => redis.config('SET', 'maxmemory', '0')
afterAll(async () => {
  await makeRoom()
  redis.disconnect()
})

test('a Redis at its maxmemory refuses writes in one sentence, answers reads and lag, and all continues when there is room', async () => {
  await settled(store)
  const customer_id = await client.create('/customers', { name: 'Ada', email: 'ada@redis-full.example' })
  const product_id = await client.create('/products', { name: 'Rock', price: 5 })
  await client.post('/inventory', { product_id, amount: 10 })
  await settled(store)
  await shop.run('stop', 'crm')
  const order = { customer_id, product_ids: [product_id] }
  const id = await client.create('/orders', order)

  // Less than it uses, so it is full at once.
  await redis.config('SET', 'maxmemory', '1')
  const refused = await send(shop.gatewayUrl(), 'POST', '/orders', order)
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(refused.body).toMatchObject({
    detail: expect.stringContaining('Redis has reached its maxmemory and refuses writes'),
  })
  expect((await client.get<Customer>(`/customer/${customer_id}`)).name).toBe('Ada')
  await shop.run('start', 'crm')
  expect(await opsCommand(inject('sandbox'), 'lag')).toMatch(/crm +customer:\d/)
  const stopped = (await shop.ready()).filter(({ ready }) => !ready)
  expect(stopped).toEqual([])

  await makeRoom()
  const later = await client.create('/orders', order)
  for (const one of [id, later])
    await eventually(async () => expect((await client.get<Order>(`/order/${one}`)).status).toBe('confirmed'))
  await settled(store)
  await expectSound(store)
})
