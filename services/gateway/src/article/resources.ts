// The article's paths and shapes of each kind of entity.

import {
  type AnyEntityRow,
  centsOf,
  type EntityKind,
  type EntityRow,
  http,
  priceOf,
} from '@ordershop/contracts'
import type { z } from 'zod'
import type { CachedEntity } from '../views.ts'

type Resource<Row = AnyEntityRow> = {
  /** Path of the list. */
  readonly list: string
  /** Path of a single one, before its id. */
  readonly one: string
  /** Parses the article's body into the service's. */
  readonly schema: z.ZodType<object>
  show(entity: CachedEntity<Row>): object
}

const byKind: { readonly [Kind in EntityKind]: Resource<EntityRow<Kind>> } = {
  customer: {
    list: '/customers',
    one: '/customer',
    schema: http.articleCustomer,
    show: ({ row }) => ({ id: row.customer_id, name: row.name, email: row.email }),
  },
  product: {
    list: '/products',
    one: '/product',
    schema: http.articleProduct.transform(({ name, price }) => ({ name, price_cents: centsOf(price) })),
    show: ({ row }) => ({
      id: row.product_id,
      name: row.name,
      price: priceOf(Number(row.price_cents)),
    }),
  },
  inventory: {
    list: '/inventory',
    one: '/inventory',
    schema: http.articleInventory,
    show: ({ row }) => ({
      id: row.inventory_id,
      product_id: row.product_id,
      amount: Number(row.amount),
    }),
  },
  order: {
    list: '/orders',
    one: '/order',
    schema: http.articleOrder,
    show: ({ row, productIds }) => ({
      id: row.order_id,
      customer_id: row.customer_id,
      product_ids: productIds,
      status: row.status,
      ...(row.reason ? { reason: row.reason } : {}),
      ...(row.billing_id ? { billing_id: row.billing_id } : {}),
    }),
  },
  billing: {
    list: '/billings',
    one: '/billing',
    schema: http.articleBilling,
    show: ({ row }) => ({
      id: row.billing_id,
      order_id: row.order_id,
      customer_id: row.customer_id,
      total: priceOf(Number(row.total_cents)),
      done: row.billed_at,
    }),
  },
}

/** Of each kind; what is given to `show` must be of that kind. */
export const article: Readonly<Record<EntityKind, Resource>> = byKind
