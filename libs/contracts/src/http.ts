// Bodies of HTTP requests and answers: first between gateway and services, then the article's own.
import { z } from 'zod'
import { isPrice } from './price.ts'
import {
  email,
  id,
  maxDistinctProducts,
  maxItems,
  maxProductIds,
  personOrProductName,
  priceCents,
} from './values.ts'

const productIds = z
  .array(id)
  .min(1)
  .max(maxProductIds)
  .refine((ids) => new Set(ids).size <= maxDistinctProducts, {
    error: `Too many: expected at most ${maxDistinctProducts} different products`,
  })

/** Not what events are held to: those of before were not. The limits are those of RFC 5321, 4.5.3.1, and RFC 1035, 2.3.4. */
const deliverable = email.refine(
  (address) => {
    const [local = '', domain = ''] = address.split('@')
    return local.length <= 64 && domain.split('.').every((label) => /^.{1,62}[^-]$|^[^-]$/.test(label))
  },
  { error: 'Invalid email address: expected at most 64 characters before the @, and labels of at most 63' },
)

const amount = z.int().min(0).max(1_000_000_000)

const itemsOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item).min(1).max(maxItems) })

/** PUT /customers/:id */
export const updateCustomer = z.object({ name: personOrProductName, email: deliverable })
/** POST /customers; the ids are drawn by the gateway before its first attempt. */
export const createCustomers = itemsOf(updateCustomer.extend({ customer_id: id }))

/** PUT /products/:id */
export const updateProduct = z.object({ name: personOrProductName, price_cents: priceCents })
/** POST /products */
export const createProducts = itemsOf(updateProduct.extend({ product_id: id }))

/** PUT /inventory/:id; `amount` is what can be ordered from then on. */
export const updateInventory = z.object({ product_id: id, amount })
/** GET and DELETE of /inventory/:id, as query: a record's events lie with its product. */
export const ofProduct = z.object({ product_id: id })
/** POST /inventory */
export const createInventory = itemsOf(updateInventory.extend({ inventory_id: id }))

/** PUT /orders/:id */
export const updateOrder = z.object({ customer_id: id, product_ids: productIds })
/** POST /orders */
export const createOrders = itemsOf(updateOrder.extend({ order_id: id }))

/** GET /billings/:id, as query: a bill's events lie with its order. */
export const ofOrder = z.object({ order_id: id })
/** POST /billings */
export const createBillings = itemsOf(z.object({ order_id: id }))

const isoTime = z.iso.datetime({ offset: true })

/** `?at=` of a GET of one entity: as it was at a position of its partition, or at a time, ISO 8601. */
export const at = z.string().transform((text, context) => {
  if (/^[1-9]\d{0,14}$/.test(text)) return { position: Number(text) }
  if (isoTime.safeParse(text).success) return { time: Date.parse(text) }
  const message = 'expected a position from 1, or a time such as 2026-01-02T03:04:05Z'
  context.addIssue({ code: 'custom', message, input: text })
  return z.NEVER
})

/** GET of one entity as it was, as query. */
export const lookingBack = z.object({ at })

/** Answer to GET with `at`: the entity, and the event that made it so. */
export const asItWas = z.object({
  entity: z.record(z.string(), z.unknown()),
  version: z.int().min(1),
  entry_id: z.string(),
})
export type AsItWas = z.infer<typeof asItWas>

/** A write's position in the log; the gateway waits until the read model has reached it. */
export const position = z.object({ topic: z.string(), partition: z.int().min(0), position: z.int().min(0) })

/** Answer to PUT and DELETE. */
export const changed = z.object({ positions: z.array(position) })
export type Changed = z.infer<typeof changed>

/** Answer to POST: the ids in the order of the items. */
export const created = changed.extend({ ids: z.array(id) })
export type Created = z.infer<typeof created>

/** The article's customer: POST /customers, PUT /customer/:id. Like all its bodies it may carry more, which is ignored. */
export const articleCustomer = z.object(updateCustomer.shape)

/** The article's product; `price` is currency units with at most two decimals, e.g. 19.99: see `centsOf`. */
export const articleProduct = z.object({
  name: personOrProductName,
  price: z
    .number()
    .min(0)
    .max(10_000_000)
    .refine(isPrice, { error: 'Invalid price: expected at most two decimals' }),
})

/** The article's inventory record. */
export const articleInventory = z.object(updateInventory.shape)

/** The article's order; a repeated product id is one more piece. */
export const articleOrder = z.object(updateOrder.shape)

/** The article's POST /billing. */
export const articleBilling = z.object({ order_id: id })
