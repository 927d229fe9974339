import type { TopicEvent } from '@ordershop/contracts'
import { given } from '@ordershop/core/testing'
import { test } from 'vitest'
import { mail } from './domain.ts'

type MailEvent = TopicEvent<'mail'>

const mail_id = '0199c1e2-0000-7000-8000-000000000001'
const customer_id = '0199c1e2-0000-7000-8000-000000000002'
const about = { mail_id, customer_id, template: 'welcome' } as const
const messageId = `<${mail_id}@ordershop>`
const requested: MailEvent = { type: 'mail_requested', data: { ...about, params: {} } }
const sent: MailEvent = { type: 'mail_sent', data: { ...about, message_id: messageId } }
const failed: MailEvent = { type: 'mail_failed', data: { ...about, reason: '550 no such mailbox' } }
const recordSent = { type: 'RecordSent', mailId: mail_id, messageId } as const
const recordFailed = { type: 'RecordFailed', mailId: mail_id, reason: '550 no such mailbox' } as const

test('a requested mail that was accepted is recorded as sent', () => {
  given(mail, requested).when(recordSent).gives(sent)
})

test('a requested mail that was refused is recorded as failed', () => {
  given(mail, requested).when(recordFailed).gives(failed)
})

test('a mail sent twice is recorded once', () => {
  given(mail, requested, sent).when(recordSent).gives()
})

test('what has happened to a mail is final', () => {
  given(mail, requested, sent).when(recordFailed).gives()
  given(mail, requested, failed).when(recordSent).gives()
})

test('a mail that was never requested cannot have been sent', () => {
  given(mail)
    .when(recordSent)
    .fails('not_found', /never requested/)
})

test('a long server reply is quoted in 200 characters', () => {
  const reason = `550 ${'no '.repeat(100)}`
  given(mail, requested)
    .when({ ...recordFailed, reason })
    .gives({ type: 'mail_failed', data: { ...about, reason: reason.slice(0, 200) } })
})
