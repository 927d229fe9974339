import type { EventOf } from '@ordershop/contracts'
import { given } from '@ordershop/core/testing'
import { describe, test } from 'vitest'
import { type BillingCommand, billing } from './domain.ts'

const bill = {
  billing_id: 'b1',
  order_id: 'o1',
  customer_id: 'c1',
  total_cents: 350,
  currency: 'EUR' as const,
}
const refusal = (request_version: number) => ({
  billing_id: 'b1',
  order_id: 'o1',
  request_version,
  reason: 'order_pending',
})
const requested: EventOf<'billing_requested'> = { type: 'billing_requested', data: bill }
const created: EventOf<'billing_created'> = { type: 'billing_created', data: bill }
const refused = (version: number): EventOf<'billing_refused'> => ({
  type: 'billing_refused',
  data: refusal(version),
})
const request: BillingCommand = { type: 'RequestBilling', billing: bill }
const create: BillingCommand = { type: 'CreateBilling', billing: bill }
const refuse = (version: number): BillingCommand => ({ type: 'RefuseBilling', refusal: refusal(version) })

describe('a bill', () => {
  test('is requested, then created or refused as the order decided', () => {
    given(billing).when(request).gives(requested)
    given(billing, requested).when(create).gives(created)
    given(billing, requested).when(refuse(1)).gives(refused(1))
  })

  test('is created once', () => {
    given(billing, requested).when(request).gives()
    given(billing, requested, created).when(request).gives()
    given(billing, requested, created).when(create).gives()
    given(billing, requested, created).when(refuse(1)).gives()
  })

  test('that was refused can be requested again, and only that request can be refused then', () => {
    given(billing, requested, refused(1)).when(refuse(1)).gives()
    given(billing, requested, refused(1)).when(request).gives(requested)
    given(billing, requested, refused(1), requested).when(refuse(1)).gives()
    given(billing, requested, refused(1), requested).when(refuse(3)).gives(refused(3))
  })

  test('follows the order even if it was taken for refused', () => {
    given(billing, requested, refused(1)).when(create).gives(created)
  })
})
