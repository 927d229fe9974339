// What an order is listed by: rows whose members are `<value>:<order id>`.
import { type Order, rows } from '@ordershop/contracts'
import type { RowWrite } from '@ordershop/event-store'

type Indexed = Pick<Order, 'order_id' | 'customer_id' | 'status' | 'product_ids'>

/** An event does not say what the order was before: its own rows do, so this comes before they are written anew. */
export function reindexed(order: Indexed): RowWrite[] {
  return [...unindexed(order.order_id), ...indexed(order)]
}

export function indexed({ order_id, customer_id, status, product_ids }: Indexed): RowWrite[] {
  const products = [...new Set(product_ids)].map((productId) => [0, `${productId}:${order_id}`])
  return [
    listed('status', status, order_id),
    listed('customer_id', customer_id, order_id),
    ['ZADD', rows.by('order', 'product_id'), ...products.flat()],
  ]
}

export function unindexed(id: string): RowWrite[] {
  return [
    unlisted(id, 'status'),
    unlisted(id, 'customer_id'),
    ['UNLIST', rows.by('order', 'product_id'), rows.orderProductIds(id), `:${id}`],
  ]
}

export const listed = (field: 'status' | 'customer_id', value: string, id: string): RowWrite => [
  'ZADD',
  rows.by('order', field),
  0,
  `${value}:${id}`,
]

export const unlisted = (id: string, field: 'status' | 'customer_id'): RowWrite => [
  'UNLIST',
  rows.by('order', field),
  rows.entity('order', id),
  `:${id}`,
  field,
]
