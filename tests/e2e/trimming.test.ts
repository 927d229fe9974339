import { clientOf, each, type Method, type Order, send } from '@ordershop/check/client'
import { steadyLoad } from '@ordershop/check/load'
import { eventCount, eventsSince, expectSound, mark, settled } from '@ordershop/check/log'
import { deliveredMails, deservedMails, expectDelivered } from '@ordershop/check/mails'
import { expectStockMatchesOrders, foldOrders, foldStock } from '@ordershop/check/stock'
import { shopClient } from '@ordershop/client'
import { projections } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { expect, test } from 'vitest'
import { expectRowsAsFolded, rowsOfVersion } from './rows.ts'
import { openTrimmedShop } from './trimmed-shop.ts'

const domain = 'trimming.example'
const kept = 5
const shop = await openTrimmedShop(kept)
const { store } = shop
const client = clientOf([shop.gatewayUrl()], [200, 202])

const customers = (count: number) =>
  client.post(
    '/customers',
    each(count, (n) => ({ name: `Reader ${n}`, email: `r${n}@${domain}` })),
  )

async function goods(count: number, amount: number): Promise<string[]> {
  const named = each(count, (n) => ({ name: `Thing ${n}`, price: 1 + n }))
  const products = await client.post('/products', named)
  await client.post(
    '/inventory',
    products.map((product_id) => ({ product_id, amount })),
  )
  return products
}

test('orders are right to the last piece and mail while hardly an event stays in Redis, whoever is killed meanwhile', async () => {
  const [buyers, products] = [await customers(8), await goods(6, 70)]
  const load = steadyLoad(20, (n) =>
    client.create('/orders', {
      customer_id: buyers[n % 8],
      product_ids: [products[n % 6], products[(n * 5 + 1) % 6]],
    }),
  )
  for (const service of ['crm', 'order', 'archiver', 'read-model', 'inventory']) {
    const before = load.acknowledged.length
    await eventually(() => load.acknowledged.length > before + 30, { withinMs: 30_000 })
    process.kill(await shop.pidOf(service), 'SIGKILL')
  }
  await load.stop()
  await shop.ready()
  await settled(store)
  const place = await shop.trimmed()

  const confirmed = (await client.get<Order[]>('/orders')).filter(({ status }) => status === 'confirmed')
  await Promise.all(confirmed.slice(0, 60).map(({ id }) => client.post('/billing', { order_id: id })))
  await settled(store)
  const events = await eventsSince(store, new Map())
  const orders = foldOrders(events)
  const tally = Map.groupBy(orders.values(), ({ status }) => status)
  console.log(
    `${load.acknowledged.length} orders acknowledged, ${load.refusals()} refused:`,
    `${[...tally].map(([status, some]) => `${some.length} ${status}`).join(', ')}; ${place}`,
  )
  expect(events).toHaveLength(await eventCount(store))
  expect(load.acknowledged.filter((id) => !orders.has(id))).toEqual([])
  expect([...tally.keys()].sort()).toEqual(['billed', 'confirmed', 'rejected'])
  expect(tally.get('billed')).toHaveLength(60)
  expectStockMatchesOrders(foldStock(events), orders)
  await expectRowsAsFolded(client, events)
  await expectDelivered(shop, domain, deservedMails(events))
  await expectSound(store)
})

test('a group that was away while all that it had to do left Redis does all of it, once', async () => {
  await settled(store)
  const start = await mark(store)
  const sent = await deliveredMails(shop, domain)
  await shop.run('stop', 'crm')
  const [buyers, products] = [await customers(20), await goods(2, 100)]
  const orderOf = (n: number) => ({ customer_id: buyers[n % 20], product_ids: [products[n % 2]] })
  for (const post of each(16, (n) => each(10, (k) => orderOf(n + k)))) await client.post('/orders', post)
  await settled(store, ['crm', 'mail'])
  const gone = async () => {
    const events = await shop.trimmedBeyond('order', start)
    expect(events).toBeGreaterThan(150)
    return events
  }
  const missed = await eventually(gone, { withinMs: 20_000 })
  await shop.run('start', 'crm')
  await settled(store)
  const deserved = deservedMails(await eventsSince(store, start))
  console.log(
    `${deserved.length} mails of a crm that was away; ${missed} events of orders had left Redis meanwhile`,
  )
  // 20 welcomes, 160 thanks, 160 outcomes
  expect(deserved).toHaveLength(340)
  await expectDelivered(shop, domain, [...sent, ...deserved].sort())
})

test('each order is told as each of its events has left it, though most of them are in the archive', async () => {
  await settled(store)
  await shop.trimmed()
  const events = (await eventsSince(store, new Map())).filter(({ topic }) => topic === 'order')
  const changes = events.filter(({ type }) => /^order_(created|confirmed|rejected)$/.test(type)).slice(0, 40)
  for (const { position, entity_id, version, entry_id, recorded_at, data } of changes) {
    const { status } = data as { status: string }
    const [then, at] = await Promise.all(
      [position, recorded_at].map((at) => v1<{ status: string }>('GET', `orders/${entity_id}?at=${at}`)),
    )
    expect(then).toMatchObject({ body: { order_id: entity_id, status } })
    expect(then?.headers.get('etag')).toBe(`"${version}-${entry_id}"`)
    expect(at?.status).toBe(200)
    if (version > 1) continue
    expect(
      await v1('GET', `orders/${entity_id}?at=${new Date(Date.parse(recorded_at) - 1).toISOString()}`),
    ).toMatchObject({
      status: 404,
    })
  }
})

test('orders are listed by what they are, page by page', async () => {
  const orders = [...foldOrders(await eventsSince(store, new Map()))]
  const confirmed = orders.filter(([, { status }]) => status === 'confirmed' || status === 'billed')
  const listed: string[] = []
  const pages = shopClient({ url: shop.gatewayUrl() }).list('/v1/orders', { status: 'confirmed', limit: 50 })
  for await (const { order_id } of pages) listed.push(order_id)
  expect(listed).toEqual(confirmed.map(([id]) => id).sort())
})

test('changes of different members at once all survive', async () => {
  const [id] = await customers(1)
  for (let round = 0; round < 20; round++) {
    const name = `Reader ${round}`
    const email = `r${round}@${domain}`
    const both = [{ name }, { email }].map((change) => v1('PATCH', `customers/${id}`, change))
    for (const { status } of await Promise.all(both)) expect([200, 202]).toContain(status)
    await settled(store)
    expect((await v1('GET', `customers/${id}`)).body).toEqual({ customer_id: id, name, email })
  }
})

test('a rebuild from the first event gives the same rows, though most of the events are in the archive', async () => {
  await settled(store)
  await shop.trimmed()
  const before = await rowsOfVersion(shop.redis, 1)
  await shop.ops('rebuild', 'read-model')
  const built = async () =>
    expect(await store.ops.projection('read-model', projections['read-model'])).toMatchObject({
      live: 2,
      building: null,
    })
  await eventually(built, { withinMs: 30_000, everyMs: 200 })
  const after = await rowsOfVersion(shop.redis, 2)
  console.log(`${after.size} rows rebuilt`)
  expect(before.size).toBeGreaterThan(500)
  expect(after).toEqual(before)
})

test('an operator who checks the log is told of every event, and restores no more of it than Redis is to have', async () => {
  await settled(store)
  const events = await eventCount(store)
  expect(await verified()).toBe(events)
  await eventually(async () => expect(await archived()).toBe(events), { withinMs: 20_000, everyMs: 200 })
  const shown = await client.get('/report')

  await shop.run('down')
  await shop.redis.flushall()
  await shop.ops('archive', 'restore', '--keep', String(kept))
  expect(await shop.inRedis()).toBeLessThan(events / 4)
  await shop.run('up', '--detach', '--no-demo')
  await store.ready()
  await settled(store)
  expect(await client.get('/report')).toEqual(shown)
  const [[customer_id], [product_id]] = [await customers(1), await goods(1, 1)]
  const order = await client.create('/orders', { customer_id, product_ids: [product_id] })
  await eventually(async () => expect((await client.get<Order>(`/order/${order}`)).status).toBe('confirmed'))
  await settled(store)
  expect(await verified()).toBe(await eventCount(store))
  // The mailbox is new, and what had been sent is not sent again: a welcome, thanks, a payment request.
  expect(await deliveredMails(shop, domain)).toHaveLength(3)
})

async function v1<T>(method: Method, path: string, body?: unknown) {
  const answer = await send(shop.gatewayUrl(), method, `/v1/${path}`, body)
  return { ...answer, body: answer.body as T }
}

type Topic = { readonly events: number; readonly archived: number; readonly problem: string }
const topicsOf = async (...args: string[]): Promise<Topic[]> => JSON.parse(await shop.ops('--json', ...args))

/** Events that `ordershop-ops verify` has walked over, without a complaint. */
async function verified(): Promise<number> {
  const topics = await topicsOf('verify')
  expect(topics.filter(({ problem }) => problem !== 'none')).toEqual([])
  return topics.reduce((sum, { events }) => sum + events, 0)
}

async function archived(): Promise<number> {
  return (await topicsOf('archive', 'status')).reduce((sum, topic) => sum + topic.archived, 0)
}
