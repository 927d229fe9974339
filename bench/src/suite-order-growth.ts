// What an order costs after a million others, all still open: of one product, and spread over a thousand.
import { catalog } from '@ordershop/contracts'
import { type Contender, measure, progress, type Result, scaled } from './measure.ts'
import { fillWithOrders } from './open-orders.ts'
import { type OrderShop, orderShop } from './order-shop.ts'
import * as ours from './ours.ts'

/** ±15 %: nothing of it may grow with the orders before it. */
const flat = 0.85
const sizes = [1_000_000, 1_000].map(scaled)
const nameOf = (size: number) => `${size.toLocaleString('en')} open`

export async function orderGrowthSuite(): Promise<Result[]> {
  const hot = await shopsWith(1)
  const results = [
    await compared('orders of one product until confirmed', hot, 'orders/s', ({ shop, oneOf }) =>
      shop.decide(scaled(3_000), oneOf),
    ),
    await compared('takeovers of that product: all that its next owner reads', hot, 'takeovers/s', takeOver),
  ]
  for (const { shop } of hot) await shop.stop()
  const spread = await shopsWith(1_000)
  results.push(
    await compared(
      'orders spread over 1,000 products until confirmed',
      spread,
      'orders/s',
      ({ shop, oneOf }) => shop.decide(scaled(3_000), oneOf),
    ),
  )
  for (const { shop } of spread) await shop.stop()
  return results
}

type Filled = { readonly size: number; readonly shop: OrderShop; readonly oneOf: readonly string[] }

async function shopsWith(products: number): Promise<Filled[]> {
  const filled: Filled[] = []
  for (const size of sizes) {
    const shop = await orderShop()
    const oneOf = shop.productIds.slice(0, products)
    progress(`growth: ${nameOf(size)} orders of ${products.toLocaleString('en')} products`)
    await fillWithOrders(shop, size, oneOf)
    await shop.open()
    filled.push({ size, shop, oneOf })
  }
  return filled
}

function compared(
  name: string,
  filled: readonly Filled[],
  unit: string,
  run: (one: Filled) => Promise<number>,
): Promise<Result> {
  const contenders = filled.map((one): Contender => ({ name: nameOf(one.size), run: () => run(one) }))
  const smallest = contenders.at(-1) as Contender
  return measure('order growth', {
    name,
    unit,
    contenders,
    atLeast: { [smallest.name]: flat },
  })
}

/** What a process that remembers nothing reads before it decides about the product. */
async function takeOver({ shop, oneOf }: Filled): Promise<number> {
  const store = await ours.openStoreOf(catalog, shop.redis, 'memory')
  const target = { topic: 'inventory', entityId: oneOf[0] as string }
  const partition = store.partitionOf(target.entityId)
  const snapshot = await shop.redis.client.hget(`snapshots:{inventory:${partition}}`, target.entityId)
  const [, , snapshotRevision = ''] = snapshot?.split('|') ?? []
  const started = performance.now()
  await store.load(target, { snapshotRevision })
  const ms = performance.now() - started
  await store.close()
  return 1_000 / ms
}
