// One example of every event, as it would lie in the log.
import type { EventOf, ShopEvent } from './catalog.ts'
import type { Order } from './order.ts'

const ids = {
  customer: '0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01',
  lamp: '0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02',
  chair: '0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03',
  inventory: '0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04',
  order: '0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05',
  billing: '0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06',
  mail: '5f2b7a5c-95c1-5a3c-9d0e-0c8e7d5b4a07',
}
const customer = { customer_id: ids.customer, name: 'Ada Lovelace', email: 'ada@example.com' }
const product = { product_id: ids.lamp, name: 'Lamp', price_cents: 1999, currency: 'EUR' } as const
const inventory = { inventory_id: ids.inventory, product_id: ids.lamp, amount: 50 }
const lamps = { product_id: ids.lamp, quantity: 2 }
const chair = { product_id: ids.chair, quantity: 1 }
const order: Omit<Order, 'status'> = {
  order_id: ids.order,
  customer_id: ids.customer,
  product_ids: [ids.lamp, ids.chair, ids.lamp],
  lines: [
    { ...lamps, name: 'Lamp', unit_price_cents: 1999 },
    { ...chair, name: 'Chair', unit_price_cents: 4900 },
  ],
  total_cents: 8898,
  currency: 'EUR',
}
const decision = { product_id: ids.lamp, order_id: ids.order, order_version: 1 }
const records = [{ inventory_id: ids.inventory, amount: 48 }]
const bill = { order_id: ids.order, customer_id: ids.customer, total_cents: 8898, currency: 'EUR' } as const
const billing = { billing_id: ids.billing, ...bill }
const shortage = { reason: 'out_of_stock', product_id: ids.chair }
const mail = { mail_id: ids.mail, customer_id: ids.customer, template: 'welcome' } as const

const data = {
  customer_created: customer,
  customer_updated: { ...customer, email: 'countess@example.com' },
  customer_deleted: customer,
  product_created: product,
  product_updated: { ...product, price_cents: 1799 },
  product_deleted: product,
  inventory_created: inventory,
  inventory_updated: { ...inventory, amount: 60 },
  inventory_deleted: inventory,
  inventory_moved: { product_id: ids.lamp, amount: 48, records },
  inventory_reserved: { ...decision, quantity: 2, rest: [chair] },
  inventory_refused: { ...decision, quantity: 2, available: 1 },
  inventory_released: { ...decision, order_version: 3, quantity: 0 },
  inventory_sold: { ...decision, order_version: 3, quantity: 2 },
  reservation_requested: { ...decision, purpose: 'hold', quantity: 2, rest: [chair] },
  order_created: { ...order, status: 'pending', wants: [lamps, chair] },
  order_updated: { ...order, status: 'pending', wants: [lamps, chair], releases: [] },
  order_confirmed: { ...order, status: 'confirmed', releases: [] },
  order_deleted: { ...order, status: 'confirmed', releases: [{ product_id: ids.lamp, quantity: 0 }] },
  order_rejected: {
    order_id: ids.order,
    customer_id: ids.customer,
    status: 'rejected',
    ...shortage,
    releases: [{ product_id: ids.lamp, quantity: 0 }],
  },
  order_update_rejected: { ...order, status: 'confirmed', ...shortage, releases: [] },
  order_billed: { ...billing, status: 'confirmed', sells: [lamps, chair] },
  order_billing_refused: {
    order_id: ids.order,
    billing_id: ids.billing,
    request_version: 1,
    status: 'deleted',
    reason: 'order_deleted',
  },
  billing_requested: billing,
  billing_created: billing,
  billing_refused: {
    billing_id: ids.billing,
    order_id: ids.order,
    request_version: 1,
    reason: 'order_deleted',
  },
  mail_requested: { ...mail, params: { name: 'Ada Lovelace' } },
  mail_sent: { ...mail, message_id: '<5f2b7a5c-95c1-5a3c-9d0e-0c8e7d5b4a07@ordershop>' },
  mail_failed: { ...mail, reason: '550 no such mailbox' },
} satisfies { [Event in ShopEvent as Event['type']]: Event['data'] }

/** `{ type, data }` of every type there is. */
export const examples = Object.entries(data).map(([type, data]) => ({ type, data })) as ShopEvent[]

/** The example of one type: `exampleOf('mail_sent')` is `{ type: 'mail_sent', data: { mail_id: '5f2b…', … } }`. */
export function exampleOf<Type extends ShopEvent['type']>(type: Type): EventOf<Type> {
  return { type, data: data[type] } as unknown as EventOf<Type>
}
