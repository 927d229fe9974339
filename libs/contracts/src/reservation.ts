import { z } from 'zod'
import { id, productQuantity, quantity, version } from './values.ts'

/**
 * Asks for pieces of one product for one order. Quantities are absolute ("this order holds 2 as of its version 3"),
 * so a repeat is harmless and a message that was overtaken by a newer `order_version` is skipped.
 *
 * - `hold`: reserve so many, then continue with `rest`, which is sorted by product_id.
 * - `release`: keep no more than so many.
 * - `sell`: so many of the held ones leave the shop, none stays held.
 */
export const reservationRequested = z.object({
  product_id: id,
  order_id: id,
  order_version: version,
  purpose: z.enum(['hold', 'release', 'sell']),
  quantity,
  rest: z.array(productQuantity),
})
export type ReservationRequested = z.infer<typeof reservationRequested>

/** Topic `reservation`, key `product_id`, entity `order_id:product_id:order_version`. */
export const reservationEvents = { reservation_requested: reservationRequested }
