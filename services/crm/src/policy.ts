// Which event deserves which mail.
import type { MailRequested, ShopEvent } from '@ordershop/contracts'

/** A mail worth sending; who records it gives it an id. */
export type Mail = Omit<MailRequested, 'mail_id'>

/** The events that a customer is notified of. */
export type NewsworthyEvent = Extract<ShopEvent, { type: keyof typeof mails }>

const mails = {
  customer_created: 'welcome',
  customer_deleted: 'goodbye',
  order_created: 'thanks',
  order_confirmed: 'payment_request',
  order_rejected: 'sorry',
  billing_created: 'receipt',
} as const

export function mailFor(event: NewsworthyEvent): Mail {
  const { customer_id } = event.data
  return { customer_id, template: mails[event.type], params: paramsOf(event) }
}

function paramsOf(event: NewsworthyEvent): Mail['params'] {
  switch (event.type) {
    case 'customer_created':
    case 'customer_deleted':
      return {}
    case 'order_created':
    case 'order_confirmed': {
      const { order_id, total_cents, currency, product_ids } = event.data
      return { order_id, total_cents, currency, pieces: product_ids.length }
    }
    case 'order_rejected':
      return { order_id: event.data.order_id, reason: event.data.reason }
    case 'billing_created': {
      const { billing_id, order_id, total_cents, currency } = event.data
      return { billing_id, order_id, total_cents, currency }
    }
  }
}
