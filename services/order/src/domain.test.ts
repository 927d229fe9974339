import type { EventOf, Order, ProductQuantity } from '@ordershop/contracts'
import { given } from '@ordershop/core/testing'
import { describe, test } from 'vitest'
import { basket } from './basket.ts'
import { type OrderCommand, order } from './domain.ts'

const offers = new Map([
  ['a', { name: 'Apple', unit_price_cents: 50 }],
  ['b', { name: 'Bread', unit_price_cents: 300 }],
  ['c', { name: 'Cheese', unit_price_cents: 700 }],
])
const ordered = (...product_ids: string[]) =>
  basket({ order_id: 'o1', customer_id: 'c1', product_ids }, offers)
const pieces = (quantities: Record<string, number>): ProductQuantity[] =>
  Object.entries(quantities).map(([product_id, quantity]) => ({ product_id, quantity }))
type Basket = Omit<Order, 'status'>

const created = (basket: Basket, wants: Record<string, number>): EventOf<'order_created'> => ({
  type: 'order_created',
  data: { ...basket, status: 'pending', wants: pieces(wants) },
})
const updated = (
  basket: Basket,
  wants: Record<string, number>,
  releases: Record<string, number> = {},
): EventOf<'order_updated'> => ({
  type: 'order_updated',
  data: { ...basket, status: 'pending', wants: pieces(wants), releases: pieces(releases) },
})
const confirmed = (basket: Basket, releases: Record<string, number> = {}): EventOf<'order_confirmed'> => ({
  type: 'order_confirmed',
  data: { ...basket, status: 'confirmed', releases: pieces(releases) },
})
const deleted = (
  { status, ...basket }: Order,
  releases: Record<string, number> = {},
): EventOf<'order_deleted'> => ({
  type: 'order_deleted',
  data: { ...basket, status, releases: pieces(releases) },
})
const rejected = (product_id: string, releases: Record<string, number> = {}): EventOf<'order_rejected'> => ({
  type: 'order_rejected',
  data: {
    order_id: 'o1',
    customer_id: 'c1',
    status: 'rejected',
    reason: 'out_of_stock',
    product_id,
    releases: pieces(releases),
  },
})
const updateRejected = (
  basket: Basket,
  product_id: string,
  releases: Record<string, number> = {},
): EventOf<'order_update_rejected'> => ({
  type: 'order_update_rejected',
  data: { ...basket, status: 'confirmed', reason: 'out_of_stock', product_id, releases: pieces(releases) },
})

const create = (basket: Basket): OrderCommand => ({ type: 'CreateOrder', basket })
const update = (basket: Basket): OrderCommand => ({ type: 'UpdateOrder', basket })
const remove: OrderCommand = { type: 'DeleteOrder', orderId: 'o1' }
const confirm = (orderVersion: number): OrderCommand => ({ type: 'ConfirmOrder', orderVersion })
const refuse = (orderVersion: number, productId: string): OrderCommand => ({
  type: 'RefuseOrder',
  orderVersion,
  productId,
})
const bill = (requestVersion: number): OrderCommand => ({
  type: 'BillOrder',
  orderId: 'o1',
  billingId: 'b1',
  requestVersion,
})
const billed: EventOf<'order_billed'> = {
  type: 'order_billed',
  data: {
    order_id: 'o1',
    billing_id: 'b1',
    customer_id: 'c1',
    total_cents: 350,
    currency: 'EUR',
    status: 'confirmed',
    sells: pieces({ a: 1, b: 1 }),
  },
}
const billingRefused = (
  request_version: number,
  status: EventOf<'order_billing_refused'>['data']['status'],
): EventOf<'order_billing_refused'> => ({
  type: 'order_billing_refused',
  data: { order_id: 'o1', billing_id: 'b1', request_version, status, reason: `order_${status}` },
})

const ab = ordered('b', 'a')
const ac = ordered('a', 'c')
const pending = created(ab, { a: 1, b: 1 })

describe('a new order', () => {
  test('waits for its stock, product by product', () => {
    given(order)
      .when(create(ordered('b', 'a', 'b')))
      .gives(created(ordered('b', 'a', 'b'), { a: 1, b: 2 }))
  })

  test('is confirmed when all of it is held', () => {
    given(order, pending).when(confirm(1)).gives(confirmed(ab))
  })

  test('is rejected when a product is short, and releases what it had acquired before', () => {
    given(order, pending).when(refuse(1, 'a')).gives(rejected('a'))
    given(order, pending)
      .when(refuse(1, 'b'))
      .gives(rejected('b', { a: 0 }))
  })

  test('does not listen to what inventory says about another version', () => {
    const changed = updated(ac, { a: 1, c: 1 }, { b: 0 })
    for (const command of [confirm(1), refuse(1, 'a'), confirm(3), refuse(3, 'a')]) {
      given(order, pending, changed).when(command).gives()
    }
    given(order).when(confirm(1)).gives()
    given(order).when(refuse(1, 'a')).gives()
  })

  test('is decided once', () => {
    for (const command of [confirm(1), refuse(1, 'b')]) {
      given(order, pending, confirmed(ab)).when(command).gives()
      given(order, pending, rejected('b', { a: 0 }))
        .when(command)
        .gives()
      given(order, pending, deleted({ ...ab, status: 'pending' }))
        .when(command)
        .gives()
    }
  })

  test('records nothing new when it is created again', () => {
    given(order, pending).when(create(ab)).gives()
    given(order, pending).when(create(ac)).fails('conflict', /o1/)
  })
})

describe('a changed order', () => {
  test('waits again, and keeps what it holds until the change is decided', () => {
    given(order, pending, confirmed(ab))
      .when(update(ac))
      .gives(updated(ac, { a: 1, c: 1 }))
  })

  test('is confirmed, and only then releases what it needs no more', () => {
    given(order, pending, confirmed(ab), updated(ac, { a: 1, c: 1 }))
      .when(confirm(3))
      .gives(confirmed(ac, { b: 0 }))
  })

  test('asks for no less than it holds, so that the change can be undone', () => {
    const two = ordered('a', 'a')
    const one = ordered('a', 'b')
    const history = [created(two, { a: 2 }), confirmed(two)]
    given(order, ...history)
      .when(update(one))
      .gives(updated(one, { a: 2, b: 1 }))
    given(order, ...history, updated(one, { a: 2, b: 1 }))
      .when(confirm(3))
      .gives(confirmed(one, { a: 1 }))
  })

  test('is as it was when the change is refused', () => {
    const change = updated(ordered('a', 'a', 'c'), { a: 2, c: 1 })
    given(order, pending, confirmed(ab), change)
      .when(refuse(3, 'c'))
      .gives(updateRejected(ab, 'c', { a: 1 }))
    given(order, pending, confirmed(ab), change).when(refuse(3, 'a')).gives(updateRejected(ab, 'a'))
  })

  test('can be changed again after a refusal, and later refused again', () => {
    const change = updated(ac, { a: 1, c: 1 })
    const history = [pending, confirmed(ab), change, updateRejected(ab, 'c'), change]
    given(order, ...history)
      .when(refuse(5, 'c'))
      .gives(updateRejected(ab, 'c'))
  })

  test('releases at once what only the superseded change had asked for', () => {
    given(order, pending)
      .when(update(ac))
      .gives(updated(ac, { a: 1, c: 1 }, { b: 0 }))
    given(order, pending, confirmed(ab), updated(ac, { a: 1, c: 1 }))
      .when(update(ordered('b', 'b')))
      .gives(updated(ordered('b', 'b'), { b: 2 }, { c: 0 }))
  })

  test('releases what a superseded version may hold, though the refused one never got so far', () => {
    given(order, pending, updated(ordered('a', 'b', 'b'), { a: 1, b: 2 }))
      .when(refuse(2, 'a'))
      .gives(rejected('a', { a: 0, b: 0 }))
  })

  test('stays confirmed when only the customer changes, at the prices it had', () => {
    const dearer = new Map([...offers].map(([id, offer]) => [id, { ...offer, unit_price_cents: 999 }]))
    const moved = basket({ order_id: 'o1', customer_id: 'c2', product_ids: ['a', 'b'] }, dearer)
    given(order, pending, confirmed(ab))
      .when(update(moved))
      .gives({
        type: 'order_updated',
        data: {
          ...ab,
          customer_id: 'c2',
          product_ids: ['a', 'b'],
          status: 'confirmed',
          wants: [],
          releases: [],
        },
      })
  })

  test('records nothing new when it is put as it is', () => {
    given(order, pending).when(update(ab)).gives()
    given(order, pending, confirmed(ab)).when(update(ab)).gives()
  })

  test('must exist, and be neither rejected nor billed', () => {
    given(order).when(update(ab)).fails('not_found', /o1/)
    given(order, pending, deleted({ ...ab, status: 'pending' }))
      .when(update(ac))
      .fails('not_found')
    given(order, pending, rejected('a'))
      .when(update(ac))
      .fails('conflict', /rejected/)
    given(order, pending, confirmed(ab), billed)
      .when(update(ac))
      .fails('conflict', /billed/)
  })
})

describe('a deleted order', () => {
  test('releases all that it may hold', () => {
    given(order, pending)
      .when(remove)
      .gives(deleted({ ...ab, status: 'pending' }, { a: 0, b: 0 }))
    given(order, pending, confirmed(ab), updated(ac, { a: 1, c: 1 }))
      .when(remove)
      .gives(deleted({ ...ac, status: 'pending' }, { a: 0, b: 0, c: 0 }))
    given(order, pending, rejected('b', { a: 0 }))
      .when(remove)
      .gives(deleted({ ...ab, status: 'rejected' }))
  })

  test('is deleted once, and never a billed one', () => {
    given(order, pending, deleted({ ...ab, status: 'pending' }))
      .when(remove)
      .gives()
    given(order).when(remove).fails('not_found')
    given(order, pending, confirmed(ab), billed)
      .when(remove)
      .fails('conflict', /billed/)
  })

  test('does not come back', () => {
    given(order, pending, deleted({ ...ab, status: 'pending' }))
      .when(create(ab))
      .fails('conflict')
  })
})

describe('billing an order', () => {
  test('sells what a confirmed order holds', () => {
    given(order, pending, confirmed(ab)).when(bill(1)).gives(billed)
  })

  test('is refused in every other state', () => {
    given(order).when(bill(1)).gives(billingRefused(1, 'unknown'))
    given(order, pending).when(bill(1)).gives(billingRefused(1, 'pending'))
    given(order, pending, rejected('a')).when(bill(1)).gives(billingRefused(1, 'rejected'))
    given(order, pending, deleted({ ...ab, status: 'pending' }))
      .when(bill(1))
      .gives(billingRefused(1, 'deleted'))
  })

  test('happens once, and a request that was refused is not granted later', () => {
    given(order, pending, confirmed(ab), billed).when(bill(1)).gives()
    given(order, pending, confirmed(ab), billed).when(bill(3)).gives()
    given(order, pending, billingRefused(1, 'pending'), confirmed(ab)).when(bill(1)).gives()
    given(order, pending, billingRefused(1, 'pending'), confirmed(ab)).when(bill(3)).gives(billed)
  })

  test('that was refused leaves the reservation under way as it is', () => {
    given(order, pending, billingRefused(1, 'pending')).when(confirm(1)).gives(confirmed(ab))
  })
})
