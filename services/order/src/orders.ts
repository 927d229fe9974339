// Orders in the log: carries out commands, and looks up whom and what they refer to.
import type { ShopEvent } from '@ordershop/contracts'
import { type FieldProblem, refusedFields } from '@ordershop/core'
import { type CommandCause, type EventStore, execute, type LogPosition } from '@ordershop/event-store'
import { positionOf } from '@ordershop/shop'
import type { Asked, Offers } from './basket.ts'
import { type OrderCommand, order } from './domain.ts'

export type Orders = {
  carryOut(orderId: string, command: OrderCommand, cause: CommandCause): Promise<LogPosition>
  /**
   * What the products of these orders are sold as. Asked of the log itself, in one round trip, so that an
   * acknowledged create or delete is always seen.
   *
   * @throws AppError `invalid` naming each customer and product that does not exist, with `pathOf(index)` before it.
   */
  offersFor(orders: readonly Asked[], pathOf: (index: number) => string): Promise<Offers>
}

/** @param recorded is told the type of every event that is recorded. */
export function orders(store: EventStore<ShopEvent>, recorded: (type: string) => void): Orders {
  return {
    async carryOut(orderId, command, cause) {
      const target = { topic: 'order', entityId: orderId }
      const decided = await execute(store, order, target, command, cause)
      for (const { type } of decided.events) recorded(type)
      return positionOf(decided)
    },
    async offersFor(orders, pathOf) {
      const { customers, offers } = await lookUp(store, orders)
      const fields = orders.flatMap((asked, index) =>
        unknownReferences(asked, customers, offers, pathOf(index)),
      )
      if (fields.length > 0) throw refusedFields('order', fields)
      return offers
    },
  }
}

async function lookUp(store: EventStore<ShopEvent>, orders: readonly Asked[]) {
  const ids = (topic: string, all: string[]) => [...new Set(all)].map((entityId) => ({ topic, entityId }))
  const last = await store.lastEvents([
    ...ids(
      'customer',
      orders.map((asked) => asked.customer_id),
    ),
    ...ids(
      'product',
      orders.flatMap((asked) => asked.product_ids),
    ),
  ])
  const customers = new Set<string>()
  const offers = new Map<string, { name: string; unit_price_cents: number }>()
  for (const event of last) {
    if (event?.type === 'customer_created' || event?.type === 'customer_updated') {
      customers.add(event.data.customer_id)
    }
    if (event?.type === 'product_created' || event?.type === 'product_updated') {
      const { product_id, name, price_cents } = event.data
      offers.set(product_id, { name, unit_price_cents: price_cents })
    }
  }
  return { customers, offers }
}

function unknownReferences(
  { customer_id, product_ids }: Asked,
  customers: ReadonlySet<string>,
  offers: Offers,
  path: string,
): FieldProblem[] {
  const problem = (field: string, what: string, id: string) => ({
    path: path + field,
    message: `expected a ${what} that exists, got ${id}`,
  })
  return [
    ...(customers.has(customer_id) ? [] : [problem('customer_id', 'customer', customer_id)]),
    ...product_ids.flatMap((id, at) => (offers.has(id) ? [] : [problem(`product_ids.${at}`, 'product', id)])),
  ]
}
