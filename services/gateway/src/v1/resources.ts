// The paths of /v1 and the shapes of what lies there: the events' own words, and money in integer cents.

import {
  type AnyEntityRow,
  billing,
  customer,
  type EntityKind,
  type EntityRow,
  http,
  inventory,
  order,
  product,
} from '@ordershop/contracts'
import { z } from 'zod'
import type { CachedEntity } from '../views.ts'

type Resource<Row = AnyEntityRow> = {
  /** Path of the list; a single item is below it, at its id. */
  readonly path: `/v1/${string}`
  /** What is sent to create or change one. Fields that it does not name are refused. */
  readonly body: z.ZodObject
  /** What is answered. */
  readonly entity: z.ZodType<object>
  /** The entity of a cached row. */
  show({ row, productIds }: CachedEntity<Row>): Record<string, unknown>
}

const byKind: { readonly [Kind in EntityKind]: Resource<EntityRow<Kind>> } = {
  customer: {
    path: '/v1/customers',
    body: z.strictObject(http.updateCustomer.shape),
    entity: customer,
    show: ({ row }) => ({ customer_id: row.customer_id, name: row.name, email: row.email }),
  },
  product: {
    path: '/v1/products',
    body: z.strictObject(http.updateProduct.shape),
    entity: product,
    show: ({ row }) => ({
      product_id: row.product_id,
      name: row.name,
      price_cents: Number(row.price_cents),
      currency: row.currency,
    }),
  },
  inventory: {
    path: '/v1/inventory',
    body: z.strictObject(http.updateInventory.shape),
    entity: inventory,
    show: ({ row }) => ({
      inventory_id: row.inventory_id,
      product_id: row.product_id,
      amount: Number(row.amount),
    }),
  },
  order: {
    path: '/v1/orders',
    body: z.strictObject(http.updateOrder.shape),
    entity: order.extend({
      reason: z.string().optional().describe('Why the order, or its last change, was refused'),
      billing_id: z.uuid().optional(),
    }),
    show: ({ row, productIds }) => ({
      order_id: row.order_id,
      customer_id: row.customer_id,
      product_ids: productIds,
      lines: JSON.parse(row.lines),
      total_cents: Number(row.total_cents),
      currency: row.currency,
      status: row.status,
      ...(row.reason ? { reason: row.reason } : {}),
      ...(row.billing_id ? { billing_id: row.billing_id } : {}),
    }),
  },
  billing: {
    path: '/v1/billings',
    body: z.strictObject({ order_id: z.uuid() }),
    entity: billing.extend({ billed_at: z.iso.datetime() }),
    show: ({ row }) => ({
      billing_id: row.billing_id,
      order_id: row.order_id,
      customer_id: row.customer_id,
      total_cents: Number(row.total_cents),
      currency: row.currency,
      billed_at: row.billed_at,
    }),
  },
}

/** Of each kind; what is given to `show` must be of that kind. */
export const resources: Readonly<Record<EntityKind, Resource>> = byKind

/** Where one entity lies. */
export function locationOf(entity: EntityKind, id: string): string {
  return `${resources[entity].path}/${id}`
}
