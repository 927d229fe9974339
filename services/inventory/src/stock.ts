// What is there of one product: records of what can still be ordered.
import { AppError, staleVersion } from '@ordershop/core'

export type Stock = {
  /** How many events there are: the version of the last one. */
  version: number
  /** Of the last event in the log; empty while that is decided and not yet recorded. */
  entryId: string
  /** In the order in which they were created. */
  records: StockRecord[]
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

export const emptyStock = (): Stock => ({ version: 0, entryId: '', records: [] })

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
 * left, pieces that come back are off sale.
 */
export function move(records: readonly StockRecord[], pieces: number): void {
  let left = pieces
  for (const record of records) {
    if (left === 0) break
    if (record.deleted) continue
    const change = Math.max(left, -record.amount)
    record.amount += change
    left -= change
  }
}

export function withAmounts(stock: Stock, changed: { inventory_id: string; amount: number }[]): Stock {
  for (const { inventory_id, amount } of changed) {
    const record = findRecord(stock.records, inventory_id)
    if (record) Object.assign(record, { amount, version: stock.version, entryId: stock.entryId })
  }
  return stock
}
