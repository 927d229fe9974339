import { deepStrictEqual } from 'node:assert'
import { catalog, type Order } from '@ordershop/contracts'
import { test } from 'vitest'
import { mailFor } from './policy.ts'

const customer_id = '0199c1e2-0000-7000-8000-000000000001'
const order_id = '0199c1e2-0000-7000-8000-000000000002'
const product_id = '0199c1e2-0000-7000-8000-000000000003'
const billing_id = '0199c1e2-0000-7000-8000-000000000004'
const ada = { customer_id, name: 'Ada', email: 'ada@example.com' }
const order: Order = {
  order_id,
  customer_id,
  product_ids: [product_id, product_id],
  lines: [{ product_id, name: 'Tea', quantity: 2, unit_price_cents: 1999 }],
  total_cents: 3998,
  currency: 'EUR',
  status: 'pending',
}

test('a new customer is welcomed', () => {
  deepStrictEqual(mailFor({ type: 'customer_created', data: ada }), {
    customer_id,
    template: 'welcome',
    params: {},
  })
})

test('a customer who leaves gets a goodbye mail', () => {
  deepStrictEqual(mailFor({ type: 'customer_deleted', data: ada }).template, 'goodbye')
})

test('an order gets a thank-you mail with its total', () => {
  deepStrictEqual(mailFor({ type: 'order_created', data: { ...order, wants: [] } }), {
    customer_id,
    template: 'thanks',
    params: { order_id, total_cents: 3998, currency: 'EUR', pieces: 2 },
  })
})

test('payment is requested for a confirmed order', () => {
  const mail = mailFor({ type: 'order_confirmed', data: { ...order, status: 'confirmed', releases: [] } })
  deepStrictEqual(mail.template, 'payment_request')
  deepStrictEqual(mail.params.total_cents, 3998)
})

test('a rejected order is regretted, with the reason', () => {
  const data = {
    order_id,
    customer_id,
    product_id,
    status: 'rejected',
    reason: 'out_of_stock',
    releases: [],
  } as const
  deepStrictEqual(mailFor({ type: 'order_rejected', data: { ...data, releases: [] } }), {
    customer_id,
    template: 'sorry',
    params: { order_id, reason: 'out_of_stock' },
  })
})

test('a billing is receipted', () => {
  const data = { billing_id, order_id, customer_id, total_cents: 3998, currency: 'EUR' } as const
  deepStrictEqual(mailFor({ type: 'billing_created', data }), {
    customer_id,
    template: 'receipt',
    params: { billing_id, order_id, total_cents: 3998, currency: 'EUR' },
  })
})

test('every mail is one that the log accepts', () => {
  const mail = mailFor({ type: 'order_created', data: { ...order, wants: [] } })
  const data = { mail_id: billing_id, ...mail }
  deepStrictEqual(catalog.parse('mail', 'mail_requested', 1, data), { type: 'mail_requested', data })
})
