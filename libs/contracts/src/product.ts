import { z } from 'zod'
import { currency, id, personOrProductName, priceCents } from './values.ts'

/** A whole product, e.g. `{ product_id: '0199…', name: 'Lamp', price_cents: 1999, currency: 'EUR' }`. */
export const product = z.object({
  product_id: id,
  name: personOrProductName,
  price_cents: priceCents,
  currency,
})
export type Product = z.infer<typeof product>

/** Topic `product`, entity `product_id`. */
export const productEvents = {
  product_created: product,
  product_updated: product,
  product_deleted: product,
}
