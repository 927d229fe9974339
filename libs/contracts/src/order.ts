// Topic `order`, entity `order_id`. Names and prices are captured when ordered, so later changes never touch an order.
import { z } from 'zod'
import {
  currency,
  id,
  maxProductIds,
  personOrProductName,
  priceCents,
  productQuantity,
  quantity,
  reason,
  totalCents,
  version,
} from './values.ts'

/** `pending` until the stock is decided. A billed order stays `confirmed` and has a billing. */
export const orderStatus = z.enum(['pending', 'confirmed', 'rejected'])
export type OrderStatus = z.infer<typeof orderStatus>

/** One product of an order with its name and price when it was ordered. */
export const orderLine = z.object({
  product_id: id,
  name: personOrProductName,
  quantity,
  unit_price_cents: priceCents,
})
export type OrderLine = z.infer<typeof orderLine>

/**
 * A whole order. `product_ids` is as ordered, a repeated id is one more piece; `lines` has each product once, in order
 * of first appearance; `total_cents` is their sum.
 */
export const order = z.object({
  order_id: id,
  customer_id: id,
  product_ids: z.array(id).min(1).max(maxProductIds),
  lines: z.array(orderLine),
  total_cents: totalCents,
  currency,
  status: orderStatus,
})
export type Order = z.infer<typeof order>

/**
 * What must be held before the order can be confirmed, sorted by product_id: the quantity ordered, or what the last
 * confirmed order holds where that is more, because it comes back if this one is refused.
 */
const wants = z.array(productQuantity)

/** Products of which less must be held from now on, with the quantity as it should be (0: none). */
const releases = z.array(productQuantity)

/** A new order, pending; its own version is the `order_version` of the reservation. */
const orderCreated = order.extend({ wants })
export type OrderCreated = z.infer<typeof orderCreated>

/** The order as it is now: pending again when its quantities changed, else as it was and `wants` is `[]`. */
const orderUpdated = order.extend({ wants, releases })
export type OrderUpdated = z.infer<typeof orderUpdated>

/** Every piece is held. */
const orderConfirmed = order.extend({ releases })
export type OrderConfirmed = z.infer<typeof orderConfirmed>

/** The order as it was last; nothing stays held for it. */
const orderDeleted = order.extend({ releases })
export type OrderDeleted = z.infer<typeof orderDeleted>

/** A new order was refused: `product_id` is the product that was short, `reason` is `out_of_stock`. Final. */
const orderRejected = z.object({
  order_id: id,
  customer_id: id,
  status: z.literal('rejected'),
  reason,
  product_id: id,
  releases,
})
export type OrderRejected = z.infer<typeof orderRejected>

/** A change was refused: the order is again as it was last confirmed. */
const orderUpdateRejected = order.extend({ reason, product_id: id, releases })
export type OrderUpdateRejected = z.infer<typeof orderUpdateRejected>

/** The order is billed, which is final; `sells` are the quantities that leave the shop. */
const orderBilled = z.object({
  order_id: id,
  billing_id: id,
  customer_id: id,
  total_cents: totalCents,
  currency,
  status: z.literal('confirmed'),
  sells: z.array(productQuantity),
})
export type OrderBilled = z.infer<typeof orderBilled>

/**
 * The order cannot be billed as it is: `reason` is `order_pending`, `order_rejected`, `order_deleted` or `order_unknown`.
 * `request_version` is the version of the `billing_requested` that is answered.
 */
const orderBillingRefused = z.object({
  order_id: id,
  billing_id: id,
  request_version: version,
  status: z.enum(['pending', 'rejected', 'deleted', 'unknown']),
  reason,
})
export type OrderBillingRefused = z.infer<typeof orderBillingRefused>

/** Every event of the topic `order`, by type. */
export const orderEvents = {
  order_created: orderCreated,
  order_updated: orderUpdated,
  order_confirmed: orderConfirmed,
  order_deleted: orderDeleted,
  order_rejected: orderRejected,
  order_update_rejected: orderUpdateRejected,
  order_billed: orderBilled,
  order_billing_refused: orderBillingRefused,
}
