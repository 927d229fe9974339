import { exampleOf } from '@ordershop/contracts/testing'
import { expect, test } from 'vitest'
import { deliveryOf } from './policy.ts'

const request = exampleOf('mail_requested').data
const { params, ...about } = request

test('a mail that was accepted is recorded as sent, with its Message-ID', () => {
  const data = { ...about, message_id: `<${request.mail_id}@ordershop>` }
  expect(deliveryOf(request, { outcome: 'sent' })).toEqual({ type: 'mail_sent', data })
})

test('a mail that was refused is recorded as failed, a long reply quoted in 200 characters', () => {
  const reason = `550 ${'no '.repeat(100)}`
  const data = { ...about, reason: reason.slice(0, 200) }
  expect(deliveryOf(request, { outcome: 'refused', reason })).toEqual({ type: 'mail_failed', data })
})
