import {
  type EventOf,
  groups,
  type ReservationRequested,
  type ShopEvent,
  type TopicEvent,
} from '@ordershop/contracts'
import type { EventStore, HandlerContext, Recorded, Subscription } from '@ordershop/event-store'
import { appendOnce } from '@ordershop/shop'
import { decideTogether } from './decisions.ts'
import { hold, isGranted } from './hold.ts'
import { isWaiting, portions, reservationAfter, reservationsFor } from './policy.ts'
import type { ReservationMessage } from './reservations.ts'

type Reservation = Recorded<EventOf<'reservation_requested'>>

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
        // A repeat is harmless: what is not newer than the last decision about an order is skipped, and the next
        // reservation is an entity of its own, too.
        async reservation_requested(events, context) {
          for (const portion of portions(events)) {
            if (context.signal.aborted) return
            await reserveNext(store, await decide(store, portion, context), context)
          }
        },
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

/** @returns those that gave their order what it asked for, now or when they came before. */
async function decide(
  store: EventStore<ShopEvent>,
  events: readonly Reservation[],
  context: HandlerContext,
): Promise<readonly Reservation[]> {
  const [first] = events
  if (!first) return []
  const messages = events.map((event): ReservationMessage => {
    const { commandId: _, ...cause } = context.caused(event)
    return { ...event.data, cause }
  })
  const batch = `${events.at(-1)?.event_id}/${events.length}`
  const holds = await decideTogether(store, messages, (command) =>
    context.caused(first, `${command}/${batch}`),
  )
  return events.filter(({ data }) => isGranted(data, holds.get(data.order_id) ?? hold.initialState()))
}

async function reserveNext(
  store: EventStore<ShopEvent>,
  granted: readonly Reservation[],
  context: HandlerContext,
): Promise<void> {
  const unfinished = granted.filter((event) => event.data.rest.length > 0)
  if (unfinished.length === 0) return
  const orders = unfinished.map((event) => ({ topic: 'order', entityId: event.data.order_id }))
  const last = (await store.lastEvents(orders)) as readonly (Recorded<TopicEvent<'order'>> | null)[]
  await Promise.all(
    unfinished.flatMap((event, at) =>
      isWaiting(last[at] ?? null, event.data.order_version)
        ? reservationAfter(event.data).map((data) => request(store, data, event, context))
        : [],
    ),
  )
}
