// What an order's decision means for its bill.
import type { Billing, EventOf, TopicEvent } from '@ordershop/contracts'
import type { BillingCommand } from './domain.ts'

/** The command to the billing of the order that decided. */
export function commandFor(event: EventOf<'order_billed' | 'order_billing_refused'>): BillingCommand {
  switch (event.type) {
    case 'order_billed': {
      const { order_id, billing_id, customer_id, total_cents, currency } = event.data
      return { type: 'CreateBilling', billing: { billing_id, order_id, customer_id, total_cents, currency } }
    }
    case 'order_billing_refused': {
      const { order_id, billing_id, request_version, reason } = event.data
      return { type: 'RefuseBilling', refusal: { billing_id, order_id, request_version, reason } }
    }
  }
}

export type Billability =
  | { state: 'billable'; bill: Omit<Billing, 'billing_id'> }
  | { state: 'pending' | 'rejected' | 'unknown' }

/** Whether an order can be billed, or was, going by its last event. */
export function billability(last: TopicEvent<'order'> | null): Billability {
  if (!last) return { state: 'unknown' }
  switch (last.type) {
    case 'order_deleted':
      return { state: 'unknown' }
    case 'order_rejected':
      return { state: 'rejected' }
    case 'order_billing_refused': {
      const { status } = last.data
      return { state: status === 'deleted' ? 'unknown' : status }
    }
    default: {
      const { order_id, customer_id, total_cents, currency, status } = last.data
      if (status !== 'confirmed') return { state: status }
      return { state: 'billable', bill: { order_id, customer_id, total_cents, currency } }
    }
  }
}
