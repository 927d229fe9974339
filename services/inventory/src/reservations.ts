// What becomes of reservations: decided on the stock of their product and on what each order holds of it.
import type { ReservationRequested } from '@ordershop/contracts'
import type { StockEvent } from './domain.ts'
import { type Hold, type HoldEvent, hold, type MessageCause } from './hold.ts'
import { available, move, type Stock, type StockRecord } from './stock.ts'

/** A reservation message, and what caused it. */
export type ReservationMessage = ReservationRequested & { cause: MessageCause }

/** What is recorded of the product, and of each order, in the order of `holds`. */
export type Decided = readonly [StockEvent[], ...HoldEvent[][]]

/**
 * One event for each message that is not overtaken, decided as if those before it had happened already; what they moved
 * of the product's records is one event, however many they are.
 *
 * @param holds by order; of every order that a message names.
 */
export function decideReservations(
  messages: readonly ReservationMessage[],
  stock: Stock,
  holds: ReadonlyMap<string, Hold>,
): Decided {
  const records = structuredClone(stock.records)
  const states = new Map(holds)
  const decided = new Map([...holds.keys()].map((orderId): [string, HoldEvent[]] => [orderId, []]))
  for (const { cause, ...message } of messages) {
    const before = states.get(message.order_id) ?? hold.initialState()
    if (message.order_version <= before.orderVersion) continue
    const event = { ...answer(message, before.quantity, records), cause }
    states.set(message.order_id, hold.evolve(before, event))
    decided.get(message.order_id)?.push(event)
  }
  return [moved(messages[0]?.product_id ?? '', stock.records, records), ...decided.values()]
}

/** What becomes of one message; moves the pieces in `records`. */
function answer(
  { product_id, order_id, order_version, purpose, quantity, rest }: ReservationRequested,
  held: number,
  records: StockRecord[],
): HoldEvent {
  const decision = { product_id, order_id, order_version }
  if (purpose === 'hold') {
    const left = available(records)
    if (quantity - held > left)
      return { type: 'inventory_refused', data: { ...decision, quantity, available: left } }
    move(records, held - quantity)
    return { type: 'inventory_reserved', data: { ...decision, quantity, rest } }
  }
  // Never more than is held: neither a late message nor lost history may take what others could order.
  const kept = Math.min(quantity, held)
  move(records, held - kept)
  const type = purpose === 'sell' ? 'inventory_sold' : 'inventory_released'
  return { type, data: { ...decision, quantity: kept } }
}

/** The records whose amount has changed, as one event; none if no amount has. */
function moved(
  product_id: string,
  before: readonly StockRecord[],
  after: readonly StockRecord[],
): StockEvent[] {
  const records = after.flatMap(({ inventory_id, amount }, k) =>
    amount === before[k]?.amount ? [] : [{ inventory_id, amount }],
  )
  if (records.length === 0) return []
  return [{ type: 'inventory_moved', data: { product_id, amount: available(after), records } }]
}
