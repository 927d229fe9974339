import { groups, type ShopEvent } from '@ordershop/contracts'
import type { HandlerContext, Recorded, Subscription } from '@ordershop/event-store'
import type { Orders } from './orders.ts'
import { type Asking, commandFor } from './policy.ts'

export function subscriptions({ orders }: { orders: Orders }): Subscription<ShopEvent>[] {
  const react = async (event: Recorded<Asking>, context: HandlerContext) => {
    const command = commandFor(event)
    if (command) await orders.carryOut(event.data.order_id, command, context.caused(event))
  }
  // A product that everyone orders decides many orders in a row: different orders go side by side, one order's in turn.
  const reactSideBySide = async (events: readonly Recorded<Asking>[], context: HandlerContext) => {
    const byOrder = Map.groupBy(events, (event) => event.data.order_id)
    await Promise.all(
      [...byOrder.values()].map(async (ofOneOrder) => {
        for (const event of ofOneOrder) {
          if (context.signal.aborted) return
          await react(event, context)
        }
      }),
    )
  }

  return [
    {
      group: 'order',
      topics: groups.order,
      onBatch: {
        // A repeat is harmless: the order is not pending at that version any more.
        inventory_reserved: reactSideBySide,
        inventory_refused: reactSideBySide,
      },
      on: {
        // A repeat is harmless: a billed order stays billed, and a refused request is remembered by its version.
        billing_requested: react,
      },
    },
  ]
}
