import type { Order, TopicEvent } from '@ordershop/contracts'
import { describe, expect, test } from 'vitest'
import { billability, commandFor } from './policy.ts'

const bill = { order_id: 'o1', customer_id: 'c1', total_cents: 350, currency: 'EUR' as const }
const order = (status: Order['status']): Order => ({ ...bill, product_ids: ['a'], lines: [], status })
const refused = (status: 'pending' | 'rejected' | 'deleted' | 'unknown'): TopicEvent<'order'> => ({
  type: 'order_billing_refused',
  data: { order_id: 'o1', billing_id: 'b1', request_version: 1, status, reason: `order_${status}` },
})
const releases: [] = []
const shortage = { reason: 'out_of_stock', product_id: 'a', releases }

describe('an order', () => {
  test.each<TopicEvent<'order'>>([
    { type: 'order_confirmed', data: { ...order('confirmed'), releases } },
    { type: 'order_updated', data: { ...order('confirmed'), releases, wants: [] } },
    { type: 'order_update_rejected', data: { ...order('confirmed'), ...shortage } },
    { type: 'order_billed', data: { ...bill, billing_id: 'b1', status: 'confirmed', sells: [] } },
  ])('can be billed, or was, after $type', (last) => {
    expect(billability(last)).toEqual({ state: 'billable', bill })
  })

  test('cannot be billed while it is pending, once it is rejected or gone, or if it never was', () => {
    const rejected = { order_id: 'o1', customer_id: 'c1', status: 'rejected' as const, ...shortage }
    const events: (TopicEvent<'order'> | null)[] = [
      { type: 'order_created', data: { ...order('pending'), wants: [] } },
      { type: 'order_updated', data: { ...order('pending'), wants: [], releases } },
      refused('pending'),
      { type: 'order_rejected', data: rejected },
      refused('rejected'),
      { type: 'order_deleted', data: { ...order('confirmed'), releases } },
      refused('deleted'),
      refused('unknown'),
      null,
    ]
    const states = events.map((event) => billability(event).state)
    const [pending, rejections, unknown] = [states.slice(0, 3), states.slice(3, 5), states.slice(5)]
    expect(new Set(pending)).toEqual(new Set(['pending']))
    expect(new Set(rejections)).toEqual(new Set(['rejected']))
    expect(new Set(unknown)).toEqual(new Set(['unknown']))
  })
})

describe('what the order decided', () => {
  test('is what becomes of the bill', () => {
    const billing = { ...bill, billing_id: 'b1' }
    expect(
      commandFor({ type: 'order_billed', data: { ...billing, status: 'confirmed', sells: [] } }),
    ).toEqual({
      type: 'CreateBilling',
      billing,
    })
    const refusal = { order_id: 'o1', billing_id: 'b1', request_version: 3, reason: 'order_deleted' }
    expect(commandFor({ type: 'order_billing_refused', data: { ...refusal, status: 'deleted' } })).toEqual({
      type: 'RefuseBilling',
      refusal,
    })
  })
})
