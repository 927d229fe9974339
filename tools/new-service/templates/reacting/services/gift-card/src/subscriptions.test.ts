import { catalog, type ShopEvent } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { memoryEventStore } from '@ordershop/event-store'
import { expect, test } from 'vitest'
import { subscriptions } from './subscriptions.ts'

const ada = { customer_id: '0199c1e2-7f3a-7c3e-9b1d-000000000001', name: 'Ada', email: 'ada@example.com' }

test('a new customer gets one gift-card, which names its cause', async () => {
  const store = memoryEventStore<ShopEvent>({ catalog })
  for (const subscription of subscriptions({ store })) store.subscribe(subscription)
  const events = [{ type: 'customer_created', data: ada } as const]
  const customer = { topic: 'customer', entityId: ada.customer_id }
  await store.append({ ...customer, expected: 0, commandId: 'create-ada', events })
  const created = await eventually(async () => {
    const found = await store.readEntity({ topic: 'gift-card', entityId: ada.customer_id })
    return found.length > 0 && found
  })
  const [cause] = await store.readEntity(customer)
  const giftCard = { gift_card_id: ada.customer_id, name: 'Ada' }
  expect(created).toMatchObject([{ data: giftCard, causation_id: cause?.event_id }])
  await store.close()
})
