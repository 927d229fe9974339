// The stock of one product: its records, and what every order holds of it. One entity, so one decision after another.
import type { Inventory, InventoryReleased, ReservationRequested, TopicEvent } from '@ordershop/contracts'
import type { Decider } from '@ordershop/core'
import {
  available,
  type Expected,
  emptyStock,
  findRecord,
  type HeldPieces,
  holdOf,
  liveRecord,
  move,
  requireVersion,
  type Stock,
  type StockRecord,
  withAmounts,
  withHold,
} from './stock.ts'

/** A reservation message, and what caused it: each message of a batch leads to an event of its own. */
export type ReservationMessage = ReservationRequested & {
  cause: { correlationId: string; causationId: string; traceparent?: string }
}

export type InventoryCommand =
  | { type: 'CreateRecords'; records: Inventory[] }
  | { type: 'SetAmount'; record: Inventory; expectedVersion?: Expected }
  | { type: 'DeleteRecord'; inventoryId: string; productId: string; expectedVersion?: Expected }
  | { type: 'DecideReservations'; messages: ReservationMessage[] }

/** One that was recorded has an entry id. */
type InventoryEvent = TopicEvent<'inventory'> & { cause?: ReservationMessage['cause']; entry_id?: string }

export const inventory = {
  revision: 'inventory/3',
  initialState: emptyStock,
  decide,
  evolve,
} satisfies Decider<Stock, InventoryCommand, InventoryEvent> & { revision: string }

function decide(command: InventoryCommand, stock: Stock): InventoryEvent[] {
  switch (command.type) {
    case 'CreateRecords':
      // An id is drawn once, so a record that is there, or was, is a repeat.
      return command.records
        .filter(({ inventory_id }) => !findRecord(stock.records, inventory_id))
        .map((data) => ({ type: 'inventory_created', data }))
    case 'SetAmount': {
      const { record } = command
      const live = liveRecord(stock.records, record.inventory_id, record.product_id)
      if (live.amount === record.amount) return []
      requireVersion(live, command.expectedVersion)
      return [{ type: 'inventory_updated', data: record }]
    }
    case 'DeleteRecord': {
      const { inventoryId: inventory_id, productId: product_id } = command
      if (findRecord(stock.records, inventory_id)?.deleted) return []
      const live = liveRecord(stock.records, inventory_id, product_id)
      requireVersion(live, command.expectedVersion)
      return [{ type: 'inventory_deleted', data: { inventory_id, product_id, amount: live.amount } }]
    }
    case 'DecideReservations':
      return decideReservations(command.messages, stock)
  }
}

/** One event for each message that is not overtaken, decided as if those before it had happened already. */
function decideReservations(messages: ReservationMessage[], stock: Stock): InventoryEvent[] {
  const records = structuredClone(stock.records)
  const holds = new Map<string, HeldPieces>()
  const events: InventoryEvent[] = []
  for (const { cause, ...message } of messages) {
    const hold = holds.get(message.order_id) ?? holdOf(message.order_id, stock)
    if (message.order_version <= hold.orderVersion) continue
    const { event, quantity } = answer(message, hold.quantity, records)
    holds.set(message.order_id, { orderVersion: message.order_version, quantity })
    events.push({ ...event, cause })
  }
  return events
}

/** What becomes of one message, and how many pieces the order holds then; moves the pieces in `records`. */
function answer(
  { product_id, order_id, order_version, purpose, quantity, rest }: ReservationRequested,
  held: number,
  records: StockRecord[],
): { event: InventoryEvent; quantity: number } {
  const decision = { product_id, order_id, order_version }
  if (purpose === 'hold') {
    const left = available(records)
    if (quantity - held > left) {
      const data = { ...decision, quantity, available: left, records: [] }
      return { event: { type: 'inventory_refused', data }, quantity: held }
    }
    const changed = move(records, held - quantity)
    const data = { ...decision, quantity, rest, amount: available(records), records: changed }
    return { event: { type: 'inventory_reserved', data }, quantity }
  }
  // Never more than is held: neither a late message nor lost history may take what others could order.
  const kept = Math.min(quantity, held)
  const changed = move(records, held - kept)
  const data = { ...decision, quantity: kept, amount: available(records), records: changed }
  if (purpose === 'sell') return { event: { type: 'inventory_sold', data }, quantity: 0 }
  return { event: { type: 'inventory_released', data }, quantity: kept }
}

function evolve(stock: Stock, event: InventoryEvent): Stock {
  stock.version += 1
  stock.entryId = event.entry_id ?? ''
  switch (event.type) {
    case 'inventory_created': {
      const { inventory_id, amount } = event.data
      const { version, entryId } = stock
      stock.records.push({ inventory_id, amount, deleted: false, version, entryId })
      return stock
    }
    case 'inventory_updated':
      return withAmounts(stock, [event.data])
    case 'inventory_deleted': {
      const record = findRecord(stock.records, event.data.inventory_id)
      if (record) record.deleted = true
      return stock
    }
    case 'inventory_refused':
      return decided(stock, event.data, holdOf(event.data.order_id, stock).quantity)
    case 'inventory_reserved':
    case 'inventory_released':
      return decided(stock, event.data, event.data.quantity)
    case 'inventory_sold':
      return decided(stock, event.data, 0)
  }
}

type Decision = Pick<InventoryReleased, 'order_id' | 'order_version' | 'records'>

function decided(stock: Stock, { order_id, order_version, records }: Decision, quantity: number): Stock {
  return withHold(withAmounts(stock, records), order_id, { orderVersion: order_version, quantity })
}
