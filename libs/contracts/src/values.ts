// The values that events and HTTP bodies are made of: each written once, with its unit and its limit.
import { z } from 'zod'

/** The most items that one request may carry, e.g. orders in an array. */
export const maxItems = 1_000

/** The most product ids of one order, repeats included. */
export const maxProductIds = 1_000

/** The most different products of one order: each is reserved one after another. */
export const maxDistinctProducts = 100

/** Names an entity: a UUID of any version, e.g. `0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d8e`; new ones are UUIDv7. */
export const id = z.uuid()

// `\P{Cc}` written out: what reads /openapi.json may not know Unicode's categories.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is there to refuse them
const oneLine = /^[^\u0000-\u001f\u007f-\u009f]*$/u

/** A name as people write it: 1 to 150 characters on one line. */
export const personOrProductName = z
  .string()
  .min(1)
  .max(150)
  .regex(oneLine, 'Invalid name: expected no control characters')

/** An e-mail address of at most 254 characters, e.g. `ada@example.com`. */
export const email = z.email().max(254)

/** Integer cents, 0 to 10^9, so that 1,000 pieces still add up exactly. */
export const priceCents = z.int().min(0).max(1_000_000_000)

/** A sum of prices in integer cents, e.g. `3998`. */
export const totalCents = z.int().min(0)

/** Every amount of money is in euros. */
export const currency = z.literal('EUR')

/** Pieces in stock, from 0. Requests are capped in `http.ts`; what comes back to a record lies on top of that. */
export const amount = z.int().min(0)

/** Pieces of one product that somebody wants or holds, 0 to 1,000. */
export const quantity = z.int().min(0).max(maxProductIds)

/** The version of an entity or of one of its events, from 1. */
export const version = z.int().min(1)

/** So many pieces of a product, e.g. `{ product_id: '0199…', quantity: 2 }`. */
export const productQuantity = z.object({ product_id: id, quantity })
export type ProductQuantity = z.infer<typeof productQuantity>

/** Why something was refused, in one snake_case word, e.g. `out_of_stock`. */
export const reason = z.string().min(1).max(200)
