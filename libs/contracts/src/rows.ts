// The rows of the read model: read-model writes them, the gateway reads them.
import type { Billing } from './billing.ts'
import type { Customer } from './customer.ts'
import type { Inventory } from './inventory.ts'
import type { Order } from './order.ts'
import type { Product } from './product.ts'
import type { CommandService } from './services.ts'

/** What has rows: each kind of entity that a service decides about. */
export type EntityKind = CommandService

/** In the order of the article's report. */
export const entityKinds = [
  'product',
  'inventory',
  'customer',
  'order',
  'billing',
] as const satisfies EntityKind[]

/** What entities can be listed by, beside their time of creation: first what leaves the fewest. */
export const listedBy = {
  order: ['customer_id', 'product_id', 'status'],
  inventory: ['product_id'],
} as const satisfies Partial<Record<EntityKind, readonly string[]>>

/**
 * Names what rows there are of an entity. A new one is due with each new row of those that exist already: then lists that
 * need it are refused until `ordershop-ops rebuild read-model`, rather than answered without what was there before.
 */
export const rowsRevision = '2'

/** Names of rows, without partition and projection; all but the entity's own are there once in a partition. */
export const rows = {
  /** Set of ids. */
  ids: (kind: EntityKind) => `${kind}_ids`,
  /** Sorted set whose members, every score 0, sort by creation: an id, or `<what sorts>:<id>`. */
  index: (kind: EntityKind) => `${kind}_index`,
  /** Sorted set, every score 0, of what is listed under a value: members `<value>:<id>`, those of one value by creation. */
  by: <Kind extends keyof typeof listedBy>(kind: Kind, field: (typeof listedBy)[Kind][number]) =>
    `${kind}_by_${field}`,
  /** Set that names the `rowsRevision` with which the first event of the partition was folded. */
  revision: (kind: EntityKind) => `${kind}_revision`,
  /** Hash of `EntityFields`. */
  entity: (kind: EntityKind, id: string) => `${kind}_entity:${id}`,
  /** List of an order's product ids, as ordered. */
  orderProductIds: (orderId: string) => `order_product_ids:${orderId}`,
  /** Sorted set, every score 0, of orders that may still be billed. */
  unbilledOrders: 'order_unbilled',
} as const

/** Fields of each kind's hash, as they are written; Redis keeps them as strings. */
export type EntityFields = {
  readonly customer: Customer
  readonly product: Product
  readonly inventory: Inventory
  readonly order: Omit<Order, 'product_ids' | 'lines'> & {
    /** JSON of the order's lines. */
    readonly lines: string
    /** Why the order, or its last change, was refused. */
    readonly reason?: string
    readonly billing_id?: string
  }
  readonly billing: Billing & {
    /** ISO 8601, by Redis' clock. */
    readonly billed_at: string
  }
}

/**
 * The event that wrote a hash last. A later command may be made to depend on both: a version alone comes again in
 * another history.
 */
type WrittenBy = { readonly version: string; readonly entry_id: string }

/** A hash as it is read. */
export type EntityRow<Kind extends EntityKind> = {
  readonly [Field in keyof EntityFields[Kind]]: string
} & WrittenBy

type AnyField = { [Kind in EntityKind]: keyof EntityFields[Kind] }[EntityKind]

/** A hash of whichever kind. */
export type AnyEntityRow = { readonly [Field in AnyField]?: string } & WrittenBy
