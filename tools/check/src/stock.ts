// The stock of products, folded from the log alone.
import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import type { EventOf, ShopEvent } from '@ordershop/contracts'
import type { Recorded } from '@ordershop/event-store'

export type Stock = {
  /** Pieces that came in. */
  supplied: number
  /** Pieces that can still be ordered, as the last event says. */
  left: number
  /** Pieces that were billed. */
  sold: number
  /** By order: the pieces it holds. */
  readonly held: Map<string, number>
}

/** What an order asked for last, and what became of it. */
export type OrderFate = {
  status: 'pending' | 'confirmed' | 'rejected' | 'deleted' | 'billed'
  productIds: readonly string[]
}

/** By product id. No record is changed or deleted by hand in these tests. */
export function foldStock(events: readonly ShopEvent[]): ReadonlyMap<string, Stock> {
  const stocks = new Map<string, Stock>()
  const of = (productId: string): Stock => {
    const stock = stocks.get(productId) ?? { supplied: 0, left: 0, sold: 0, held: new Map() }
    stocks.set(productId, stock)
    return stock
  }
  for (const { type, data } of events) {
    if (type === 'inventory_created') {
      of(data.product_id).supplied += data.amount
      of(data.product_id).left += data.amount
    } else if (type === 'inventory_moved') {
      of(data.product_id).left = data.amount
    } else if (type === 'inventory_reserved' || type === 'inventory_released') {
      of(data.product_id).held.set(data.order_id, data.quantity)
    } else if (type === 'inventory_sold') {
      of(data.product_id).held.delete(data.order_id)
      of(data.product_id).sold += data.quantity
    }
  }
  return stocks
}

/** By order id. */
export function foldOrders(events: readonly ShopEvent[]): ReadonlyMap<string, OrderFate> {
  const orders = new Map<string, OrderFate>()
  for (const { type, data } of events) {
    if (type === 'order_deleted') orders.set(data.order_id, { status: 'deleted', productIds: [] })
    else if (type === 'order_rejected') orders.set(data.order_id, { status: 'rejected', productIds: [] })
    else if (type === 'order_billed') {
      const { productIds = [] } = orders.get(data.order_id) ?? {}
      orders.set(data.order_id, { status: 'billed', productIds })
    } else if (
      type === 'order_created' ||
      type === 'order_updated' ||
      type === 'order_confirmed' ||
      type === 'order_update_rejected'
    )
      orders.set(data.order_id, { status: data.status, productIds: data.product_ids })
  }
  return orders
}

/**
 * At rest, for every product: supplied = left + held + sold; exactly what confirmed orders name is held, and exactly
 * what billed ones name is sold. So nothing is oversold, and nothing stays held for an order that was rejected or deleted.
 */
export function expectStockMatchesOrders(
  stocks: ReadonlyMap<string, Stock>,
  orders: ReadonlyMap<string, OrderFate>,
): void {
  for (const [productId, { supplied, left, sold, held }] of stocks) {
    const holding = [...held].filter(([, quantity]) => quantity > 0)
    const heldNow = holding.reduce((sum, [, quantity]) => sum + quantity, 0)
    strictEqual(left + heldNow + sold, supplied, `left, held and sold of product ${productId}`)
    ok(left >= 0, `${left} left of product ${productId}`)
    const named = (status: OrderFate['status']) =>
      [...orders].flatMap(([orderId, order]) => {
        const quantity = order.productIds.filter((id) => id === productId).length
        return order.status === status && quantity > 0 ? [[orderId, quantity] as const] : []
      })
    deepStrictEqual(new Map(holding), new Map(named('confirmed')), `who holds of product ${productId}`)
    const billed = named('billed').reduce((sum, [, quantity]) => sum + quantity, 0)
    strictEqual(sold, billed, `sold of product ${productId}`)
  }
}

/** Every decision names the reservation it answers; those of one order and product must be answered in the order they came. */
export function decisionsInOrder(events: readonly Recorded[]): { decisions: number; overtaken: number } {
  const asked = new Map(
    events.filter(({ topic }) => topic === 'reservation').map((event) => [event.event_id, event.position]),
  )
  const latest = new Map<string, number>()
  let decisions = 0
  let overtaken = 0
  for (const event of events as readonly Recorded<EventOf<'inventory_reserved'>>[]) {
    const position = asked.get(event.causation_id)
    if (event.topic !== 'inventory' || !('order_id' in event.data) || position === undefined) continue
    decisions++
    if (position <= (latest.get(event.entity_id) ?? 0)) overtaken++
    latest.set(event.entity_id, position)
  }
  return { decisions, overtaken }
}
