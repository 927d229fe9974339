// Orders until they are decided, by the order and inventory services: all for one product, and spread over a thousand.
import { catalog, groups } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import { startRedis } from '@ordershop/event-store/testing'
import { Agent, request } from 'undici'
import { concurrently } from './load.ts'
import { measure, type Result, scaled } from './measure.ts'
import * as ours from './ours.ts'
import { processesOn } from './processes.ts'

const products = 1_000
const ordersAtOnce = 50

export async function ordersSuite(): Promise<Result[]> {
  const redis = await startRedis('--appendfsync', 'everysec')
  const processes = processesOn(redis.url, 'memory')
  const store = await ours.openStoreOf(catalog, redis, 'memory')
  const [customer, product, inventory, order] = (await Promise.all(
    ['customer', 'product', 'inventory', 'order'].map((service) => processes.start(service)),
  )) as [string, string, string, string]
  const agent = new Agent()
  const create = async (url: string, items: readonly object[]) => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ items })
    const answer = await request(url, { dispatcher: agent, method: 'POST', headers, body })
    const text = await answer.body.text()
    if (answer.statusCode !== 200) throw new Error(`POST ${url}: ${answer.statusCode} ${text}`)
  }

  const customer_id = newId()
  const ids = Array.from({ length: products }, () => newId())
  await create(`${customer}/customers`, [{ customer_id, name: 'Ada', email: 'ada@example.com' }])
  await create(
    `${product}/products`,
    ids.map((product_id) => ({ product_id, name: 'Lamp', price_cents: 1_999 })),
  )
  await create(
    `${inventory}/inventory`,
    ids.map((product_id) => ({ inventory_id: newId(), product_id, amount: 1_000_000_000 })),
  )

  const decided = async (oneOf: readonly string[]): Promise<number> => {
    const count = scaled(3_000)
    const started = performance.now()
    let next = 0
    await concurrently(Math.ceil(count / ordersAtOnce), 4, () =>
      create(
        `${order}/orders`,
        Array.from({ length: ordersAtOnce }, () => {
          const product_ids = [oneOf[next++ % oneOf.length]]
          return { order_id: newId(), customer_id, product_ids }
        }),
      ),
    )
    const { inventory, order: confirming } = groups
    await eventually(
      async () => {
        const lags = await store.ops.lag({ inventory, order: confirming })
        return lags.every(({ lag }) => lag === 0)
      },
      { withinMs: 120_000, everyMs: 5 },
    )
    return next / ((performance.now() - started) / 1_000)
  }
  const result = await measure('orders', {
    name: 'from the request until confirmed',
    unit: 'orders/s',
    contenders: [
      { name: 'one hot product', run: () => decided(ids.slice(0, 1)) },
      { name: '1,000 products', run: () => decided(ids) },
    ],
    atLeast: { '1,000 products': 0.5 },
  })
  await agent.close()
  await store.close()
  await processes.stop()
  await redis.stop()
  return [result]
}
