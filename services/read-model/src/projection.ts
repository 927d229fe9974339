import type { Order, ShopEvent, TopicEvent } from '@ordershop/contracts'

/** One write to a row of the entity cache, as the event store takes it. */
export type Write = readonly [
  command: 'HSET' | 'HDEL' | 'DEL' | 'SADD' | 'SREM' | 'RPUSH' | 'ZADD' | 'ZREM',
  row: string,
  ...args: (string | number)[],
]

/** What the fold needs of a recorded event. */
export type Projected = ShopEvent & {
  readonly event_id: string
  readonly recorded_at: string
  readonly version: number
  readonly entry_id: string
}

type Fields = Readonly<Record<string, string | number>>

/**
 * The rows that an event changes. For each entity: `<entity>_ids` (Set), `<entity>_entity:<id>` (Hash) and
 * `<entity>_index` (sorted set, every score 0, so members sort by themselves), which lists ids in order of creation:
 * the gateway draws ids as UUIDv7. An order has its `order_product_ids:<id>` (List) beside, and as long as it may
 * be billed a place in `order_unbilled`. A hash carries `version` and `entry_id` of the event that wrote it last, which a
 * later command may be made to depend on: the number alone comes again in another history.
 */
export function project(event: Projected): Write[] {
  const last = ['version', event.version, 'entry_id', event.entry_id]
  return rowsOf(event).map((write) => (write[0] === 'HSET' ? [...write, ...last] : write))
}

function rowsOf(event: Projected): Write[] {
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

function inventoryRows({ type, data }: TopicEvent<'inventory'>): Write[] {
  switch (type) {
    case 'inventory_created':
      return appears('inventory', data.inventory_id, data)
    case 'inventory_updated':
      return [entity('inventory', data.inventory_id, data)]
    case 'inventory_deleted':
      return vanishes('inventory', data.inventory_id)
    // A decision names only records that exist: records and decisions of a product are one stream, in one order.
    case 'inventory_reserved':
    case 'inventory_refused':
    case 'inventory_released':
    case 'inventory_sold':
      return data.records.map(({ inventory_id, amount }) => entity('inventory', inventory_id, { amount }))
  }
}

function orderRows({ type, data }: TopicEvent<'order'>): Write[] {
  const id = data.order_id
  switch (type) {
    case 'order_created':
      return [
        ...appears('order', id, orderFields(data)),
        ...productIds(data),
        ['ZADD', 'order_unbilled', 0, id],
      ]
    case 'order_updated':
    case 'order_confirmed':
      return [
        entity('order', id, orderFields(data)),
        ['HDEL', row('order', id), 'reason'],
        ...productIds(data),
      ]
    case 'order_update_rejected':
      return [entity('order', id, { ...orderFields(data), reason: data.reason }), ...productIds(data)]
    case 'order_rejected':
      return [
        entity('order', id, { status: data.status, reason: data.reason }),
        ['ZREM', 'order_unbilled', id],
      ]
    case 'order_billed':
      return [entity('order', id, { billing_id: data.billing_id }), ['ZREM', 'order_unbilled', id]]
    case 'order_deleted':
      return [...vanishes('order', id), ['DEL', `order_product_ids:${id}`], ['ZREM', 'order_unbilled', id]]
    case 'order_billing_refused': {
      // Nothing of the order changed but its version; of an order that is gone there is no row to write to.
      const isThere = data.status === 'pending' || data.status === 'rejected'
      return isThere ? [entity('order', id, {})] : []
    }
  }
}

function orderFields({ order_id, customer_id, status, total_cents, currency, lines }: Order): Fields {
  return { order_id, customer_id, status, total_cents, currency, lines: JSON.stringify(lines) }
}

function productIds({ order_id, product_ids }: Order): Write[] {
  const list = `order_product_ids:${order_id}`
  return [
    ['DEL', list],
    ['RPUSH', list, ...product_ids],
  ]
}

function row(name: string, id: string): string {
  return `${name}_entity:${id}`
}

function entity(name: string, id: string, fields: Fields): Write {
  return ['HSET', row(name, id), ...Object.entries(fields).flat()]
}

function appears(name: string, id: string, fields: Fields, creation = id): Write[] {
  return [['SADD', `${name}_ids`, id], ['ZADD', `${name}_index`, 0, creation], entity(name, id, fields)]
}

function vanishes(name: string, id: string): Write[] {
  return [
    ['SREM', `${name}_ids`, id],
    ['ZREM', `${name}_index`, id],
    ['DEL', row(name, id)],
  ]
}
