import { z } from 'zod'
import { currency, id, reason, totalCents, version } from './values.ts'

/** One bill; an order has at most one, and `billing_id` follows from `order_id`. */
export const billing = z.object({
  billing_id: id,
  order_id: id,
  customer_id: id,
  total_cents: totalCents,
  currency,
})
export type Billing = z.infer<typeof billing>

/** The order's own stream refused; `request_version` is the version of the `billing_requested` that is answered. */
export const billingRefused = z.object({ billing_id: id, order_id: id, request_version: version, reason })
export type BillingRefused = z.infer<typeof billingRefused>

/** Topic `billing`, entity `order_id`. */
export const billingEvents = {
  billing_requested: billing,
  billing_created: billing,
  billing_refused: billingRefused,
}
