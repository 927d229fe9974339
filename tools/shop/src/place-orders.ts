// Fills a running shop: `place-orders.ts COUNT` (default 100) at GATEWAY_URL, by default the shop of this machine.
// Stock suffices for all of them, so every order must be confirmed; anything else exits 1.
import { AppError } from '@ordershop/core'
import { decidedOrder, tally } from '@ordershop/check/orders'
import { withProgress } from './progress.ts'
import { shopSettings } from './settings.ts'
import { type Shop, shopClient } from '@ordershop/check/shop-client'

const products = 10
const mostProductsOfAnOrder = 3
const sideBySide = 10

function wantedOrders(count = '100'): number {
  const number = Number(count)
  if (Number.isInteger(number) && number >= 1 && number <= 100_000) return number
  throw new AppError('invalid', `got ${count} orders, expected a whole number from 1 to 100000`)
}

async function create(shop: Shop, path: string, body: object): Promise<string[]> {
  return (await shop('POST', path, body)) as string[]
}

async function stockedProducts(shop: Shop, pieces: number): Promise<string[]> {
  const made = Array.from({ length: products }, (_, n) => ({ name: `Article ${n + 1}`, price: 10 + n }))
  const ids = await create(shop, '/products', made)
  const stock = ids.map((product_id) => ({ product_id, amount: pieces }))
  await create(shop, '/inventory', stock)
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
async function placeOrders(shop: Shop, count: number): Promise<string[]> {
  const [customer_id] = await create(shop, '/customers', { name: 'Ada', email: 'ada@server.com' })
  const ids = await stockedProducts(shop, count)
  const outcomes: string[] = []
  let next = 0
  const client = async () => {
    while (next < count) {
      const [id] = await create(shop, '/orders', { customer_id, product_ids: basket(ids, next++) })
      outcomes.push((await decidedOrder(shop, id)).status)
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, client))
  return outcomes
}

try {
  const count = wantedOrders(process.argv[2])
  const url = process.env.GATEWAY_URL || shopSettings(process.env).gatewayUrl
  const started = performance.now()
  const outcomes = await withProgress(`placing ${count} orders`, () => placeOrders(shopClient(url), count))
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  console.log(`${count} orders at ${url} in ${seconds} s: ${tally(outcomes)}`)
  process.exitCode = outcomes.every((outcome) => outcome === 'confirmed') ? 0 : 1
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  console.error(`place-orders: ${error instanceof Error ? error.message : error}${cause}`)
  process.exitCode = 1
}
