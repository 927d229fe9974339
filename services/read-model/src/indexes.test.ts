import type { ShopEvent } from '@ordershop/contracts'
import { rowsAfter } from '@ordershop/event-store/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Projected, project } from './projection.ts'

type Rows = Record<string, unknown>
type Entity = Record<string, string>

const id = (kind: string, most: number) => fc.integer({ min: 1, max: most }).map((n) => `${kind}${n}`)

const basket = fc
  .record({
    order_id: id('o', 3),
    customer_id: id('c', 2),
    product_ids: fc.array(id('p', 3), { minLength: 1, maxLength: 4 }),
  })
  .map((some) => ({ ...some, lines: [], total_cents: 0, currency: 'EUR' as const }))

const shortage = { reason: 'out_of_stock', product_id: 'p1', releases: [] }
const bill = { billing_id: 'b1', total_cents: 0, currency: 'EUR' as const }

/** Any event of an order, whatever its past: what may follow what is for the order to decide, not for its rows. */
const change = basket.chain((order) =>
  fc.constantFrom<ShopEvent>(
    { type: 'order_updated', data: { ...order, status: 'pending', wants: [], releases: [] } },
    { type: 'order_updated', data: { ...order, status: 'confirmed', wants: [], releases: [] } },
    { type: 'order_confirmed', data: { ...order, status: 'confirmed', releases: [] } },
    { type: 'order_update_rejected', data: { ...order, status: 'confirmed', ...shortage } },
    { type: 'order_rejected', data: { ...order, status: 'rejected', ...shortage } },
    { type: 'order_billed', data: { ...order, ...bill, status: 'confirmed', sells: [] } },
    { type: 'order_deleted', data: { ...order, status: 'pending', releases: [] } },
  ),
)

/** As they are recorded: an order is created before all else, and nothing follows its deletion. */
const orders = fc
  .tuple(fc.array(basket, { maxLength: 3 }), fc.array(change, { maxLength: 25 }))
  .map(([born, changes]): ShopEvent[] => {
    const living = new Map<string, (typeof born)[number]>(born.map((order) => [order.order_id, order]))
    const created = [...living.values()].map(
      (data): ShopEvent => ({ type: 'order_created', data: { ...data, status: 'pending', wants: [] } }),
    )
    const lives = changes.filter(({ type, data }) => {
      const { order_id: orderId } = data as { order_id: string }
      return living.has(orderId) && (type !== 'order_deleted' || living.delete(orderId))
    })
    return [...created, ...lives]
  })

const records = fc.uniqueArray(
  fc.record({ inventory_id: id('i', 9), product_id: id('p', 3), amount: fc.nat(9), gone: fc.boolean() }),
  { selector: ({ inventory_id }) => inventory_id },
)

function rowsOf(events: readonly ShopEvent[], times = 1): Rows {
  const recorded = events.map((event, k) => {
    const place = { topic: 'order', event_id: `e${k}`, recorded_at: `t${k}` }
    return { ...event, ...place, version: k + 1, position: k + 2, entry_id: `${k + 1}-0` } as Projected
  })
  return rowsAfter(Array.from({ length: times }, () => recorded.flatMap(project)).flat())
}

/** Every entity under every value that it has. */
function listedIn(rows: Rows, kind: 'order' | 'inventory', values: (id: string, entity: Entity) => string[]) {
  const prefix = `${kind}_entity:`
  const names = Object.keys(rows).filter((name) => name.startsWith(prefix))
  const listed = names.flatMap((name) => {
    const own = name.slice(prefix.length)
    return values(own, rows[name] as Entity).map((value) => `${value}:${own}`)
  })
  return listed.length === 0 ? undefined : [...new Set(listed)].sort()
}

test('orders are listed by what they are after any history, and by nothing that they were', () => {
  fc.assert(
    fc.property(orders, (events) => {
      const rows = rowsOf(events)
      const products = (own: string) => rows[`order_product_ids:${own}`] as string[]
      expect(rows.order_by_status).toEqual(listedIn(rows, 'order', (_, order) => [`${order.status}`]))
      expect(rows.order_by_customer_id).toEqual(
        listedIn(rows, 'order', (_, order) => [`${order.customer_id}`]),
      )
      expect(rows.order_by_product_id).toEqual(listedIn(rows, 'order', products))
      expect(rowsOf(events, 2)).toEqual(rows)
    }),
    { numRuns: 500 },
  )
})

test('records are listed by their product as long as they are there', () => {
  fc.assert(
    fc.property(records, (some) => {
      const born = some.map(({ gone: _, ...data }): ShopEvent => ({ type: 'inventory_created', data }))
      const dead = some.filter(({ gone }) => gone)
      const rows = rowsOf([
        ...born,
        ...dead.map(({ gone: _, ...data }): ShopEvent => ({ type: 'inventory_deleted', data })),
      ])
      expect(rows.inventory_by_product_id).toEqual(
        listedIn(rows, 'inventory', (_, record) => [`${record.product_id}`]),
      )
    }),
  )
})
