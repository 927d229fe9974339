import { catalog, type EventOf, type ShopEvent, type TopicEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { type EventStore, memoryEventStore } from '@ordershop/event-store'
import { type Served, serve } from '@ordershop/service/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { billings } from './billings.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

const id = (n: number) => `0199c1e2-7f3a-7c3e-9b1d-${n.toString(16).padStart(12, '0')}`
const ada = id(1)
const order = (n: number, status: 'pending' | 'confirmed') => ({
  order_id: id(1_000 + n),
  customer_id: ada,
  product_ids: [id(2)],
  lines: [],
  total_cents: 1999,
  currency: 'EUR' as const,
  status,
})

describe('billing over HTTP', () => {
  let store: EventStore<ShopEvent>
  let shop: Served
  beforeEach(async () => {
    store = memoryEventStore({ catalog })
    for (const subscription of subscriptions({ store })) store.subscribe(subscription)
    shop = await serve(routes({ store, billings: billings(store, { waitMs: 300, everyMs: 5 }) }))
  })
  afterEach(async () => {
    await shop.close()
    await store.close()
  })

  let written = 0
  const record = (n: number, event: TopicEvent<'order'>) =>
    store.append({
      topic: 'order',
      entityId: id(1_000 + n),
      expected: 'any',
      commandId: `write ${written++}`,
      events: [event],
    })
  const place = (n: number) =>
    record(n, { type: 'order_created', data: { ...order(n, 'pending'), wants: [] } })
  const confirm = (n: number) =>
    record(n, { type: 'order_confirmed', data: { ...order(n, 'confirmed'), releases: [] } })

  /** Stands in for the order service: every order answers so. */
  const answering = (
    decide: (request: EventOf<'billing_requested'> & { version: number }) => TopicEvent<'order'>,
  ) =>
    store.subscribe({
      group: 'order',
      topics: ['billing'],
      on: {
        async billing_requested(event, context) {
          const { order_id: entityId } = event.data
          const cause = context.caused(event)
          await store.append({ topic: 'order', entityId, expected: 'any', ...cause, events: [decide(event)] })
        },
      },
    })
  const granting = () =>
    answering(({ data }) => ({ type: 'order_billed', data: { ...data, status: 'confirmed', sells: [] } }))
  const bill = (...orders: number[]) =>
    shop.request('POST', '/billings', { items: orders.map((n) => ({ order_id: id(1_000 + n) })) })
  const history = async (n: number) =>
    (await store.readEntity({ topic: 'billing', entityId: id(1_000 + n) })).map(({ type }) => type)

  test('answers with the bill once the order has agreed, and with the positions of both', async () => {
    granting()
    await place(1)
    await confirm(1)
    const { status, body } = await bill(1)
    expect(status).toBe(200)
    const [created] = (await store.readEntity({ topic: 'billing', entityId: id(1_001) })).slice(-1)
    expect(created).toMatchObject({ type: 'billing_created', data: { total_cents: 1999, customer_id: ada } })
    expect(body).toMatchObject({
      ids: [(created as EventOf<'billing_created'>).data.billing_id],
      positions: [
        { topic: 'billing', position: 2 },
        { topic: 'order', position: 3 },
      ],
    })
  })

  test('answers a repeat with the same bill', async () => {
    granting()
    await confirm(1)
    const first = await bill(1)
    expect(await bill(1, 1)).toMatchObject({
      status: 200,
      body: { ids: Array(2).fill((first.body as { ids: string[] }).ids[0]) },
    })
    expect(await history(1)).toEqual(['billing_requested', 'billing_created'])
  })

  test('tells a bill as it was created, and of none before', async () => {
    granting()
    await confirm(1)
    const [billingId] = ((await bill(1)).body as { ids: string[] }).ids
    const at = (when: number, n = 1) =>
      shop.request('GET', `/billings/${billingId}?order_id=${id(1_000 + n)}&at=${when}`)
    const [created] = (await store.readEntity({ topic: 'billing', entityId: id(1_001) })).slice(-1)
    expect(await at(2)).toMatchObject({
      status: 200,
      body: {
        entity: { billing_id: billingId, total_cents: 1999, billed_at: created?.recorded_at },
        version: 2,
      },
    })
    expect((await at(1)).status).toBe(404)
    expect((await at(2, 2)).status).toBe(404)
  })

  test('waits for a pending order', async () => {
    granting()
    await place(1)
    const answer = bill(1)
    await confirm(1)
    expect((await answer).status).toBe(200)
  })

  test('refuses what is pending for good, rejected, unknown or deleted, and bills none of the others', async () => {
    await confirm(1)
    await place(2)
    await record(3, {
      type: 'order_rejected',
      data: {
        order_id: id(1_003),
        customer_id: ada,
        status: 'rejected',
        reason: 'out_of_stock',
        product_id: id(2),
        releases: [],
      },
    })
    await record(4, { type: 'order_deleted', data: { ...order(4, 'confirmed'), releases: [] } })
    expect(await bill(1, 2)).toMatchObject({
      status: 409,
      body: { error: { fields: [{ path: 'items.1.order_id' }] } },
    })
    expect((await bill(3)).status).toBe(409)
    expect(await bill(4, 1, 5)).toMatchObject({
      status: 400,
      body: { error: { fields: [{ path: 'items.0.order_id' }, { path: 'items.2.order_id' }] } },
    })
    expect(await history(1)).toEqual([])
  })

  test('does not wait for a pending order when another one cannot be billed anyway', async () => {
    await place(1)
    const patient = await serve(routes({ store, billings: billings(store, { waitMs: 60_000, everyMs: 5 }) }))
    const items = [{ order_id: id(1_001) }, { order_id: id(1_005) }]
    expect((await patient.request('POST', '/billings', { items })).status).toBe(400)
    await patient.close()
  })

  test('reports that the order refused after all, and asks again the next time', async () => {
    await confirm(1)
    const refusing = answering(({ data: { order_id, billing_id }, version }) => ({
      type: 'order_billing_refused',
      data: { order_id, billing_id, request_version: version, status: 'pending', reason: 'order_pending' },
    }))
    expect(await bill(1)).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } })
    expect(await history(1)).toEqual(['billing_requested', 'billing_refused'])
    await refusing.stop()
    await confirm(1)
    granting()
    expect((await bill(1)).status).toBe(200)
    expect((await history(1)).slice(2)).toEqual(['billing_requested', 'billing_created'])
  })

  test('says so when the answer takes too long, and a repeat settles it', async () => {
    await confirm(1)
    const { status, body, headers } = await bill(1)
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBeTruthy()
    expect(body).toMatchObject({ error: { message: expect.stringContaining('under way') } })
    granting()
    expect(await eventually(async () => ((await bill(1)).status === 200 ? 'settled' : false))).toBe('settled')
    expect(await history(1)).toEqual(['billing_requested', 'billing_created'])
  })
})
