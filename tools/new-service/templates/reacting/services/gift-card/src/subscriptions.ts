import { groups, type ShopEvent } from '@ordershop/contracts'
import { type EventStore, execute, type Subscription } from '@ordershop/event-store'
import { giftCard } from './domain.ts'
import { commandFor } from './policy.ts'

export function subscriptions({ store }: { store: EventStore<ShopEvent> }): Subscription<ShopEvent>[] {
  return [
    {
      group: 'gift-card',
      topics: groups['gift-card'],
      on: {
        // A repeat is harmless: the entity has the id of its cause, and is created once.
        async customer_created(event, context) {
          const target = { topic: 'gift-card', entityId: event.data.customer_id }
          await execute(store, giftCard, target, commandFor(event), context.caused(event))
        },
      },
    },
  ]
}
