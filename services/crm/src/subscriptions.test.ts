import { deepStrictEqual, strictEqual } from 'node:assert'
import { catalog, type EventOf, type ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { type EventStore, memoryEventStore, type Recorded } from '@ordershop/event-store'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, test } from 'vitest'
import { subscriptions } from './subscriptions.ts'

const stores: EventStore<ShopEvent>[] = []
afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())))

function running(store = memoryEventStore<ShopEvent>({ catalog })): EventStore<ShopEvent> {
  stores.push(store)
  for (const subscription of subscriptions({ store })) store.subscribe(subscription)
  return store
}

async function customerCreated(store: EventStore<ShopEvent>): Promise<string> {
  const customer_id = uuidv7()
  const data = { customer_id, name: 'Ada', email: 'ada@example.com' }
  const commandId = `create:${customer_id}`
  const events = [{ type: 'customer_created', data } as const]
  await store.append({ topic: 'customer', entityId: customer_id, expected: 0, commandId, events })
  return customer_id
}

type Request = Recorded<EventOf<'mail_requested'>>

async function mails(store: EventStore<ShopEvent>): Promise<Request[]> {
  const found: Request[] = []
  for (let partition = 0; partition < store.partitions; partition++) {
    for await (const event of store.readTopic('mail', partition)) found.push(event as Request)
  }
  return found
}

test('a new customer leads to one mail, which names its cause', async () => {
  const store = running()
  const customerId = await customerCreated(store)
  await eventually(async () => (await mails(store)).length > 0)
  const [mail] = await mails(store)
  const [cause] = await store.readEntity({ topic: 'customer', entityId: customerId })
  deepStrictEqual([mail?.data.template, mail?.data.customer_id], ['welcome', customerId])
  strictEqual(mail?.entity_id, mail?.data.mail_id)
  strictEqual(mail?.causation_id, cause?.event_id)
})

test('the same event, handled again after its command id was forgotten, requests the same mail once', async () => {
  const store = running()
  const customerId = await customerCreated(store)
  await eventually(async () => (await mails(store)).length === 1)
  const [event] = await store.readEntity({ topic: 'customer', entityId: customerId })
  const handler = subscriptions({ store })[0]?.on?.customer_created
  const caused = () => ({ commandId: 'another', correlationId: 'x', causationId: 'y' })
  const context = {
    signal: new AbortController().signal,
    leaving: new AbortController().signal,
    leaseLeftMs: () => 5_000,
    caused,
  }
  await handler?.(event as Recorded<EventOf<'customer_created'>>, context)
  strictEqual((await mails(store)).length, 1)
})
