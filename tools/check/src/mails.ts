// Which mails the log deserves, and which have arrived.
import { deepStrictEqual } from 'node:assert'
import type { MailTemplate, ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import type { Recorded } from '@ordershop/event-store'
import type { CaughtMail } from './mailbox.ts'

type Mailbox = { readonly mailboxUrl: string }

const templates: Partial<Record<ShopEvent['type'], MailTemplate>> = {
  customer_created: 'welcome',
  customer_deleted: 'goodbye',
  order_created: 'thanks',
  order_confirmed: 'payment_request',
  order_rejected: 'sorry',
  billing_created: 'receipt',
}

/** The Message-IDs, sorted, of the mails that these events deserve: each has been requested once, by the right template. */
export function deservedMails(events: readonly Recorded<ShopEvent>[]): string[] {
  const deserving = events.filter(({ type }) => templates[type])
  const requested = events.flatMap((event) => (event.type === 'mail_requested' ? [event] : []))
  const asked = requested.map(({ causation_id, data }) => `${data.template} for ${causation_id}`)
  const owed = deserving.map(({ type, event_id }) => `${templates[type]} for ${event_id}`)
  deepStrictEqual(asked.sort(), owed.sort(), 'mails requested and mails deserved')
  return requested.map(({ data }) => `<${data.mail_id}@ordershop>`).sort()
}

/** The Message-IDs, sorted, of all mails to addresses of a domain that the shop's mailbox has caught. */
export async function deliveredMails({ mailboxUrl }: Mailbox, domain: string): Promise<string[]> {
  const response = await fetch(`${mailboxUrl}/messages`)
  const mails = (await response.json()) as CaughtMail[]
  return mails
    .filter(({ to }) => to.includes(`@${domain}`))
    .map(({ messageId }) => messageId)
    .sort()
}

/** Waits until these mails have arrived, each once, and no other has. */
export async function expectDelivered(
  shop: Mailbox,
  domain: string,
  expected: string[],
  withinMs = 10_000,
): Promise<void> {
  await eventually(
    async () => deepStrictEqual(await deliveredMails(shop, domain), expected, 'mails delivered'),
    {
      withinMs,
      everyMs: 100,
    },
  )
}
