import { type EventOf, rowsRevision, type ShopEvent } from '@ordershop/contracts'
import { rowsAfter } from '@ordershop/event-store/testing'
import { expect, test } from 'vitest'
import { type Projected, project } from './projection.ts'

function rowsOf(events: readonly ShopEvent[], times = 1): Record<string, unknown> {
  const recorded = events.map((event, index) => ({
    ...event,
    event_id: `e${index}`,
    recorded_at: `t${index}`,
    version: index + 1,
    entry_id: `${index + 1}-0`,
    topic: event.type.split('_')[0],
    position: index + 2,
  }))
  const folded = Array.from({ length: times }, () => recorded).flat()
  return rowsAfter(folded.flatMap((event) => project(event as Projected)))
}

const lines = [{ product_id: 'p1', name: 'Lamp', quantity: 2, unit_price_cents: 1999 }]
const basket = { order_id: 'o1', customer_id: 'c1', product_ids: ['p1', 'p1'], lines, total_cents: 3998 }
const pending = { ...basket, currency: 'EUR', status: 'pending' } as const
const confirmed = { ...pending, status: 'confirmed' } as const
const ordered: EventOf<'order_created'> = {
  type: 'order_created',
  data: { ...pending, wants: [{ product_id: 'p1', quantity: 2 }] },
}
const confirm: EventOf<'order_confirmed'> = { type: 'order_confirmed', data: { ...confirmed, releases: [] } }
const stocked: EventOf<'inventory_created'> = {
  type: 'inventory_created',
  data: { inventory_id: 'i1', product_id: 'p1', amount: 10 },
}
const bill = {
  billing_id: 'b1',
  order_id: 'o1',
  customer_id: 'c1',
  total_cents: 3998,
  currency: 'EUR',
} as const
const billed: ShopEvent[] = [
  {
    type: 'order_billed',
    data: { ...bill, status: 'confirmed', sells: [{ product_id: 'p1', quantity: 2 }] },
  },
  { type: 'billing_requested', data: bill },
  { type: 'billing_created', data: bill },
]
type Fields = Record<string, string>
const orderRow = { ...basket, currency: 'EUR', lines: JSON.stringify(lines), total_cents: '3998' }

function order(rows: Record<string, unknown>): unknown {
  return rows['order_entity:o1']
}

test('the first event of a partition says which rows there are since', () => {
  const data = { customer_id: 'c1', name: 'Ada', email: 'ada@example.com' }
  const place = { topic: 'customer', event_id: 'e', recorded_at: 't', version: 1, entry_id: '1-0' }
  const revisionAt = (position: number) =>
    rowsAfter(project({ type: 'customer_created', data, ...place, position })).customer_revision
  expect([revisionAt(1), revisionAt(2)]).toEqual([[rowsRevision], undefined])
})

test('a customer has a place in the set and the index, and a hash', () => {
  const data = { customer_id: 'c1', name: 'Ada', email: 'ada@example.com' }
  expect(rowsOf([{ type: 'customer_created', data }])).toEqual({
    customer_ids: ['c1'],
    customer_index: ['c1'],
    'customer_entity:c1': { ...data, version: '1', entry_id: '1-0' },
  })
})

test('an update overwrites the hash and nothing else', () => {
  const data = { product_id: 'p1', name: 'Lamp', price_cents: 1999, currency: 'EUR' } as const
  const before = rowsOf([{ type: 'product_created', data }])
  const after = rowsOf([
    { type: 'product_created', data },
    { type: 'product_updated', data: { ...data, price_cents: 2499 } },
  ])
  expect(after).toEqual({
    ...before,
    'product_entity:p1': { ...data, price_cents: '2499', version: '2', entry_id: '2-0' },
  })
})

test('deleting removes every row of an entity', () => {
  const customer = { customer_id: 'c1', name: 'Ada', email: 'ada@example.com' }
  const product = { product_id: 'p1', name: 'Lamp', price_cents: 1999, currency: 'EUR' } as const
  const born: ShopEvent[] = [
    { type: 'customer_created', data: customer },
    { type: 'product_created', data: product },
    stocked,
    ordered,
  ]
  expect(Object.keys(rowsOf(born))).toHaveLength(18)
  const dead: ShopEvent[] = [
    { type: 'customer_deleted', data: customer },
    { type: 'product_deleted', data: product },
    { ...stocked, type: 'inventory_deleted' },
    { type: 'order_deleted', data: { ...pending, releases: [] } },
  ]
  expect(rowsOf([...born, ...dead])).toEqual({})
})

test('a new order is pending, lists its products as ordered, and is unbilled', () => {
  const { product_ids, ...row } = orderRow
  expect(rowsOf([ordered])).toEqual({
    order_ids: ['o1'],
    order_index: ['o1'],
    order_unbilled: ['o1'],
    order_by_status: ['pending:o1'],
    order_by_customer_id: ['c1:o1'],
    order_by_product_id: ['p1:o1'],
    'order_entity:o1': { ...row, status: 'pending', version: '1', entry_id: '1-0' },
    'order_product_ids:o1': product_ids,
  })
})

test('a confirmed order is unbilled until it is billed', () => {
  expect(rowsOf([ordered, confirm])).toMatchObject({
    order_unbilled: ['o1'],
    'order_entity:o1': { status: 'confirmed' },
  })
  const rows = rowsOf([ordered, confirm, ...billed])
  expect(rows).not.toHaveProperty('order_unbilled')
  expect(order(rows)).toMatchObject({ status: 'confirmed', billing_id: 'b1' })
})

test('billings are listed by when they were recorded, because their ids are not ordered by time', () => {
  expect(rowsOf([ordered, confirm, ...billed])).toMatchObject({
    billing_ids: ['b1'],
    billing_index: ['e4:b1'],
    'billing_entity:b1': { ...bill, total_cents: '3998', billed_at: 't4', version: '5', entry_id: '5-0' },
  })
})

test('a rejected order says why and cannot be billed', () => {
  const data = { order_id: 'o1', customer_id: 'c1', status: 'rejected', reason: 'out_of_stock' } as const
  const rows = rowsOf([
    ordered,
    { type: 'order_rejected', data: { ...data, product_id: 'p1', releases: [] } },
  ])
  expect(order(rows)).toMatchObject({ status: 'rejected', reason: 'out_of_stock', customer_id: 'c1' })
  expect(rows).not.toHaveProperty('order_unbilled')
})

test('a refused change gives the order back as it was, with the reason until the next change', () => {
  const changed: ShopEvent = {
    type: 'order_updated',
    data: { ...pending, product_ids: ['p2'], wants: [{ product_id: 'p2', quantity: 1 }], releases: [] },
  }
  const refused: ShopEvent = {
    type: 'order_update_rejected',
    data: { ...confirmed, reason: 'out_of_stock', product_id: 'p2', releases: [] },
  }
  expect(rowsOf([ordered, confirm, changed])['order_product_ids:o1']).toEqual(['p2'])
  const back = rowsOf([ordered, confirm, changed, refused])
  expect(back['order_product_ids:o1']).toEqual(['p1', 'p1'])
  expect(order(back)).toMatchObject({ status: 'confirmed', reason: 'out_of_stock' })
  expect(order(rowsOf([ordered, confirm, changed, refused, changed]))).not.toHaveProperty('reason')
})

test('what decisions about orders moved shows what can still be ordered of each record', () => {
  const moved = { product_id: 'p1', amount: 8, records: [{ inventory_id: 'i1', amount: 8 }] }
  const rows = rowsOf([stocked, { type: 'inventory_moved', data: moved }])
  expect(rows['inventory_entity:i1']).toEqual({
    inventory_id: 'i1',
    product_id: 'p1',
    amount: '8',
    version: '2',
    entry_id: '2-0',
  })
})

test('a record has the version and the entry id of the event that changed it last, not of its product', () => {
  const other = { ...stocked, data: { ...stocked.data, inventory_id: 'i2' } }
  const rows = rowsOf([stocked, other, { ...other, type: 'inventory_updated' }])
  expect(rows['inventory_entity:i1']).toMatchObject({ version: '1', entry_id: '1-0' })
  expect(rows['inventory_entity:i2']).toMatchObject({ version: '3', entry_id: '3-0' })
})

test('an order has the version of its last event, even of one that changes nothing else, until it is deleted', () => {
  const version = (...events: ShopEvent[]) => (order(rowsOf([ordered, ...events])) as Fields)?.version
  const refused = { billing_id: 'b1', order_id: 'o1', request_version: 1, reason: 'order_pending' }
  const unbillable: ShopEvent = { type: 'order_billing_refused', data: { ...refused, status: 'pending' } }
  const deleted: ShopEvent = { type: 'order_deleted', data: { ...pending, releases: [] } }
  const gone: ShopEvent = { type: 'order_billing_refused', data: { ...refused, status: 'deleted' } }
  expect(version(unbillable)).toBe('2')
  expect(version(unbillable, confirm)).toBe('3')
  expect(rowsOf([ordered, deleted, gone])).toEqual({})
})

test('folding the history again over its own rows changes none', () => {
  const history = [stocked, ordered, confirm, ...billed]
  expect(rowsOf(history, 2)).toEqual(rowsOf(history))
})

test('an event without rows writes nothing', () => {
  const refused = { billing_id: 'b1', order_id: 'o1', request_version: 1, reason: 'order_deleted' }
  expect(
    rowsOf([
      { type: 'billing_requested', data: bill },
      { type: 'billing_refused', data: refused },
      { type: 'order_billing_refused', data: { ...refused, status: 'deleted' } },
    ]),
  ).toEqual({})
})
