// Runs inside a cluster (`kubectl exec -i … -- node src/drill.ts`): orders at a fixed rate until its standard input is
// closed, while the tests break things; then, when all is at rest, checks the log and the entity cache.
// One JSON object a line: `{"acknowledged":120,"refused":0}` each second, at the end a `Verdict`; exit 1 when a check fails.
import { deepStrictEqual } from 'node:assert'
import { once } from 'node:events'
import type { ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import type { Recorded } from '@ordershop/event-store'
import { withStore } from '@ordershop/shop'
import { clientOf, each, type Order } from './client.ts'
import { type Load, steadyLoad } from './load.ts'
import { eventsSince, expectSound, mark, settled } from './log.ts'
import { deliveredMails, deservedMails } from './mails.ts'
import { decisionsInOrder, expectStockMatchesOrders, foldOrders, foldStock } from './stock.ts'

/** What came of the load. */
export type Verdict = {
  readonly acknowledged: number
  /** How many requests failed, and why: `nothing`, or `3 × …`. */
  readonly refused: string
  readonly decisions: number
  readonly mails: number
  /** Acknowledged, and not in the log. */
  readonly lost: number
  /** Decisions about a product that overtook an earlier one. */
  readonly overtaken: number
  /** Orders whose row says another thing than the log. */
  readonly staleRows: number
  /** Mails that came more than once, as after a crash between the mail server's 250 and `mail_sent`. */
  readonly repeatedMails: number
  /** Stored orders by status. */
  readonly orders: Readonly<Record<string, number>>
}

const { GATEWAY_URL = 'http://127.0.0.1:5000', MAILBOX_URL = 'http://127.0.0.1:5080', ...env } = process.env
const [perSecond = '20', domain = 'drill.example'] = process.argv.slice(2)
const [customers, products, pieces] = [5, 8, 1_000]
const mailsWithinMs = 60_000

const say = (line: object) => console.log(JSON.stringify(line))
const client = clientOf([GATEWAY_URL], [200, 202])

await withStore(env, async (store) => {
  await settled(store)
  const start = await mark(store)
  const load = await orders()
  await untilInputEnds(load)
  // Redis may have gone and come back under this store as well.
  await store.ready()
  await settled(store)

  const events = await eventsSince(store, start)
  const verdict = await verdictOn(events, load)
  say(verdict)
  deepStrictEqual([verdict.lost, verdict.overtaken, verdict.staleRows], [0, 0, 0], 'lost, overtaken, stale')
  expectStockMatchesOrders(foldStock(events), foldOrders(events))
  await expectSound(store)
})

async function untilInputEnds(load: Load<string>): Promise<void> {
  const tell = () => say({ acknowledged: load.acknowledged.length, refused: load.refusals() })
  const timer = setInterval(tell, 500)
  process.stdin.resume()
  await once(process.stdin, 'end')
  clearInterval(timer)
  await load.stop()
}

async function verdictOn(events: readonly Recorded<ShopEvent>[], load: Load<string>): Promise<Verdict> {
  const stored = foldOrders(events)
  const rows = new Map((await client.get<Order[]>('/orders')).map((row) => [row.id, row]))
  const mails = deservedMails(events)
  const byStatus = Map.groupBy(stored.values(), ({ status }) => status)
  return {
    acknowledged: load.acknowledged.length,
    refused: load.refusals(),
    ...decisionsInOrder(events),
    mails: mails.length,
    lost: load.acknowledged.filter((id) => !stored.has(id)).length,
    repeatedMails: (await delivered(mails)).length - mails.length,
    staleRows: [...stored].filter(([id, { status }]) => rows.get(id)?.status !== status).length,
    orders: Object.fromEntries([...byStatus].map(([status, some]) => [status, some.length])),
  }
}

/** Every mail that was delivered, repeats included, once all that were deserved are. */
function delivered(deserved: readonly string[]): Promise<string[]> {
  return eventually(
    async () => {
      const all = await deliveredMails({ mailboxUrl: MAILBOX_URL }, domain)
      deepStrictEqual([...new Set(all)], deserved, 'mails delivered')
      return all
    },
    { withinMs: mailsWithinMs, everyMs: 200 },
  )
}

/** Orders of three pieces each by a few customers, of products of which there are enough. */
async function orders() {
  const buyers = await client.post(
    '/customers',
    each(customers, (n) => ({ name: `Customer ${n}`, email: `c${n}@${domain}` })),
  )
  const goods = await client.post(
    '/products',
    each(products, (n) => ({ name: `Product ${n}`, price: 1 + n })),
  )
  await client.post(
    '/inventory',
    goods.map((product_id) => ({ product_id, amount: pieces })),
  )
  const order = (n: number) =>
    client.create('/orders', {
      customer_id: buyers[n % customers],
      product_ids: each(3, (k) => goods[(n * (k + 1) + k) % products]),
    })
  await eventually(() => order(0).then(() => true))
  return steadyLoad(Number(perSecond), order)
}
