import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { messageOf } from './message.ts'

const from = { name: 'OrderShop', address: 'shop@ordershop.example' }
const mail = {
  to: { name: 'Ada', address: 'ada@example.com' },
  subject: 'Welcome',
  text: 'Dear Ada,\n\nyour account is ready.',
  messageId: '<m-1@ordershop>',
}

test.each([
  ['Ada', 'plain'],
  ['Lovelace, Ada "the Countess" \\ <x@y>', 'with what has a meaning in a header'],
  ['Ада Лавлейс 🎩', 'in another script'],
  ['Ada\r\nBcc: everyone@example.com', 'with the end of a header in it'],
  ['=?utf-8?Q?Ada?=', 'that looks encoded already'],
  ['Å'.repeat(200), 'of 200 letters'],
])('a name such as %j, %s, reaches its reader as it is, and nothing else does', async (name) => {
  const subject = `For ${name}`
  const read = await simpleParser(messageOf(from, { ...mail, to: { ...mail.to, name }, subject }))
  expect(read.to).toMatchObject({ value: [{ name, address: 'ada@example.com' }] })
  expect(read.subject).toBe(subject)
  expect([...read.headers.keys()].sort()).toEqual(
    'content-transfer-encoding content-type date from message-id mime-version subject to'.split(' '),
  )
})

test('a text reaches its reader as it is, whatever is in it, in lines of at most 78 ASCII characters', async () => {
  const text = `Dear Ada,\n\n${'ünïcode = and a long line '.repeat(20)}\n.\n.hidden\n\ttrailing  \n\nYours`
  const message = messageOf(from, { ...mail, text })
  for (const line of message.split('\r\n')) expect(line).toMatch(/^[\t\x20-\x7e]{0,78}$/)
  expect((await simpleParser(message)).text?.trimEnd()).toBe(text)
})
