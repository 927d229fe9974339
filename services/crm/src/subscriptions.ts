import { groups, type MailTemplate, type ShopEvent } from '@ordershop/contracts'
import type { EventStore, HandlerContext, Recorded, Subscription } from '@ordershop/event-store'
import { appendOnce } from '@ordershop/shop'
import { v5 as uuidv5 } from 'uuid'
import { mailFor, type NewsworthyEvent } from './policy.ts'

const mailNamespace = '6f1a3c52-8d0e-5b7a-9c44-2e7d51b0a9f3'

/** Every newsworthy event becomes one `mail_requested`. */
export function subscriptions({ store }: { store: EventStore<ShopEvent> }): Subscription<ShopEvent>[] {
  // A repeat is harmless: the mail's id follows from the event, and an entity begins once.
  const request = (event: Recorded<NewsworthyEvent>, context: HandlerContext) =>
    requestMail(store, event, context)
  return [
    {
      group: 'crm',
      topics: groups.crm,
      on: {
        customer_created: request,
        customer_deleted: request,
        order_created: request,
        order_confirmed: request,
        order_rejected: request,
        billing_created: request,
      },
    },
  ]
}

/** The same mail for the same event, whichever process decides and however often. */
function mailIdFor(template: MailTemplate, eventId: string): string {
  return uuidv5(`${template}:${eventId}`, mailNamespace)
}

async function requestMail(
  store: EventStore<ShopEvent>,
  event: Recorded<NewsworthyEvent>,
  context: HandlerContext,
): Promise<void> {
  const mail = mailFor(event)
  const mail_id = mailIdFor(mail.template, event.event_id)
  const data = { mail_id, ...mail }
  const events = [{ type: 'mail_requested' as const, data }]
  await appendOnce(store, { topic: 'mail', entityId: mail_id, events, ...context.caused(event) })
}
