import { type EventOf, groups, type ShopEvent } from '@ordershop/contracts'
import {
  type EventStore,
  execute,
  type HandlerContext,
  type Recorded,
  type Subscription,
} from '@ordershop/event-store'
import { billing } from './domain.ts'
import { commandFor } from './policy.ts'

export function subscriptions({ store }: { store: EventStore<ShopEvent> }): Subscription<ShopEvent>[] {
  const settle = async (
    event: Recorded<EventOf<'order_billed' | 'order_billing_refused'>>,
    context: HandlerContext,
  ) => {
    const target = { topic: 'billing', entityId: event.data.order_id }
    await execute(store, billing, target, commandFor(event), context.caused(event))
  }

  return [
    {
      group: 'billing',
      topics: groups.billing,
      on: {
        // A repeat is harmless: a bill is created once.
        order_billed: settle,
        // A repeat is harmless: a refusal counts only while its own request waits for an answer.
        order_billing_refused: settle,
      },
    },
  ]
}
