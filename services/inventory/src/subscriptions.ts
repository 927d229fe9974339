import {
  type EventOf,
  groups,
  type ReservationRequested,
  type ShopEvent,
  type TopicEvent,
} from '@ordershop/contracts'
import {
  type EventStore,
  execute,
  type HandlerContext,
  type Recorded,
  type Subscription,
} from '@ordershop/event-store'
import { appendOnce } from '@ordershop/shop'
import { inventory, type ReservationMessage } from './domain.ts'
import { isWaiting, portions, reservationAfter, reservationsFor } from './policy.ts'

export function subscriptions({ store }: { store: EventStore<ShopEvent> }): Subscription<ShopEvent>[] {
  const reserve = async (event: Recorded<TopicEvent<'order'>>, context: HandlerContext) => {
    await Promise.all(reservationsFor(event).map((data) => request(store, data, event, context)))
  }

  return [
    {
      group: 'inventory',
      topics: groups.inventory,
      on: {
        // A repeat is harmless: a reservation is an entity of its own, named for order, product and version.
        order_created: reserve,
        order_updated: reserve,
        order_confirmed: reserve,
        order_deleted: reserve,
        order_rejected: reserve,
        order_update_rejected: reserve,
        order_billed: reserve,
      },
      onBatch: {
        // A repeat is harmless: what is not newer than the last decision about an order is skipped.
        async reservation_requested(events, context) {
          for (const portion of portions(events)) {
            if (context.signal.aborted) return
            await decide(store, portion, context)
          }
        },
        // A repeat is harmless: the next reservation is an entity of its own, too.
        inventory_reserved: (events, context) => reserveNext(store, events, context),
      },
    },
  ]
}

async function request(
  store: EventStore<ShopEvent>,
  data: ReservationRequested,
  causing: Recorded<ShopEvent>,
  context: HandlerContext,
): Promise<void> {
  const { order_id, product_id, order_version } = data
  await appendOnce(store, {
    topic: 'reservation',
    entityId: `${order_id}:${product_id}:${order_version}`,
    key: product_id,
    events: [{ type: 'reservation_requested', data }],
    ...context.caused(causing, product_id),
  })
}

/** All waiting reservations of one product in one decision and one append, each event with its own cause. */
async function decide(
  store: EventStore<ShopEvent>,
  [first, ...others]: readonly Recorded<EventOf<'reservation_requested'>>[],
  context: HandlerContext,
): Promise<void> {
  if (!first) return
  const messages = [first, ...others].map((event): ReservationMessage => {
    const { correlationId, causationId, traceparent } = context.caused(event)
    return { ...event.data, cause: { correlationId, causationId, ...(traceparent ? { traceparent } : {}) } }
  })
  const target = { topic: 'inventory', entityId: first.data.product_id }
  const last = others.at(-1) ?? first
  const cause = context.caused(first, `${last.event_id}/${messages.length}`)
  await execute(store, inventory, target, { type: 'DecideReservations', messages }, cause)
}

async function reserveNext(
  store: EventStore<ShopEvent>,
  events: readonly Recorded<EventOf<'inventory_reserved'>>[],
  context: HandlerContext,
): Promise<void> {
  const unfinished = events.filter((event) => event.data.rest.length > 0)
  if (unfinished.length === 0) return
  const orders = unfinished.map((event) => ({ topic: 'order', entityId: event.data.order_id }))
  const last = (await store.lastEvents(orders)) as readonly (Recorded<TopicEvent<'order'>> | null)[]
  await Promise.all(
    unfinished.flatMap((event, at) =>
      isWaiting(last[at] ?? null, event.data.order_version)
        ? reservationAfter(event).map((data) => request(store, data, event, context))
        : [],
    ),
  )
}
