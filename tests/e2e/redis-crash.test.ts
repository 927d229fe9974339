import { type Customer, clientOf, type Order } from '@ordershop/check/client'
import { steadyLoad } from '@ordershop/check/load'
import { eventsSince, expectSound, mark, settled } from '@ordershop/check/log'
import { deliveredMails, deservedMails } from '@ordershop/check/mails'
import { eventually } from '@ordershop/core/testing'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const recoveredWithinMs = 10_000
const domain = 'redis-crash.example'
const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()], [200, 202])

test('Redis killed with SIGKILL under load loses no acknowledged customer, and every service is back within 10 s without a restart', async () => {
  await settled(store)
  const start = await mark(store)
  const product_id = await client.create('/products', { name: 'Rock', price: 5 })
  await client.post('/inventory', { product_id, amount: 1_000 })
  const before = await shop.ready()
  const redisPid = await shop.pidOf('redis')
  const load = steadyLoad(40, (n) =>
    client.create('/customers', { name: `Customer ${n}`, email: `c${n}@${domain}` }),
  )
  await eventually(() => load.acknowledged.length > 40)

  process.kill(redisPid, 'SIGKILL')
  const killed = performance.now()
  const acknowledgedBefore = load.acknowledged.length
  // Restarted, and so known to be gone by all who were connected.
  await eventually(() => store.health().ready === false)
  await eventually(() => store.health().ready)
  const ports = before.filter(({ service }) => service !== 'redis').map(({ port }) => port)
  const ready = (port: number) =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await eventually(async () => (await Promise.all(ports.map(ready))).every(Boolean), {
    withinMs: recoveredWithinMs,
  })
  const readyMs = performance.now() - killed
  expect(readyMs).toBeLessThan(recoveredWithinMs)

  // Ready is what they say; an order that goes all the way is what they do.
  const customer_id = load.acknowledged[0]
  const id = await client.create('/orders', { customer_id: customer_id as string, product_ids: [product_id] })
  await eventually(async () => (await client.get<Order>(`/order/${id}`)).status === 'confirmed')
  await eventually(async () => {
    const events = await eventsSince(store, start, ['order', 'delivery'])
    const confirmed = events.find((event) => event.type === 'order_confirmed' && event.data.order_id === id)
    return events.some(
      (event) =>
        event.type === 'mail_sent' &&
        event.data.template === 'payment_request' &&
        event.correlation_id === confirmed?.correlation_id,
    )
  })
  const workingMs = performance.now() - killed
  expect(workingMs).toBeLessThan(recoveredWithinMs)

  await eventually(() => load.acknowledged.length > acknowledgedBefore + 40)
  await load.stop()
  await settled(store)
  const events = await eventsSince(store, start)
  const stored = new Set(
    events.flatMap((event) => (event.type === 'customer_created' ? [event.data.customer_id] : [])),
  )
  const shown = new Set((await client.get<Customer[]>('/customers')).map(({ id }) => id))
  const lost = load.acknowledged.filter((customer) => !stored.has(customer) || !shown.has(customer))
  // A mail whose mail_sent Redis could not take any more is sent again: the place that mail-crash.test.ts is about.
  const deserved = deservedMails(events)
  const delivered = () => deliveredMails(shop, domain)
  await eventually(async () => expect([...new Set(await delivered())]).toEqual(deserved))
  const repeated = (await delivered()).length - deserved.length
  console.log(
    `${load.acknowledged.length} customers acknowledged, ${stored.size} stored, refused ${load.refusals()}, ${lost.length} lost, ${repeated} mails repeated; all ready after ${Math.round(readyMs)} ms, an order confirmed and its mail sent after ${Math.round(workingMs)} ms`,
  )
  expect(lost).toEqual([])
  const pids = (all: typeof before) =>
    Object.fromEntries(
      all.filter(({ service }) => service !== 'redis').map(({ instance, pid }) => [instance, pid]),
    )
  expect(pids(await shop.ready())).toEqual(pids(before))
  expect(await shop.pidOf('redis')).not.toBe(redisPid)
  await expectSound(store)
})
