// Orders until they are decided, by the order and inventory services: all for one product, and spread over a thousand.
import { measure, type Result, scaled } from './measure.ts'
import { orderShop } from './order-shop.ts'

export async function ordersSuite(): Promise<Result[]> {
  const shop = await orderShop()
  await shop.open()
  const decided = (oneOf: readonly string[]) => shop.decide(scaled(3_000), oneOf)
  const result = await measure('orders', {
    name: 'from the request until confirmed',
    unit: 'orders/s',
    contenders: [
      { name: 'one hot product', run: () => decided(shop.productIds.slice(0, 1)) },
      { name: '1,000 products', run: () => decided(shop.productIds) },
    ],
    atLeast: { '1,000 products': 0.5 },
  })
  await shop.stop()
  return [result]
}
