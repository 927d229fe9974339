import { catalog, type EventOf, type ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { type EventStore, memoryEventStore } from '@ordershop/event-store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { subscriptions } from './subscriptions.ts'

const id = (n: number) => `0199c1e2-7f3a-7c3e-9b1d-${n.toString(16).padStart(12, '0')}`
const [lamp, chair, customer] = [id(1), id(2), id(3)]
const order = (n: number) => id(1_000 + n)

describe('reserving stock', () => {
  let store: EventStore<ShopEvent>
  beforeEach(() => {
    store = memoryEventStore({ catalog })
    for (const subscription of subscriptions({ store })) store.subscribe(subscription)
  })
  afterEach(() => store.close())

  const record = (topic: string, entityId: string, event: ShopEvent) => {
    const commandId = `${event.type}:${entityId}:${'order_id' in event.data ? event.data.order_id : ''}`
    return store.append({ topic, entityId, expected: 'any', commandId, events: [event] })
  }
  const stock = (product_id: string, amount: number) =>
    record('inventory', product_id, {
      type: 'inventory_created',
      data: { inventory_id: product_id, product_id, amount },
    })
  const basket = (n: number) => ({
    order_id: order(n),
    customer_id: customer,
    product_ids: [lamp],
    lines: [],
    total_cents: 0,
    currency: 'EUR' as const,
  })
  const place = (n: number, wants: EventOf<'order_created'>['data']['wants']) =>
    record('order', order(n), { type: 'order_created', data: { ...basket(n), status: 'pending', wants } })
  /** Everything decided about a product, once there are so many decisions. */
  const decisions = (productId: string, count: number) =>
    eventually(async () => {
      const history = await store.readEntity({ topic: 'inventory', entityId: productId })
      const decided = history.filter(({ type }) => type !== 'inventory_created')
      expect(decided).toHaveLength(count)
      return decided
    })

  test('goes through the products one after another, with one correlation from end to end', async () => {
    await stock(lamp, 5)
    await stock(chair, 5)
    const created = await place(1, [
      { product_id: lamp, quantity: 2 },
      { product_id: chair, quantity: 1 },
    ])
    const [reserved] = await decisions(chair, 1)
    expect(reserved).toMatchObject({
      type: 'inventory_reserved',
      correlation_id: expect.stringContaining('order_created'),
      data: { order_id: order(1), order_version: created.version, quantity: 1, rest: [], amount: 4 },
    })
    expect(await decisions(lamp, 1)).toMatchObject([{ type: 'inventory_reserved', data: { amount: 3 } }])
  })

  test('never gives away more than there is, however many ask at once', async () => {
    await stock(lamp, 50)
    await Promise.all(Array.from({ length: 200 }, (_, n) => place(n, [{ product_id: lamp, quantity: 1 }])))
    const all = await decisions(lamp, 200)
    expect(all.filter(({ type }) => type === 'inventory_reserved')).toHaveLength(50)
    expect(all.filter(({ type }) => type === 'inventory_refused')).toHaveLength(150)
  })

  test('releases what an order gives back, and sells what is billed', async () => {
    await stock(lamp, 5)
    await place(1, [{ product_id: lamp, quantity: 2 }])
    await place(2, [{ product_id: lamp, quantity: 1 }])
    await decisions(lamp, 2)
    const releases = [{ product_id: lamp, quantity: 0 }]
    await record('order', order(1), {
      type: 'order_deleted',
      data: { ...basket(1), status: 'confirmed', releases },
    })
    const sells = [{ product_id: lamp, quantity: 1 }]
    const bill = { order_id: order(2), billing_id: id(9), customer_id: customer, total_cents: 0 }
    await record('order', order(2), {
      type: 'order_billed',
      data: { ...bill, currency: 'EUR', status: 'confirmed', sells },
    })
    const all = await decisions(lamp, 4)
    expect(
      all
        .slice(2)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['inventory_released', 'inventory_sold'])
  })

  test('does not continue for an order that was deleted meanwhile', async () => {
    const reserved = (n: number) => {
      const held = { product_id: lamp, order_id: order(n), order_version: 1, quantity: 1 }
      const rest = [{ product_id: chair, quantity: 1 }]
      return record('inventory', lamp, {
        type: 'inventory_reserved',
        data: { ...held, rest, amount: 0, records: [] },
      })
    }
    await stock(chair, 5)
    await place(1, [])
    const gone = { ...basket(1), status: 'pending' as const, releases: [] }
    await record('order', order(1), { type: 'order_deleted', data: gone })
    await place(2, [])
    await reserved(1)
    await reserved(2)
    expect(await decisions(chair, 1)).toMatchObject([{ data: { order_id: order(2) } }])
  })

  test('decides no further portion of a batch once its member has lost the partition', async () => {
    const owner = new AbortController()
    const appendAll: typeof store.appendAll = (decision) => {
      owner.abort()
      return store.appendAll(decision)
    }
    const [{ onBatch } = {}] = subscriptions({ store: { ...store, appendAll } })
    const rest = Array.from({ length: 6_000 }, () => ({ product_id: chair, quantity: 1 }))
    const asked = { product_id: lamp, order_version: 1, purpose: 'hold', quantity: 1, rest }
    const events = [1, 2, 3].map((n) => ({ event_id: order(n), data: { ...asked, order_id: order(n) } }))
    const caused = (_: unknown, commandId: string) => ({ commandId, correlationId: 'c', causationId: 'c' })
    const context = { signal: owner.signal, caused } as never
    await onBatch?.reservation_requested?.(events as never, context)
    expect(await decisions(lamp, 1)).toMatchObject([{ data: { order_id: order(1) } }])
  })
})
