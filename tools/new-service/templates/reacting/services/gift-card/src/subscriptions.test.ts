import { catalog, type EventOf, type ShopEvent } from '@ordershop/contracts'
import { exampleOf } from '@ordershop/contracts/testing'
import { eventually } from '@ordershop/core/testing'
import { type EventStore, memoryEventStore, type Recorded } from '@ordershop/event-store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { subscriptions } from './subscriptions.ts'

const cause = exampleOf('customer_created')
const { customer_id } = cause.data

let store: EventStore<ShopEvent>
beforeEach(async () => {
  store = memoryEventStore<ShopEvent>({ catalog })
  for (const subscription of subscriptions({ store })) store.subscribe(subscription)
  const events = [cause]
  await store.append({ topic: 'customer', entityId: customer_id, expected: 0, commandId: 'cause', events })
})
afterEach(() => store.close())

const history = () => store.readEntity({ topic: 'gift-card', entityId: customer_id })

async function recordedCause(): Promise<Recorded<EventOf<'customer_created'>>> {
  const [event] = await store.readEntity({ topic: 'customer', entityId: customer_id })
  return event as Recorded<EventOf<'customer_created'>>
}

test('a customer_created leads to one gift_card_created, which names its cause', async () => {
  await eventually(async () => (await history()).length > 0)
  const { event_id } = await recordedCause()
  const data = { gift_card_id: customer_id, customer_id }
  expect(await history()).toMatchObject([{ type: 'gift_card_created', data, causation_id: event_id }])
})

test('the same event, handled again after its command id was forgotten, records nothing new', async () => {
  await eventually(async () => (await history()).length === 1)
  const handler = subscriptions({ store })[0]?.on?.customer_created
  const { signal } = new AbortController()
  const caused = () => ({ commandId: 'another', correlationId: 'x', causationId: 'y' })
  await handler?.(await recordedCause(), { signal, leaving: signal, leaseLeftMs: () => 5_000, caused })
  expect(await history()).toHaveLength(1)
})
