// Checks a shop that runs elsewhere, from outside: the article's nine steps, an order all the way to its mails, and the
// entity cache rebuilt. `helm test` runs it; GATEWAY_URL and REDIS_… say where. Works beside other traffic.
import { deepStrictEqual, strictEqual } from 'node:assert'
import { projections } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import type { RowQuery } from '@ordershop/event-store'
import { withStore } from '@ordershop/shop'
import { clientOf } from './client.ts'
import { demoSteps } from './demo-steps.ts'

const { GATEWAY_URL = 'http://127.0.0.1:5000', ...env } = process.env
const shop = clientOf([GATEWAY_URL])
const topics = projections['read-model']

/** Mails take a moment; a rebuild waits while the version before the live one is still kept, for a minute. */
const mailWithinMs = 60_000
const rebuiltWithinMs = 120_000

type Ordered = { readonly customer: string; readonly product: string; readonly order: string }

for (const [at, { title, take }] of demoSteps().entries())
  console.log(`${at + 1}. ${title}: ${await take(shop)}`)
const ordered = await order()
console.log(`mails sent for order ${ordered.order}: ${(await mailsOf(ordered.customer)).join(', ')}`)
const before = await rowsOf(ordered)
console.log(`the entity cache was rebuilt as version ${await rebuilt()}`)
deepStrictEqual(await rowsOf(ordered), before, 'rows of the order before and after the rebuild')
console.log(`its rows equal those before: ${JSON.stringify(before[0])}`)

async function order(): Promise<Ordered> {
  const customer = await shop.create('/customers', { name: 'Check', email: 'check@server.com' })
  const product = await shop.create('/products', { name: 'Checked', price: 9.99 })
  await shop.create('/inventory', { product_id: product, amount: 1 })
  const id = await shop.create('/orders', { customer_id: customer, product_ids: [product] })
  await eventually(
    async () => {
      const seen = await shop.get<{ status: string }>(`/order/${id}`)
      strictEqual(seen.status, 'confirmed', `status of order ${id}`)
    },
    { withinMs: mailWithinMs, everyMs: 100 },
  )
  return { customer, product, order: id }
}

/** The templates of the mails that a customer was sent, once all that an order deserves are. */
function mailsOf(customer: string): Promise<string[]> {
  // Entry ids are times by Redis' clock, which may be somewhat behind ours.
  const after = `${Date.now() - 300_000}-0`
  return withStore(env, (store) =>
    eventually(
      async () => {
        const sent: string[] = []
        for (let partition = 0; partition < store.partitions; partition++)
          for await (const event of store.readTopic('delivery', partition, { after }))
            if (event.type === 'mail_sent' && event.data.customer_id === customer)
              sent.push(event.data.template)
        deepStrictEqual(sent.sort(), ['payment_request', 'thanks', 'welcome'], 'mails sent')
        return sent
      },
      { withinMs: mailWithinMs, everyMs: 200 },
    ),
  )
}

/** Rows of the version that is live now: every store looks it up when it opens. */
function rowsOf({ customer, product, order }: Ordered): Promise<readonly unknown[]> {
  return withStore(env, (store) => {
    const hash = (topic: string, id: string): RowQuery => ({
      ...{ command: 'HGETALL', topic, partition: store.partitionOf(id), row: `${topic}_entity:${id}` },
    })
    const list: RowQuery = {
      ...{ command: 'LRANGE', topic: 'order', partition: store.partitionOf(order) },
      ...{ row: `order_product_ids:${order}`, args: [0, -1] },
    }
    return store
      .cache('read-model')
      .query([hash('order', order), list, hash('customer', customer), hash('product', product)])
  })
}

/** Rebuilds the entity cache and waits until the new version is live; its number. */
function rebuilt(): Promise<number> {
  return withStore(env, async ({ ops }) => {
    const patience = { withinMs: rebuiltWithinMs, everyMs: 500 }
    const { building } = await eventually(() => ops.rebuild('read-model', topics), patience)
    return eventually(async () => {
      const { live } = await ops.projection('read-model', topics)
      strictEqual(live, building, 'the live version')
      return live
    }, patience)
  })
}
