// Fills a shop's log with open orders, as its services would have written them, at the speed of bulk appends.
import { groups, holdId, type ShopEvent } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import type { EntityAppend } from '@ordershop/event-store'
import { concurrently } from './load.ts'
import { progress } from './measure.ts'
import { type OrderShop, stockOfEach } from './order-shop.ts'

const atOnce = 100

/** Puts `count` confirmed, unbilled orders of one piece each into the log, `oneOf` in turn, handled by the groups. */
export async function fillWithOrders(
  shop: OrderShop,
  count: number,
  oneOf: readonly string[],
): Promise<void> {
  const filled = new Map(oneOf.map((id) => [id, 0]))
  let turn = 0
  await concurrently(Math.ceil(count / atOnce), 8, async () => {
    const productId = oneOf[turn++ % oneOf.length] as string
    const before = filled.get(productId) ?? 0
    filled.set(productId, before + atOnce)
    if (turn % 1_000 === 0) progress(`open orders: ${(turn * atOnce).toLocaleString('en')}`)
    await placeOrders(shop, productId, stockOfEach - before - atOnce)
  })
  await skipAll(shop)
}

async function placeOrders(shop: OrderShop, product_id: string, amount: number): Promise<void> {
  const { store, customerId: customer_id, productIds, inventoryIds } = shop
  const orderIds = Array.from({ length: atOnce }, newId)
  const piece = { product_id, quantity: 1 }
  const line = { ...piece, name: 'Lamp', unit_price_cents: 1_999 }
  const basket = { customer_id, product_ids: [product_id], lines: [line], total_cents: 1_999 }
  const write = (entityId: string, event: ShopEvent): EntityAppend<ShopEvent> => ({
    entityId,
    expected: 'any',
    events: [event],
  })
  const together = (topic: string, entities: readonly EntityAppend<ShopEvent>[]) =>
    store.appendAll({ topic, key: product_id, commandId: newId(), entities })
  const asked = { product_id, order_version: 1, quantity: 1, rest: [] }
  const inventory_id = inventoryIds[productIds.indexOf(product_id)] as string
  await together(
    'reservation',
    orderIds.map((order_id) =>
      write(`${order_id}:${product_id}:1`, {
        type: 'reservation_requested',
        data: { ...asked, order_id, purpose: 'hold' },
      }),
    ),
  )
  await together('inventory', [
    write(product_id, {
      type: 'inventory_moved',
      data: { product_id, amount, records: [{ inventory_id, amount }] },
    }),
    ...orderIds.map((order_id) =>
      write(holdId(product_id, order_id), { type: 'inventory_reserved', data: { ...asked, order_id } }),
    ),
  ])
  await Promise.all(
    orderIds.map((order_id) => {
      const order = { ...basket, order_id, currency: 'EUR' as const }
      const events: ShopEvent[] = [
        { type: 'order_created', data: { ...order, status: 'pending', wants: [piece] } },
        { type: 'order_confirmed', data: { ...order, status: 'confirmed', releases: [] } },
      ]
      return store.append({ topic: 'order', entityId: order_id, expected: 0, commandId: order_id, events })
    }),
  )
}

/** Brings the groups behind all of it, so that their services begin with the next order. */
async function skipAll({ store, settled }: OrderShop): Promise<void> {
  const skipping = (['inventory', 'order'] as const).map((group) =>
    store.subscribe({ group, topics: groups[group], on: {} }),
  )
  await settled()
  await Promise.all(skipping.map((subscription) => subscription.stop()))
}
