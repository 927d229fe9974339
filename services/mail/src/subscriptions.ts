import {
  type EventOf,
  groups,
  type MailRequested,
  type ShopEvent,
  type TopicEvent,
} from '@ordershop/contracts'
import type { EventStore, HandlerContext, Recorded, Subscription } from '@ordershop/event-store'
import { appendOnce } from '@ordershop/shop'
import { deliveryOf, messageIdOf } from './policy.ts'
import { letterOf } from './template.ts'
import type { Outcome, Transport } from './transport.ts'

type Customer = TopicEvent<'customer'> | null

/** What the mail server has answered to mails whose outcome the log does not have yet. */
type Answered = Map<string, Outcome>

type Dependencies = {
  readonly store: EventStore<ShopEvent>
  readonly transport: Transport
  /** Counts an attempt; `deferred` will be tried again. */
  readonly count: (outcome: 'sent' | 'failed' | 'deferred') => void
}

export function subscriptions(deps: Dependencies): Subscription<ShopEvent>[] {
  const answered: Answered = new Map()
  return [
    {
      group: 'mail',
      topics: groups.mail,
      on: {
        // A repeat finds the mail sent. Only a crash between the server's 250 and `mail_sent` sends it again, with
        // the same Message-ID: at least once is all that SMTP can give.
        mail_requested: (event, context) => sendOnce(deps, answered, event, context),
      },
    },
  ]
}

async function sendOnce(
  deps: Dependencies,
  answered: Answered,
  event: Recorded<EventOf<'mail_requested'>>,
  context: HandlerContext,
): Promise<void> {
  const request = event.data
  const delivery = { topic: 'delivery', entityId: request.mail_id }
  const [delivered, customer] = await deps.store.lastEvents([
    delivery,
    { topic: 'customer', entityId: request.customer_id },
  ])
  if (delivered) return
  const outcome =
    answered.get(request.mail_id) ??
    (await send(deps, request, customer as Customer, context).catch((error: unknown) => {
      deps.count('deferred')
      throw error
    }))
  // Should Redis be away now, the handler runs again: it must only record then, not send.
  answered.set(request.mail_id, outcome)
  const events = [deliveryOf(request, outcome)]
  await appendOnce(deps.store, { ...delivery, events, ...context.caused(event) })
  answered.delete(request.mail_id)
  deps.count(outcome.outcome === 'sent' ? 'sent' : 'failed')
}

/** @param customer as last recorded, also one that has left since: the goodbye must reach somebody. */
async function send(
  { transport }: Dependencies,
  request: MailRequested,
  customer: Customer,
  context: HandlerContext,
): Promise<Outcome> {
  if (!customer) return { outcome: 'refused', reason: `customer ${request.customer_id} has no known address` }
  const { name, email: address } = customer.data
  const letter = letterOf(request, name)
  return transport.send({ to: { name, address }, messageId: messageIdOf(request), ...letter }, context)
}
