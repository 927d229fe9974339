// The services that an order needs until it is decided, as processes of their own, on a Redis of their own.
import { catalog, groups, type ShopEvent } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import type { RedisEventStore } from '@ordershop/event-store'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { Agent, request } from 'undici'
import { concurrently } from './load.ts'
import * as ours from './ours.ts'
import { processesOn } from './processes.ts'

const productsSpread = 1_000
export const stockOfEach = 1_000_000_000
const ordersAtOnce = 50

export type OrderShop = {
  readonly store: RedisEventStore<ShopEvent>
  readonly redis: RedisServer
  readonly customerId: string
  readonly productIds: readonly string[]
  readonly inventoryIds: readonly string[]
  /** Starts the services; before it the log is written to by the bench alone. */
  open(): Promise<void>
  /** Places so many orders of one product each, in turn, and resolves once all are decided, to orders per second. */
  decide(count: number, oneOf: readonly string[]): Promise<number>
  /** Resolves once the groups have nothing left to do. */
  settled(): Promise<unknown>
  stop(): Promise<void>
}

/** A shop with a thousand products, a billion pieces of each. */
export async function orderShop(): Promise<OrderShop> {
  const redis = await startRedis('--appendfsync', 'everysec', '--auto-aof-rewrite-percentage', '0')
  const processes = processesOn(redis.url, 'memory')
  const store = await ours.openStoreOf(catalog, redis, 'memory')
  const agent = new Agent()
  const customerId = newId()
  const productIds = Array.from({ length: productsSpread }, () => newId())
  const inventoryIds = productIds.map(() => newId())
  let order = ''

  const place = async (items: readonly object[]) => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ items })
    const answer = await request(`${order}/orders`, { dispatcher: agent, method: 'POST', headers, body })
    const text = await answer.body.text()
    if (answer.statusCode !== 200) throw new Error(`POST /orders: ${answer.statusCode} ${text}`)
  }
  const begin = (topic: string, entityId: string, event: ShopEvent) =>
    store.append({ topic, entityId, expected: 0, commandId: entityId, events: [event] })

  await begin('customer', customerId, {
    type: 'customer_created',
    data: { customer_id: customerId, name: 'Ada', email: 'ada@example.com' },
  })
  await Promise.all(
    productIds.flatMap((product_id, k) => [
      begin('product', product_id, {
        type: 'product_created',
        data: { product_id, name: 'Lamp', price_cents: 1_999, currency: 'EUR' },
      }),
      begin('inventory', product_id, {
        type: 'inventory_created',
        data: { inventory_id: inventoryIds[k] as string, product_id, amount: stockOfEach },
      }),
    ]),
  )

  const settled = () =>
    eventually(
      async () => {
        const lags = await store.ops.lag({ inventory: groups.inventory, order: groups.order })
        return lags.every(({ lag }) => lag === 0)
      },
      { withinMs: 300_000, everyMs: 5 },
    )

  return {
    store,
    redis,
    customerId,
    productIds,
    inventoryIds,
    async open() {
      await processes.start('inventory')
      order = await processes.start('order')
    },
    async decide(count, oneOf) {
      const started = performance.now()
      let next = 0
      await concurrently(Math.ceil(count / ordersAtOnce), 4, () =>
        place(
          Array.from({ length: ordersAtOnce }, () => {
            const product_ids = [oneOf[next++ % oneOf.length]]
            return { order_id: newId(), customer_id: customerId, product_ids }
          }),
        ),
      )
      await settled()
      return next / ((performance.now() - started) / 1_000)
    },
    settled,
    async stop() {
      await agent.close()
      await store.close()
      await processes.stop()
      await redis.stop()
    },
  }
}
