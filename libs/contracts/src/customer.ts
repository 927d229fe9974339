import { z } from 'zod'
import { email, id, personOrProductName } from './values.ts'

/** A whole customer; `customer_deleted` carries the last one known, so that a last mail still finds its address. */
export const customer = z.object({ customer_id: id, name: personOrProductName, email })
export type Customer = z.infer<typeof customer>

/** Topic `customer`, entity `customer_id`. */
export const customerEvents = {
  customer_created: customer,
  customer_updated: customer,
  customer_deleted: customer,
}
