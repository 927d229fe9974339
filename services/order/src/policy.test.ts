import { expect, test } from 'vitest'
import { commandFor } from './policy.ts'

const decision = { product_id: 'a', order_id: 'o1', order_version: 3, quantity: 1 }

test('an order is confirmed when its last product is held, and not before', () => {
  const reserved = (rest: { product_id: string; quantity: number }[]) =>
    commandFor({
      type: 'inventory_reserved',
      version: 9,
      data: { ...decision, rest },
    })
  expect(reserved([{ product_id: 'b', quantity: 1 }])).toBeNull()
  expect(reserved([])).toEqual({ type: 'ConfirmOrder', orderVersion: 3 })
})

test('an order is refused when a product is out of stock', () => {
  const data = { ...decision, available: 0 }
  expect(commandFor({ type: 'inventory_refused', version: 9, data })).toEqual({
    type: 'RefuseOrder',
    orderVersion: 3,
    productId: 'a',
  })
})

test('a bill is asked for by the version of its request', () => {
  const data = {
    billing_id: 'b1',
    order_id: 'o1',
    customer_id: 'c1',
    total_cents: 50,
    currency: 'EUR' as const,
  }
  expect(commandFor({ type: 'billing_requested', version: 3, data })).toEqual({
    type: 'BillOrder',
    orderId: 'o1',
    billingId: 'b1',
    requestVersion: 3,
  })
})
