import { type Client, clientOf } from '@ordershop/check/client'
import { decidedOrder, tally } from '@ordershop/check/orders'
import { AppError } from '@ordershop/core'
import { withProgress } from '@ordershop/ops/progress'

const products = 10
const mostProductsOfAnOrder = 3
const sideBySide = 10
const mostOrders = 100_000

async function stockedProducts(shop: Client, pieces: number): Promise<string[]> {
  const made = Array.from({ length: products }, (_, n) => ({ name: `Article ${n + 1}`, price: 10 + n }))
  const ids = await shop.post('/products', made)
  const stock = ids.map((product_id) => ({ product_id, amount: pieces }))
  await shop.post('/inventory', stock)
  return ids
}

/** Order `n` takes one to three neighbouring products. */
function basket(ids: readonly string[], n: number): string[] {
  return Array.from(
    { length: 1 + (n % mostProductsOfAnOrder) },
    (_, at) => ids[(n + at) % ids.length] as string,
  )
}

/** The outcome of every order, in the order in which they were decided. */
async function outcomesOf(shop: Client, count: number): Promise<string[]> {
  const customer_id = await shop.create('/customers', { name: 'Ada', email: 'ada@server.com' })
  const ids = await stockedProducts(shop, count)
  const outcomes: string[] = []
  let next = 0
  const client = async () => {
    while (next < count) {
      const id = await shop.create('/orders', { customer_id, product_ids: basket(ids, next++) })
      outcomes.push((await decidedOrder(shop, id)).status)
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, client))
  return outcomes
}

/**
 * Fills a running shop with orders for which stock suffices, so every one must be confirmed.
 *
 * @param wanted how many, from 1 to 100,000.
 * @throws AppError `invalid` for another count, `conflict` when an order was not confirmed.
 */
export async function placeOrders(url: string, wanted: string): Promise<void> {
  const count = Number(wanted)
  if (!Number.isInteger(count) || count < 1 || count > mostOrders)
    throw new AppError('invalid', `orders: got ${wanted}, expected a whole number from 1 to ${mostOrders}`)
  const started = performance.now()
  const outcomes = await withProgress(`placing ${count} orders`, () => outcomesOf(clientOf([url]), count))
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  console.log(`${count} orders at ${url} in ${seconds} s: ${tally(outcomes)}`)
  if (outcomes.some((outcome) => outcome !== 'confirmed'))
    throw new AppError('conflict', 'orders: not all were confirmed, expected every one to be')
}
