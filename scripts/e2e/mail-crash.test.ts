import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { freePort } from '@ordershop/event-store/testing'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { root } from '../src/settings.ts'
import { clientOf, each } from './client.ts'
import { eventsSince, expectSound, mark, settled } from './log.ts'
import { deservedMails } from './mails.ts'
import { leaseMs } from './place.ts'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()])
const smtpPort = await freePort()
const accepted: string[] = []
/** Called with the mail's 250 still to be written; it is written all the same. */
let trap: (() => void) | undefined
let sender: ChildProcess | undefined

const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  async onData(stream, _session, answer250) {
    const { messageId = '' } = await simpleParser(Buffer.concat(await stream.toArray()))
    accepted.push(messageId)
    trap?.()
    answer250()
  },
})
smtp.on('error', () => {}) // the sender is killed in the middle of a conversation

beforeAll(async () => {
  await settled(store)
  await shop.run('stop', 'mail')
  await new Promise<void>((resolve) => smtp.listen(smtpPort, '127.0.0.1', resolve))
})
afterAll(async () => {
  await endSender()
  await new Promise<void>((resolve) => smtp.close(resolve))
})

it('the one place where at-least-once shows: mail killed between the 250 of SMTP and mail_sent sends that mail again, with the same Message-ID, and no other', async () => {
  const start = await mark(store)
  const recorded = async (type: string) =>
    (await eventsSince(store, start, ['mail'])).filter((event) => event.type === type).length
  startSender()
  await newCustomers(3)
  await eventually(async () => (await recorded('mail_sent')) === 3)

  const killed = new Promise<void>((resolve) => {
    trap = () => {
      trap = undefined
      // Frozen, it gets the 250 and can do nothing with it any more.
      sender?.kill('SIGSTOP')
      setImmediate(() => resolve(endSender()))
    }
  })
  await newCustomers(1)
  await killed
  await newCustomers(2)
  expect(accepted).toHaveLength(4)
  expect(await recorded('mail_sent')).toBe(3)

  startSender()
  await eventually(async () => (await recorded('mail_sent')) === 6, { withinMs: 20_000 })
  await settled(store)
  const times = Map.groupBy(accepted, (messageId) => messageId)
  const repeated = [...times.values()].filter((some) => some.length > 1)
  console.log(
    `${times.size} mails, ${accepted.length} accepted by SMTP, repeated: ${repeated.map((some) => `${some[0]} ${some.length} times`)}`,
  )
  expect([...times.keys()].sort()).toEqual(deservedMails(await eventsSince(store, start)))
  expect(repeated).toEqual([[accepted[3], accepted[3]]])
  expect(await recorded('mail_sent')).toBe(6)
  await expectSound(store)
})

async function newCustomers(count: number): Promise<void> {
  await client.post(
    '/customers',
    each(count, (n) => ({ name: `Guest ${n}`, email: `g${n}@mail-crash.example` })),
  )
}

/** A mail process beside the shop's own, which is stopped. */
function startSender(): void {
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    REDIS_URL: shop.redisUrl,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    LEASE_MS: String(leaseMs),
  }
  sender = spawn(process.execPath, [join(root, 'services/mail/src/main.ts')], { env, stdio: 'ignore' })
}

async function endSender(): Promise<void> {
  if (!sender || sender.exitCode !== null || sender.signalCode !== null) return
  const gone = once(sender, 'exit')
  sender.kill('SIGKILL')
  await gone
}
