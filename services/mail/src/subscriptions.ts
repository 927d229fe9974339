import {
  type EventOf,
  groups,
  type MailRequested,
  type ShopEvent,
  type TopicEvent,
} from '@ordershop/contracts'
import { fold } from '@ordershop/core'
import {
  type EventStore,
  execute,
  type HandlerContext,
  type Recorded,
  type Subscription,
} from '@ordershop/event-store'
import { type MailCommand, mail } from './domain.ts'
import { letterOf } from './template.ts'
import type { Outcome, Transport } from './transport.ts'

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
  const { mail_id } = event.data
  const target = { topic: 'mail', entityId: mail_id }
  const history = (await deps.store.readEntity(target)) as readonly Recorded<TopicEvent<'mail'>>[]
  if (fold(mail, history).status !== 'requested') return
  const messageId = `<${mail_id}@ordershop>`
  const outcome =
    answered.get(mail_id) ??
    (await send(deps, event.data, messageId, context).catch((error: unknown) => {
      deps.count('deferred')
      throw error
    }))
  // Should Redis be away now, the handler runs again: it must only record then, not send.
  answered.set(mail_id, outcome)
  const command: MailCommand =
    outcome.outcome === 'sent'
      ? { type: 'RecordSent', mailId: mail_id, messageId }
      : { type: 'RecordFailed', mailId: mail_id, reason: outcome.reason }
  await execute(deps.store, mail, target, command, context.caused(event))
  answered.delete(mail_id)
  deps.count(outcome.outcome === 'sent' ? 'sent' : 'failed')
}

async function send(
  { store, transport }: Dependencies,
  request: MailRequested,
  messageId: string,
  context: HandlerContext,
): Promise<Outcome> {
  const customer = await lastKnown(store, request.customer_id)
  if (!customer) return { outcome: 'refused', reason: `customer ${request.customer_id} has no known address` }
  const to = { name: customer.name, address: customer.email }
  return transport.send({ to, messageId, ...letterOf(request, customer.name) }, context)
}

/** The customer as last recorded, also one that has left since: the goodbye must reach somebody. */
async function lastKnown(store: EventStore<ShopEvent>, customerId: string) {
  const [event] = await store.lastEvents([{ topic: 'customer', entityId: customerId }])
  return (event as TopicEvent<'customer'> | null | undefined)?.data
}
