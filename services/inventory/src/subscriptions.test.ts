import { catalog, type EventOf, type ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import {
  type EventStore,
  memoryEventStore,
  type Recorded,
  type RunningSubscription,
} from '@ordershop/event-store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { subscriptions } from './subscriptions.ts'

const id = (n: number) => `0199c1e2-7f3a-7c3e-9b1d-${n.toString(16).padStart(12, '0')}`
const [lamp, chair, customer] = [id(1), id(2), id(3)]
const order = (n: number) => id(1_000 + n)

describe('reserving stock', () => {
  let store: EventStore<ShopEvent>
  let running: RunningSubscription[]
  beforeEach(() => {
    store = memoryEventStore({ catalog })
    running = subscriptions({ store }).map((subscription) => store.subscribe(subscription))
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
  /** An order asks for a lamp, and a chair behind it. */
  const asking = (n: number) => {
    const rest = [{ product_id: chair, quantity: 1 }]
    return {
      product_id: lamp,
      order_id: order(n),
      order_version: 1,
      purpose: 'hold' as const,
      quantity: 1,
      rest,
    }
  }
  const asks = (n: number) =>
    store.append({
      topic: 'reservation',
      entityId: `${order(n)}:${lamp}:1`,
      key: lamp,
      expected: 0,
      commandId: `ask:${n}`,
      events: [{ type: 'reservation_requested', data: asking(n) }],
    })
  /** Everything decided about orders of a product, once there are so many decisions. */
  const decisions = (productId: string, count: number) =>
    eventually(async () => {
      const decided = (await recordedOf(productId)).filter(({ data }) => 'order_id' in data)
      expect(decided).toHaveLength(count)
      return decided
    })
  const recordedOf = async (productId: string) => {
    const recorded: Recorded<ShopEvent>[] = []
    for await (const event of store.readTopic('inventory', store.partitionOf(productId)))
      if (event.key === productId) recorded.push(event)
    return recorded
  }

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
      data: { order_id: order(1), order_version: created.version, quantity: 1, rest: [] },
    })
    expect(await decisions(lamp, 1)).toMatchObject([{ type: 'inventory_reserved', data: { quantity: 2 } }])
    expect((await recordedOf(lamp))[1]).toMatchObject({ type: 'inventory_moved', data: { amount: 3 } })
  })

  test('each decision of a batch is put down to who asked for it, or to nobody', async () => {
    await Promise.all(running.map((subscription) => subscription.stop()))
    await stock(lamp, 5)
    const actors: Record<string, string> = { [id(3_001)]: 'ann', [id(3_002)]: 'bob' }
    const context = {
      signal: new AbortController().signal,
      caused: ({ event_id }: { event_id: string }, purpose = '') => ({
        commandId: `${event_id}/${purpose}`,
        correlationId: 'c',
        causationId: event_id,
        ...(actors[event_id] ? { actor: actors[event_id] } : {}),
      }),
    } as never
    const events = [1, 2, 3].map((n) => ({ event_id: id(3_000 + n), data: asking(n) }))
    await subscriptions({ store })[0]?.onBatch?.reservation_requested?.(events as never, context)
    const decided = await decisions(lamp, 3)
    expect(decided.map(({ actor }) => actor)).toEqual(['ann', 'bob', undefined])
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
    await stock(chair, 5)
    await place(1, [])
    const gone = { ...basket(1), status: 'pending' as const, releases: [] }
    await record('order', order(1), { type: 'order_deleted', data: gone })
    await place(2, [])
    await stock(lamp, 5)
    await asks(1)
    await asks(2)
    expect(await decisions(chair, 1)).toMatchObject([{ data: { order_id: order(2) } }])
  })

  test('requests the next product though it died after a decision, in the same batch or in another', async () => {
    await Promise.all(running.map((subscription) => subscription.stop()))
    await stock(lamp, 5)
    await Promise.all([1, 2, 3].map((n) => place(n, [])))
    const context = {
      signal: new AbortController().signal,
      caused: ({ event_id }: { event_id: string }, purpose: string) => ({
        commandId: `${event_id}/${purpose}`,
        correlationId: 'c',
        causationId: event_id,
      }),
    } as never
    const batch = (...numbers: number[]) =>
      numbers.map((n) => ({ event_id: id(3_000 + n), data: asking(n) })) as never
    const dying = { ...store, append: () => Promise.reject(new Error('died')) }
    const [decideAndDie, decideAgain] = [dying, store].map(
      (each) => subscriptions({ store: each })[0]?.onBatch?.reservation_requested,
    )
    await expect(decideAndDie?.(batch(1, 2), context)).rejects.toThrow('died')
    await decideAgain?.(batch(1, 2), context)
    await expect(decideAndDie?.(batch(3), context)).rejects.toThrow('died')
    await decideAgain?.(batch(2, 3), context)
    const requested: string[] = []
    for await (const { data } of store.readTopic('reservation', store.partitionOf(chair)))
      if ('order_id' in data && 'purpose' in data) requested.push(data.order_id)
    expect(requested.sort()).toEqual([1, 2, 3].map(order))
    expect(await decisions(lamp, 3)).toHaveLength(3)
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
