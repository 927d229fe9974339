import type { MailRequested, TopicEvent } from '@ordershop/contracts'
import { AppError, type Decider } from '@ordershop/core'

// State

export type Mail =
  | { readonly status: 'unknown' }
  | { readonly status: 'requested' | 'sent' | 'failed'; readonly request: MailRequested }

// Commands

export type MailCommand =
  | { readonly type: 'RecordSent'; readonly mailId: string; readonly messageId: string }
  | { readonly type: 'RecordFailed'; readonly mailId: string; readonly reason: string }

type MailEvent = TopicEvent<'mail'>

const longestReason = 200

export const mail = {
  revision: 'mail/1',
  initialState: () => ({ status: 'unknown' }),
  decide,
  evolve,
} satisfies Decider<Mail, MailCommand, MailEvent> & { revision: string }

function decide(command: MailCommand, state: Mail): MailEvent[] {
  if (state.status === 'unknown') {
    throw new AppError('not_found', `${command.type} of mail ${command.mailId}: it was never requested`)
  }
  // What has happened to a mail is final: whoever sent it a second time has nothing to add.
  if (state.status !== 'requested') return []
  const { mail_id, customer_id, template } = state.request
  switch (command.type) {
    case 'RecordSent':
      return [{ type: 'mail_sent', data: { mail_id, customer_id, template, message_id: command.messageId } }]
    case 'RecordFailed': {
      const reason = command.reason.slice(0, longestReason)
      return [{ type: 'mail_failed', data: { mail_id, customer_id, template, reason } }]
    }
  }
}

function evolve(state: Mail, event: MailEvent): Mail {
  switch (event.type) {
    case 'mail_requested':
      return { status: 'requested', request: event.data }
    case 'mail_sent':
      return state.status === 'unknown' ? state : { ...state, status: 'sent' }
    case 'mail_failed':
      return state.status === 'unknown' ? state : { ...state, status: 'failed' }
  }
}
