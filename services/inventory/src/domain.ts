// The stock of one product: its records, and what can still be ordered of each.
import type { EventOf, Inventory } from '@ordershop/contracts'
import type { Decider } from '@ordershop/core'
import {
  type Expected,
  emptyStock,
  findRecord,
  liveRecord,
  requireVersion,
  type Stock,
  withAmounts,
} from './stock.ts'

export type InventoryCommand =
  | { type: 'CreateRecords'; records: Inventory[] }
  | { type: 'SetAmount'; record: Inventory; expectedVersion?: Expected }
  | { type: 'DeleteRecord'; inventoryId: string; productId: string; expectedVersion?: Expected }

/** One that was recorded has an entry id. */
export type StockEvent = EventOf<
  'inventory_created' | 'inventory_updated' | 'inventory_deleted' | 'inventory_moved'
> & { entry_id?: string }

export const inventory = {
  revision: 'inventory/4',
  initialState: emptyStock,
  decide,
  evolve,
} satisfies Decider<Stock, InventoryCommand, StockEvent> & { revision: string }

function decide(command: InventoryCommand, stock: Stock): StockEvent[] {
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
  }
}

function evolve(stock: Stock, event: StockEvent): Stock {
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
    case 'inventory_moved':
      return withAmounts(stock, event.data.records)
  }
}
