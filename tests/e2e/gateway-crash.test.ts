import { createHash } from 'node:crypto'
import { clientOf } from '@ordershop/check/client'
import { eventsSince, expectSound, mark, settled } from '@ordershop/check/log'
import { eventually } from '@ordershop/core/testing'
import { withRedis } from '@ordershop/local-shop/keys'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()])

test('an order whose gateway is killed with the request in hand is placed once by a repeat at another gateway', async () => {
  const customer_id = await client.create('/customers', { name: 'Ada', email: 'ada@gateway-crash.example' })
  const product_id = await client.create('/products', { name: 'Lamp', price: 19.99 })
  await client.create('/inventory', { product_id, amount: 5 })
  await shop.run('scale', 'gateway', '2')
  await shop.ready()
  await settled(store)
  const start = await mark(store)
  const key = 'order-of-a-killed-gateway'
  const order = (instance: number) =>
    fetch(`${shop.gatewayUrl(instance)}/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ customer_id, product_ids: [product_id] }),
    })

  const [gateway, orders] = [await shop.pidOf('gateway'), await shop.pidOf('order')]
  process.kill(orders, 'SIGSTOP')
  try {
    const first = order(1).catch((error: Error) => error)
    await eventually(() => isUnderWay(key))
    expect((await order(2)).status).toBe(409)
    process.kill(gateway, 'SIGKILL')
    expect(await first).toBeInstanceOf(Error)
  } finally {
    process.kill(orders, 'SIGCONT')
  }
  const killed = performance.now()
  const placed = await eventually(async () => {
    const answer = await order(2)
    expect(answer.status).toBe(201)
    return (await answer.json()) as { order_id: string }
  })
  const seconds = ((performance.now() - killed) / 1_000).toFixed(1)
  console.log(`placed ${seconds} s after its first gateway was killed`)

  const created = (await eventsSince(store, start, ['order'])).filter(({ type }) => type === 'order_created')
  expect(created.map(({ entity_id }) => entity_id)).toEqual([placed.order_id])
  await settled(store)
  await expectSound(store)
})

/** Whether a gateway works at the request with this key. */
function isUnderWay(key: string): Promise<boolean> {
  const name = `idempotency:{${createHash('sha256').update(key).digest('hex')}}:busy`
  return withRedis(shop.redisUrl, async (redis) => (await redis.exists(name)) === 1)
}
