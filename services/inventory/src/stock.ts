// What is there of one product: records of what can still be ordered, and what every order holds.
import { AppError, staleVersion } from '@ordershop/core'

export type Stock = {
  /** How many events there are: the version of the last one. */
  version: number
  /** Of the last event in the log; empty while that is decided and not yet recorded. */
  entryId: string
  /** In the order in which they were created. */
  records: StockRecord[]
  /** By order: what it holds. */
  held: Record<string, HeldPieces>
  /** By order that holds nothing: its last version decided; oldest decision first. */
  settled: Record<string, number>
  settledCount: number
}

/**
 * `amount` is what can still be ordered; a deleted record is kept, so that its id never comes back. `version` and `entryId`
 * are those of the event that changed the record last: what others do with the product is no change of the record.
 */
export type StockRecord = {
  inventory_id: string
  amount: number
  deleted: boolean
  version: number
  entryId: string
}

/** A version's number, or its token, `3@1764237600000-0`. */
export type Expected = number | string | undefined

/** So many pieces, as of this version of the order. */
export type HeldPieces = { orderVersion: number; quantity: number }

export const emptyStock = (): Stock => ({
  version: 0,
  entryId: '',
  records: [],
  held: {},
  settled: {},
  settledCount: 0,
})

export function findRecord(records: readonly StockRecord[], inventoryId: string): StockRecord | undefined {
  return records.find(({ inventory_id }) => inventory_id === inventoryId)
}

export function liveRecord(
  records: readonly StockRecord[],
  inventoryId: string,
  productId: string,
): StockRecord {
  const record = findRecord(records, inventoryId)
  if (record && !record.deleted) return record
  throw new AppError('not_found', `inventory ${inventoryId}: expected a record of product ${productId}`)
}

/** @throws AppError `staleVersion` when a command was meant for another version of the record. */
export function requireVersion({ inventory_id, version, entryId }: StockRecord, expected: Expected): void {
  const met = typeof expected === 'string' ? `${version}@${entryId}` : version
  if (expected !== undefined && expected !== met)
    throw staleVersion(`inventory ${inventory_id}`, expected, met)
}

/** What can be ordered of the product. */
export function available(records: readonly StockRecord[]): number {
  return records.reduce((sum, { amount, deleted }) => (deleted ? sum : sum + amount), 0)
}

/**
 * Puts pieces back on the first live record, or takes them (a negative number) from first to last. Where no record is
 * left, pieces that come back are off sale. Returns the records that changed.
 */
export function move(records: readonly StockRecord[], pieces: number) {
  const changed: { inventory_id: string; amount: number }[] = []
  let left = pieces
  for (const record of records) {
    if (left === 0) break
    if (record.deleted) continue
    const change = Math.max(left, -record.amount)
    if (change === 0) continue
    record.amount += change
    left -= change
    changed.push({ inventory_id: record.inventory_id, amount: record.amount })
  }
  return changed
}

export function withAmounts(stock: Stock, changed: { inventory_id: string; amount: number }[]): Stock {
  for (const { inventory_id, amount } of changed) {
    const record = findRecord(stock.records, inventory_id)
    if (record) Object.assign(record, { amount, version: stock.version, entryId: stock.entryId })
  }
  return stock
}

export function holdOf(orderId: string, { held, settled }: Stock): HeldPieces {
  return held[orderId] ?? { orderVersion: settled[orderId] ?? 0, quantity: 0 }
}

export function withHold(stock: Stock, orderId: string, hold: HeldPieces): Stock {
  if (stock.settled[orderId] !== undefined) {
    delete stock.settled[orderId]
    stock.settledCount -= 1
  }
  if (hold.quantity > 0) {
    stock.held[orderId] = hold
    return stock
  }
  delete stock.held[orderId]
  stock.settled[orderId] = hold.orderVersion
  stock.settledCount += 1
  return pruned(stock)
}

// More than the 1,024 events that a crash can repeat, and little enough to be snapshotted.
const settledKept = 2_048

/** Forgets the oldest settled orders, half at a time, so that it costs next to nothing on average. */
function pruned(stock: Stock): Stock {
  if (stock.settledCount < 2 * settledKept) return stock
  stock.settled = Object.fromEntries(Object.entries(stock.settled).slice(-settledKept))
  stock.settledCount = settledKept
  return stock
}
