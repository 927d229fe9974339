import type { EventOf, Order, ReservationRequested } from '@ordershop/contracts'
import { describe, expect, test } from 'vitest'
import { isWaiting, portions, reservationAfter, reservationsFor } from './policy.ts'

const a = { product_id: 'a', quantity: 2 }
const b = { product_id: 'b', quantity: 1 }
const c = { product_id: 'c', quantity: 0 }
const order: Omit<Order, 'status'> = {
  order_id: 'o1',
  customer_id: 'c1',
  product_ids: ['b', 'a', 'a'],
  lines: [],
  total_cents: 0,
  currency: 'EUR',
}
const asked = (order_version: number, purpose: string, product: typeof a, rest: (typeof a)[] = []) => {
  return { order_id: 'o1', order_version, purpose, ...product, rest }
}
const status = 'pending' as const

describe('reservations for an order', () => {
  test('begin with the first product, the others to follow', () => {
    const data = { ...order, status, wants: [a, b] }
    expect(reservationsFor({ type: 'order_created', version: 1, data })).toEqual([asked(1, 'hold', a, [b])])
  })

  test('continue with the next product, once the previous one is held', () => {
    const asking = (rest: (typeof a)[]) => asked(4, 'hold', c, rest) as ReservationRequested
    expect(reservationAfter(asking([a, b]))).toEqual([asked(4, 'hold', a, [b])])
    expect(reservationAfter(asking([b]))).toEqual([asked(4, 'hold', b)])
    expect(reservationAfter(asking([]))).toEqual([])
  })

  test('of a change also release what is no longer wanted', () => {
    const data = { ...order, status, wants: [a, b], releases: [c] }
    expect(reservationsFor({ type: 'order_updated', version: 3, data })).toEqual([
      asked(3, 'hold', a, [b]),
      asked(3, 'release', c),
    ])
  })

  test('are released one by one when an order is decided or deleted', () => {
    const data = { ...order, releases: [a, c] }
    const released = [asked(5, 'release', a), asked(5, 'release', c)]
    const shortage = { reason: 'out_of_stock', product_id: 'b' }
    const confirmed = 'confirmed' as const
    expect(
      [
        { type: 'order_confirmed', version: 5, data: { ...data, status: confirmed } } as const,
        { type: 'order_deleted', version: 5, data: { ...data, status } } as const,
        {
          type: 'order_update_rejected',
          version: 5,
          data: { ...data, status: confirmed, ...shortage },
        } as const,
        { type: 'order_rejected', version: 5, data: { ...data, status: 'rejected', ...shortage } } as const,
      ].map(reservationsFor),
    ).toEqual([released, released, released, released])
  })

  test('become sales when it is billed', () => {
    const bill = {
      order_id: 'o1',
      billing_id: 'b1',
      customer_id: 'c1',
      total_cents: 0,
      currency: 'EUR',
    } as const
    const data = { ...bill, status: 'confirmed', sells: [a, b] } as const
    expect(reservationsFor({ type: 'order_billed', version: 3, data: { ...data, sells: [a, b] } })).toEqual([
      asked(3, 'sell', a),
      asked(3, 'sell', b),
    ])
  })
})

describe('an order waits for its reservation', () => {
  const refused = (status: 'pending' | 'deleted') =>
    ({
      type: 'order_billing_refused',
      version: 2,
      data: { order_id: 'o1', billing_id: 'b1', request_version: 1, status, reason: `order_${status}` },
    }) as const

  test('while its last event is the one that asked, or only a bill was refused since', () => {
    const data = { ...order, status, wants: [] }
    expect(isWaiting({ type: 'order_created', version: 1, data }, 1)).toBe(true)
    expect(isWaiting(refused('pending'), 1)).toBe(true)
  })

  test('no longer once it was changed, decided, deleted or lost', () => {
    const data = { ...order, status: 'confirmed' as const, releases: [] }
    expect(isWaiting({ type: 'order_confirmed', version: 2, data }, 1)).toBe(false)
    expect(isWaiting(refused('deleted'), 1)).toBe(false)
    expect(isWaiting(null, 1)).toBe(false)
  })
})

describe('a batch of reservations', () => {
  const message = (products: number): EventOf<'reservation_requested'> => ({
    type: 'reservation_requested',
    data: {
      ...a,
      order_id: 'o1',
      order_version: 1,
      purpose: 'hold',
      rest: Array.from({ length: products }, () => b),
    },
  })

  test('is one portion as long as its answers fit into one append', () => {
    const batch = Array.from({ length: 256 }, () => message(3))
    expect(portions(batch)).toEqual([batch])
    expect(portions([])).toEqual([])
  })

  test('is cut, in order, where its answers would not fit', () => {
    const batch = Array.from({ length: 256 }, () => message(99))
    const runs = portions(batch)
    expect(runs.map((run) => run.length)).toEqual([101, 101, 54])
    expect(runs.flat()).toEqual(batch)
  })
})
