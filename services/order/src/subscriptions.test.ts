import { catalog, type ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { type EventStore, memoryEventStore } from '@ordershop/event-store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { basket } from './basket.ts'
import { orders } from './orders.ts'
import { subscriptions } from './subscriptions.ts'

const id = (n: number) => `0199c1e2-7f3a-7c3e-9b1d-${n.toString(16).padStart(12, '0')}`
const [ada, lamp, chair] = [id(1), id(2), id(3)]
const offers = new Map([
  [lamp, { name: 'Lamp', unit_price_cents: 1999 }],
  [chair, { name: 'Chair', unit_price_cents: 4900 }],
])

let store: EventStore<ShopEvent>
let book: ReturnType<typeof orders>
beforeEach(() => {
  store = memoryEventStore({ catalog })
  book = orders(store, () => {})
  for (const subscription of subscriptions({ orders: book })) store.subscribe(subscription)
})
afterEach(() => store.close())

const place = (n: number, ...product_ids: string[]) => {
  const asked = { order_id: id(1_000 + n), customer_id: ada, product_ids }
  const command = { type: 'CreateOrder', basket: basket(asked, offers) } as const
  return book.carryOut(asked.order_id, command, { commandId: `place ${n}` })
}
const decision = (n: number, product_id: string) => ({
  product_id,
  order_id: id(1_000 + n),
  order_version: 1,
  quantity: 1,
})
const inventory = (product_id: string, events: ShopEvent[]) =>
  store.append({
    topic: 'inventory',
    entityId: product_id,
    expected: 'any',
    commandId: `decide ${product_id}`,
    events,
  })
const reserved = (n: number, product_id: string, rest: string[] = []): ShopEvent => ({
  type: 'inventory_reserved',
  data: {
    ...decision(n, product_id),
    rest: rest.map((id) => ({ product_id: id, quantity: 1 })),
  },
})
const refused = (n: number, product_id: string): ShopEvent => ({
  type: 'inventory_refused',
  data: { ...decision(n, product_id), available: 0 },
})
const typesOf = async (n: number) =>
  (await store.readEntity({ topic: 'order', entityId: id(1_000 + n) })).map(({ type }) => type)

test('many orders of one product are decided by their reservations', async () => {
  const [held, short] = [
    Array.from({ length: 50 }, (_, n) => n),
    Array.from({ length: 50 }, (_, n) => 50 + n),
  ]
  await Promise.all([...held, ...short].map((n) => place(n, lamp)))
  await inventory(lamp, [...held.map((n) => reserved(n, lamp)), ...short.map((n) => refused(n, lamp))])
  await eventually(async () => {
    for (const n of held) expect(await typesOf(n)).toEqual(['order_created', 'order_confirmed'])
    for (const n of short) expect(await typesOf(n)).toEqual(['order_created', 'order_rejected'])
  })
})

test('an order is confirmed when its last product is held, with the correlation of its placing', async () => {
  await place(1, lamp, chair)
  await inventory(lamp, [reserved(1, lamp, [chair])])
  await inventory(chair, [reserved(1, chair)])
  await eventually(async () => expect(await typesOf(1)).toEqual(['order_created', 'order_confirmed']))
  const [, confirmed] = await store.readEntity({ topic: 'order', entityId: id(1_001) })
  const [reservation] = await store.readEntity({ topic: 'inventory', entityId: chair })
  expect(confirmed).toMatchObject({
    correlation_id: reservation?.correlation_id,
    causation_id: reservation?.event_id,
  })
})

test('a bill is granted to a confirmed order and refused to a pending one', async () => {
  await place(1, lamp)
  await place(2, chair)
  await inventory(lamp, [reserved(1, lamp)])
  await eventually(async () => expect(await typesOf(1)).toHaveLength(2))
  for (const n of [1, 2]) {
    const bill = { billing_id: id(2_000 + n), order_id: id(1_000 + n), customer_id: ada, total_cents: 1999 }
    await store.append({
      topic: 'billing',
      entityId: bill.order_id,
      expected: 0,
      commandId: `bill ${n}`,
      events: [{ type: 'billing_requested', data: { ...bill, currency: 'EUR' } }],
    })
  }
  await eventually(async () => {
    expect(await typesOf(1)).toEqual(['order_created', 'order_confirmed', 'order_billed'])
    expect(await typesOf(2)).toEqual(['order_created', 'order_billing_refused'])
  })
})

test('a batch stops once its member has lost the partition', async () => {
  const owner = new AbortController()
  const decided: string[] = []
  const carryOut: typeof book.carryOut = async (orderId) => {
    decided.push(orderId)
    owner.abort()
    return { topic: 'order', partition: 0, position: 1 }
  }
  const [{ onBatch } = {}] = subscriptions({ orders: { ...book, carryOut } })
  const events = [reserved(1, lamp), refused(1, lamp), reserved(1, lamp)]
  const context = { signal: owner.signal, caused: () => ({ commandId: 'c' }) } as never
  await onBatch?.inventory_reserved?.(events as never, context)
  expect(decided).toEqual([id(1_001)])
})
