// What one order holds of one product: an entity beside the product's stock, and decided together with it.
import type { EventOf, ReservationRequested } from '@ordershop/contracts'
import type { Decider } from '@ordershop/core'

/** So many pieces, as of this version of the order. */
export type Hold = { orderVersion: number; quantity: number }

/** Each message of a batch leads to an event of its own, with the message's cause. */
export type MessageCause = { correlationId: string; causationId: string; traceparent?: string }

export type HoldEvent = EventOf<
  'inventory_reserved' | 'inventory_refused' | 'inventory_released' | 'inventory_sold'
> & { cause?: MessageCause }

export const hold = {
  revision: 'hold/1',
  initialState: (): Hold => ({ orderVersion: 0, quantity: 0 }),
  evolve: ({ quantity: before }: Hold, { type, data }: HoldEvent): Hold => {
    const orderVersion = data.order_version
    if (type === 'inventory_refused') return { orderVersion, quantity: before }
    return { orderVersion, quantity: type === 'inventory_sold' ? 0 : data.quantity }
  },
} satisfies Pick<Decider<Hold, never, HoldEvent>, 'initialState' | 'evolve'> & { revision: string }

/** Whether the last decision gave the order what this reservation asked for; a refused one asked for more than it holds. */
export function isGranted(
  { purpose, order_version, quantity }: ReservationRequested,
  { orderVersion, quantity: held }: Hold,
): boolean {
  return purpose === 'hold' && order_version === orderVersion && quantity === held
}
