// What the log is told of a mail that the mail server has answered to.
import type { EventOf, MailRequested } from '@ordershop/contracts'
import type { Outcome } from './transport.ts'

const longestReason = 200

/** The same for every attempt, so that a receiver can tell a repeat. */
export const messageIdOf = ({ mail_id }: MailRequested) => `<${mail_id}@ordershop>`

/** What has happened to a mail is final: it is the one event of its entity. */
export function deliveryOf(
  request: MailRequested,
  outcome: Outcome,
): EventOf<'mail_sent'> | EventOf<'mail_failed'> {
  const { mail_id, customer_id, template } = request
  const about = { mail_id, customer_id, template }
  if (outcome.outcome === 'sent')
    return { type: 'mail_sent', data: { ...about, message_id: messageIdOf(request) } }
  return { type: 'mail_failed', data: { ...about, reason: outcome.reason.slice(0, longestReason) } }
}
