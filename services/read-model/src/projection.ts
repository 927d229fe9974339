import {
  type EntityFields,
  type EntityKind,
  type Order,
  rows,
  rowsRevision,
  type ShopEvent,
  type TopicEvent,
} from '@ordershop/contracts'
import type { RowWrite } from '@ordershop/event-store'
import { indexed, listed, reindexed, unindexed, unlisted } from './indexes.ts'

/** What the fold needs of a recorded event. */
export type Projected = ShopEvent & {
  readonly event_id: string
  readonly recorded_at: string
  readonly version: number
  readonly entry_id: string
  readonly topic: string
  readonly position: number
}

type Fields<Kind extends EntityKind> = { readonly [Field in keyof EntityFields[Kind]]?: string | number }

/**
 * The rows that an event changes; their names and fields are a contract with the gateway. An index lists ids in order of
 * creation by itself, because the gateway draws ids as UUIDv7. A hash carries the version and entry id of the event that
 * wrote it last.
 */
export function project(event: Projected): RowWrite[] {
  const last = ['version', event.version, 'entry_id', event.entry_id]
  const writes = rowsOf(event).map((write): RowWrite => (write[0] === 'HSET' ? [...write, ...last] : write))
  return event.position === 1 ? [...writes, ['SADD', `${event.topic}_revision`, rowsRevision]] : writes
}

function rowsOf(event: Projected): RowWrite[] {
  switch (event.type) {
    case 'customer_created':
      return appears('customer', event.data.customer_id, event.data)
    case 'customer_updated':
      return [entity('customer', event.data.customer_id, event.data)]
    case 'customer_deleted':
      return vanishes('customer', event.data.customer_id)
    case 'product_created':
      return appears('product', event.data.product_id, event.data)
    case 'product_updated':
      return [entity('product', event.data.product_id, event.data)]
    case 'product_deleted':
      return vanishes('product', event.data.product_id)
    case 'billing_created': {
      const { billing_id } = event.data
      const fields = { ...event.data, billed_at: event.recorded_at }
      // A billing's id follows from its order's and tells nothing of when; the id of its event does.
      return appears('billing', billing_id, fields, `${event.event_id}:${billing_id}`)
    }
    case 'billing_requested':
    case 'billing_refused':
    case 'reservation_requested':
    case 'mail_requested':
    case 'mail_sent':
    case 'mail_failed':
      return []
    default:
      return isOrder(event) ? orderRows(event) : inventoryRows(event)
  }
}

function isOrder(event: TopicEvent<'order'> | TopicEvent<'inventory'>): event is TopicEvent<'order'> {
  return event.type.startsWith('order_')
}

function inventoryRows({ type, data }: TopicEvent<'inventory'>): RowWrite[] {
  switch (type) {
    case 'inventory_created':
      return [
        ...appears('inventory', data.inventory_id, data),
        ['ZADD', rows.by('inventory', 'product_id'), 0, `${data.product_id}:${data.inventory_id}`],
      ]
    case 'inventory_updated':
      return [entity('inventory', data.inventory_id, data)]
    case 'inventory_deleted':
      return [
        ...vanishes('inventory', data.inventory_id),
        ['ZREM', rows.by('inventory', 'product_id'), `${data.product_id}:${data.inventory_id}`],
      ]
    // It names only records that exist: what happens to a product's records is one entity, in one order.
    case 'inventory_moved':
      return data.records.map(({ inventory_id, amount }) => entity('inventory', inventory_id, { amount }))
    case 'inventory_reserved':
    case 'inventory_refused':
    case 'inventory_released':
    case 'inventory_sold':
      return []
  }
}

function orderRows({ type, data }: TopicEvent<'order'>): RowWrite[] {
  const id = data.order_id
  switch (type) {
    case 'order_created':
      return [
        ...indexed(data),
        ...appears('order', id, orderFields(data)),
        ...productIds(data),
        ['ZADD', rows.unbilledOrders, 0, id],
      ]
    case 'order_updated':
    case 'order_confirmed':
      return [
        ...reindexed(data),
        entity('order', id, orderFields(data)),
        ['HDEL', rows.entity('order', id), 'reason'],
        ...productIds(data),
      ]
    case 'order_update_rejected':
      return [
        ...reindexed(data),
        entity('order', id, { ...orderFields(data), reason: data.reason }),
        ...productIds(data),
      ]
    case 'order_rejected':
      return [
        unlisted(id, 'status'),
        listed('status', data.status, id),
        entity('order', id, { status: data.status, reason: data.reason }),
        ['ZREM', rows.unbilledOrders, id],
      ]
    case 'order_billed':
      return [entity('order', id, { billing_id: data.billing_id }), ['ZREM', rows.unbilledOrders, id]]
    case 'order_deleted':
      return [
        ...unindexed(id),
        ...vanishes('order', id),
        ['DEL', rows.orderProductIds(id)],
        ['ZREM', rows.unbilledOrders, id],
      ]
    case 'order_billing_refused': {
      // Nothing of the order changed but its version; of an order that is gone there is no row to write to.
      const isThere = data.status === 'pending' || data.status === 'rejected'
      return isThere ? [entity('order', id, {})] : []
    }
  }
}

function orderFields({
  order_id,
  customer_id,
  status,
  total_cents,
  currency,
  lines,
}: Order): Fields<'order'> {
  return { order_id, customer_id, status, total_cents, currency, lines: JSON.stringify(lines) }
}

function productIds({ order_id, product_ids }: Order): RowWrite[] {
  const list = rows.orderProductIds(order_id)
  return [
    ['DEL', list],
    ['RPUSH', list, ...product_ids],
  ]
}

function entity<Kind extends EntityKind>(kind: Kind, id: string, fields: Fields<Kind>): RowWrite {
  return ['HSET', rows.entity(kind, id), ...(Object.entries(fields) as [string, string | number][]).flat()]
}

function appears<Kind extends EntityKind>(
  kind: Kind,
  id: string,
  fields: Fields<Kind>,
  creation = id,
): RowWrite[] {
  return [['SADD', rows.ids(kind), id], ['ZADD', rows.index(kind), 0, creation], entity(kind, id, fields)]
}

function vanishes(kind: EntityKind, id: string): RowWrite[] {
  return [
    ['SREM', rows.ids(kind), id],
    ['ZREM', rows.index(kind), id],
    ['DEL', rows.entity(kind, id)],
  ]
}
