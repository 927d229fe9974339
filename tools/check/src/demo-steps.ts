import { deepStrictEqual, notStrictEqual, strictEqual } from 'node:assert'
import type { Client, Order } from './client.ts'
import { decidedOrder, tally } from './orders.ts'

/** One step: takes it, checks what the article's client checks, says what came of it. */
export type Step = { readonly title: string; take(shop: Client): Promise<string> }

const pieces = 100
const each = 10

/** The nine steps; ids of earlier steps are remembered, so that they work in a shop that holds more than theirs. */
export function demoSteps(): readonly Step[] {
  let customers: string[] = []
  let products: string[] = []
  const orders: string[] = []
  return [
    {
      title: 'create customers',
      async take(shop) {
        const names = Array.from({ length: each }, randomName)
        const body = names.map((name) => ({ name, email: `${name.toLowerCase()}@server.com` }))
        customers = await create(shop, '/customers', body)
        return `${customers.length} customers`
      },
    },
    {
      title: 'create products',
      async take(shop) {
        const body = Array.from({ length: each }, () => ({
          name: randomName(),
          price: 10 + randomBelow(991),
        }))
        products = await create(shop, '/products', body)
        return `${products.length} products`
      },
    },
    {
      title: 'create inventory',
      async take(shop) {
        const ids = await create(
          shop,
          '/inventory',
          products.map((product_id) => ({ product_id, amount: pieces })),
        )
        return `${pieces} pieces of each of ${ids.length} products`
      },
    },
    {
      title: 'create orders',
      async take(shop) {
        for (let made = 0; made < each; made++) {
          const product_ids = Array.from({ length: 1 + randomBelow(10) }, () => oneOf(products))
          orders.push(...(await create(shop, '/orders', { product_ids, customer_id: oneOf(customers) })))
        }
        const outcomes = await Promise.all(orders.map((id) => decidedOrder(shop, id)))
        return `${each} orders of 1 to 10 products, ${tally(outcomes.map(({ status }) => status))}`
      },
    },
    {
      title: 'update the second order',
      async take(shop) {
        const order = await decidedOrder(shop, orders[1])
        const replaced = order.product_ids[0]
        order.product_ids[0] = oneOf(products.filter((id) => id !== replaced))
        strictEqual(await shop.put(`/order/${order.id}`, order), true)
        const now = await decidedOrder(shop, order.id)
        deepStrictEqual(now.product_ids, order.product_ids)
        return `another first product, ${now.status} again`
      },
    },
    {
      title: 'delete the third order',
      async take(shop) {
        strictEqual(await shop.delete(`/order/${orders[2]}`), true)
        strictEqual(await shop.get(`/order/${orders[2]}`), null)
        return 'GET answers null, its pieces are back in stock'
      },
    },
    {
      title: 'delete the third customer',
      async take(shop) {
        strictEqual(await shop.delete(`/customer/${customers[2]}`), true)
        strictEqual(await shop.get(`/customer/${customers[2]}`), null)
        return 'GET answers null'
      },
    },
    {
      title: 'bill the first order',
      async take(shop) {
        const [billing] = await shop.post('/billing', { order_id: orders[0] })
        notStrictEqual(billing, undefined)
        return `billing ${billing}`
      },
    },
    {
      title: 'list the unbilled orders',
      async take(shop) {
        const all = await shop.get<Order[]>('/orders/unbilled')
        const ours = all.filter(({ id }) => orders.includes(id))
        strictEqual(ours.length, each - 2, 'unbilled orders: all but the deleted and the billed one')
        return `${ours.length} of these ${each}: all but the deleted and the billed one`
      },
    },
  ]
}

/** Creates, and checks that the shop lists what it said it created. */
async function create(shop: Client, path: string, body: object): Promise<string[]> {
  const ids = await shop.post(path, body)
  const listed = new Set((await shop.get<{ id: string }[]>(path)).map(({ id }) => id))
  strictEqual(ids.length, Array.isArray(body) ? body.length : 1)
  for (const id of ids) strictEqual(listed.has(id), true, `GET ${path} does not list ${id}`)
  return ids
}

function randomBelow(limit: number): number {
  return Math.floor(Math.random() * limit)
}

function oneOf(ids: readonly string[]): string {
  const id = ids[randomBelow(ids.length)]
  if (id === undefined) throw new Error('expected ids of an earlier step')
  return id
}

function randomName(): string {
  const letters = Array.from({ length: 10 }, () => String.fromCharCode(97 + randomBelow(26))).join('')
  return letters.charAt(0).toUpperCase() + letters.slice(1)
}
