import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { clientOf, each } from '@ordershop/check/client'
import { eventsSince, expectSound, mark, settled } from '@ordershop/check/log'
import { deservedMails } from '@ordershop/check/mails'
import type { ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import type { Recorded } from '@ordershop/event-store'
import { freePort } from '@ordershop/event-store/testing'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../root.ts'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()])
const smtpPort = await freePort()
const mails = 60
const accepted: string[] = []
/** What happens to the first mail before its 250. */
let trap: (() => Promise<void>) | undefined
let sender: ChildProcess | undefined

const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  async onData(stream, _session, answer250) {
    const { messageId = '' } = await simpleParser(Buffer.concat(await stream.toArray()))
    accepted.push(messageId)
    const sprung = trap?.()
    trap = undefined
    await sprung
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

test('the one place where at-least-once shows: mail killed between the 250 of SMTP and mail_sent sends that mail again, with the same Message-ID, and no other', async () => {
  const start = await mark(store)
  const logged = () => eventsSince(store, start, ['mail', 'delivery'])
  const sent = async () => (await logged()).filter(({ type }) => type === 'mail_sent').length
  const killed = new Promise<void>((resolve, reject) => {
    trap = async () => {
      // The cursor waits before this mail, so whatever was sent behind it comes to the next process as well.
      await eventually(async () => (await sent()) === mails - 1).catch(reject)
      // Frozen, it gets the 250 and can do nothing with it any more.
      sender?.kill('SIGSTOP')
      setImmediate(() => resolve(endSender()))
    }
  })
  startSender()
  const people = each(mails, (n) => ({ name: `Guest ${n}`, email: `g${n}@mail-crash.example` }))
  await client.post('/customers', people)
  await killed
  expect({ accepted: accepted.length, sent: await sent() }).toEqual({ accepted: mails, sent: mails - 1 })
  const held = accepted[0] as string
  const behind = sentBehind(held, await logged())
  expect(behind).toBeGreaterThan(0)

  startSender()
  await eventually(async () => (await sent()) === mails, { withinMs: 20_000 })
  await settled(store)
  const times = Map.groupBy(accepted, (messageId) => messageId)
  const repeated = [...times.values()].filter((some) => some.length > 1)
  console.log(
    `${times.size} mails, ${accepted.length} accepted by SMTP; repeated: ${repeated.map((some) => `${some[0]} ${some.length} times`)}, none of the ${behind} sent behind test`,
  )
  expect([...times.keys()].sort()).toEqual(deservedMails(await eventsSince(store, start)))
  expect(repeated).toEqual([[held, held]])
  expect(await sent()).toBe(mails)
  await expectSound(store)
})

/** How many mails were sent that had been requested behind this one in its partition. */
function sentBehind(messageId: string, events: readonly Recorded<ShopEvent>[]): number {
  const isHeld = (event: ShopEvent) =>
    event.type === 'mail_requested' && messageId === `<${event.data.mail_id}@ordershop>`
  const held = events.find(isHeld)
  const sent = new Set(events.flatMap((event) => (event.type === 'mail_sent' ? [event.entity_id] : [])))
  const behind = events.filter(
    (event) =>
      event.topic === 'mail' && event.partition === held?.partition && event.position > held.position,
  )
  return behind.filter(({ entity_id }) => sent.has(entity_id)).length
}

/** A mail process beside the shop's own, which is stopped. */
function startSender(): void {
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    REDIS_URL: shop.redisUrl,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    // A mail must be sent within its lease, also the one that is held up here.
    LEASE_MS: '6000',
  }
  sender = spawn(process.execPath, [join(root, 'services/mail/src/main.ts')], { env, stdio: 'ignore' })
}

async function endSender(): Promise<void> {
  if (!sender || sender.exitCode !== null || sender.signalCode !== null) return
  const gone = once(sender, 'exit')
  sender.kill('SIGKILL')
  await gone
}
