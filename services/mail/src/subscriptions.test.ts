import { deepStrictEqual, strictEqual } from 'node:assert'
import { randomUUID } from 'node:crypto'
import { catalog, type EventOf, type ShopEvent } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import { type EventStore, memoryEventStore, type Recorded } from '@ordershop/event-store'
import { afterEach, test } from 'vitest'
import type { OutgoingMail } from './message.ts'
import { subscriptions } from './subscriptions.ts'
import type { Outcome } from './transport.ts'

const stores: EventStore<ShopEvent>[] = []
afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())))

/** The mail service over a store in memory and a mail server that answers what `answers` says, in turn. */
function mailService(...answers: (Outcome | Error)[]) {
  const store = memoryEventStore<ShopEvent>({ catalog })
  stores.push(store)
  const posted: OutgoingMail[] = []
  const counted: string[] = []
  const transport = {
    async send(mail: OutgoingMail): Promise<Outcome> {
      posted.push(mail)
      const answer = answers.shift() ?? { outcome: 'sent' }
      if (answer instanceof Error) throw answer
      return answer
    },
    close() {},
  }
  const [subscription] = subscriptions({ store, transport, count: (outcome) => counted.push(outcome) })
  if (!subscription) throw new Error('expected a subscription')
  store.subscribe({ ...subscription, pause: { baseMs: 1, maxMs: 5 }, retry: { baseMs: 1, maxMs: 5 } })
  return { store, posted, counted, handler: subscription.on?.mail_requested }
}

async function record(
  store: EventStore<ShopEvent>,
  topic: string,
  entityId: string,
  event: ShopEvent,
): Promise<void> {
  await store.append({ topic, entityId, expected: 'any', commandId: randomUUID(), events: [event] })
}

const ada = { customer_id: randomUUID(), name: 'Ada', email: 'ada@example.com' }

async function requestWelcome(store: EventStore<ShopEvent>): Promise<string> {
  const mail_id = randomUUID()
  const data = { mail_id, customer_id: ada.customer_id, template: 'welcome', params: {} } as const
  await record(store, 'mail', mail_id, { type: 'mail_requested', data })
  return mail_id
}

async function historyOf(store: EventStore<ShopEvent>, mailId: string): Promise<string[]> {
  const of = (topic: string) => store.readEntity({ topic, entityId: mailId })
  return [...(await of('mail')), ...(await of('delivery'))].map(({ type }) => type)
}

test('a requested mail is sent to the customer, and recorded with its Message-ID', async () => {
  const { store, posted, counted } = mailService()
  await record(store, 'customer', ada.customer_id, { type: 'customer_created', data: ada })
  const mailId = await requestWelcome(store)
  await eventually(async () => (await historyOf(store, mailId)).includes('mail_sent'))
  deepStrictEqual(posted[0]?.to, { name: 'Ada', address: 'ada@example.com' })
  strictEqual(posted[0]?.messageId, `<${mailId}@ordershop>`)
  await eventually(() => counted.length > 0)
  deepStrictEqual(counted, ['sent'])
})

test('the last address known is used, also of a customer who has left', async () => {
  const { store, posted } = mailService()
  const moved = { ...ada, email: 'ada@new.example.com' }
  await record(store, 'customer', ada.customer_id, { type: 'customer_created', data: ada })
  await record(store, 'customer', ada.customer_id, { type: 'customer_updated', data: moved })
  await record(store, 'customer', ada.customer_id, { type: 'customer_deleted', data: moved })
  await requestWelcome(store)
  await eventually(() => posted.length === 1)
  strictEqual(posted[0]?.to.address, 'ada@new.example.com')
})

test('a mail that the server refuses permanently has failed, and is not retried', async () => {
  const { store, posted, counted } = mailService({ outcome: 'refused', reason: '550 unknown' })
  await record(store, 'customer', ada.customer_id, { type: 'customer_created', data: ada })
  const mailId = await requestWelcome(store)
  await eventually(() => counted.length > 0)
  deepStrictEqual(await historyOf(store, mailId), ['mail_requested', 'mail_failed'])
  deepStrictEqual([posted.length, counted], [1, ['failed']])
})

test('while the server is down a mail waits, however long, and is sent when it is back', async () => {
  const away = Array.from({ length: 20 }, () => new AppError('unavailable', 'connection refused'))
  const { store, posted, counted } = mailService(...away)
  await record(store, 'customer', ada.customer_id, { type: 'customer_created', data: ada })
  const mailId = await requestWelcome(store)
  await eventually(async () => (await historyOf(store, mailId)).includes('mail_sent'))
  strictEqual(posted.length, 21)
  strictEqual(new Set(posted.map(({ messageId }) => messageId)).size, 1)
  await eventually(() => counted.includes('sent'))
  strictEqual(counted.filter((outcome) => outcome === 'deferred').length, 20)
})

test('a mail that was sent is not sent again when its request is repeated', async () => {
  const { store, posted, handler } = mailService()
  await record(store, 'customer', ada.customer_id, { type: 'customer_created', data: ada })
  const mailId = await requestWelcome(store)
  await eventually(async () => (await historyOf(store, mailId)).includes('mail_sent'))
  const [request] = await store.readEntity({ topic: 'mail', entityId: mailId })
  const caused = () => ({ commandId: randomUUID(), correlationId: 'x', causationId: 'y' })
  const context = {
    signal: new AbortController().signal,
    leaving: new AbortController().signal,
    leaseLeftMs: () => 5_000,
    caused,
  }
  await handler?.(request as Recorded<EventOf<'mail_requested'>>, context)
  strictEqual(posted.length, 1)
})

test('a mail that was sent while Redis was down is recorded later, and not sent again', async () => {
  const { store, posted, counted } = mailService()
  await record(store, 'customer', ada.customer_id, { type: 'customer_created', data: ada })
  const mailId = randomUUID()
  let away = true
  const append = store.append
  store.append = async (wanted) => {
    if (away && wanted.topic === 'delivery')
      throw new AppError('unavailable', 'append: Redis cannot be reached')
    return append(wanted)
  }
  const data = { mail_id: mailId, customer_id: ada.customer_id, template: 'welcome', params: {} } as const
  await record(store, 'mail', mailId, { type: 'mail_requested', data })
  await eventually(() => posted.length === 1)
  away = false
  await eventually(() => counted.includes('sent'))
  deepStrictEqual(await historyOf(store, mailId), ['mail_requested', 'mail_sent'])
  strictEqual(posted.length, 1)
})
