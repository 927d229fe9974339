// What inventory asks of itself when orders change: reservations, decided later by product, one after another.
import type { EventOf, ProductQuantity, ReservationRequested, TopicEvent } from '@ordershop/contracts'

type OrderEvent = TopicEvent<'order'> & { version: number }

/** The reservations that an event of an order leads to; the event's own version dates them. */
export function reservationsFor(event: OrderEvent): ReservationRequested[] {
  switch (event.type) {
    case 'order_created':
      return holdNext(event.data.order_id, event.version, event.data.wants)
    case 'order_updated':
      return [...holdNext(event.data.order_id, event.version, event.data.wants), ...releases(event)]
    case 'order_confirmed':
    case 'order_deleted':
    case 'order_rejected':
    case 'order_update_rejected':
      return releases(event)
    case 'order_billed':
      return event.data.sells.map((sold) => request(event.data.order_id, event.version, 'sell', sold))
    case 'order_billing_refused':
      return []
  }
}

/** The next product that an order needs, once what this reservation asked for is held. */
export function reservationAfter({
  order_id,
  order_version,
  rest,
}: ReservationRequested): ReservationRequested[] {
  return holdNext(order_id, order_version, rest)
}

/**
 * Whether an order still waits for the quantities of its version `orderVersion`, going by its last event. A reservation
 * that was parked for days must not go on to hold stock for an order that has changed or been deleted meanwhile.
 */
export function isWaiting(last: OrderEvent | null, orderVersion: number): boolean {
  if (last?.type === 'order_billing_refused') return last.data.status === 'pending'
  return last?.version === orderVersion
}

/** Products are always acquired in the order of `wants`, the rest when the first is held. */
function holdNext(orderId: string, orderVersion: number, wants: ProductQuantity[]): ReservationRequested[] {
  const [first, ...rest] = wants
  return first ? [{ ...request(orderId, orderVersion, 'hold', first), rest }] : []
}

function releases(event: OrderEvent & { data: { releases: ProductQuantity[] } }): ReservationRequested[] {
  return event.data.releases.map((kept) => request(event.data.order_id, event.version, 'release', kept))
}

function request(
  order_id: string,
  order_version: number,
  purpose: ReservationRequested['purpose'],
  { product_id, quantity }: ProductQuantity,
): ReservationRequested {
  return { product_id, order_id, order_version, purpose, quantity, rest: [] }
}

// One append holds 1 MiB; a `rest` of 10,000 products is about 700 KiB of it.
const restAtOnce = 10_000

/** Cuts a batch of reservations into runs whose answers fit into one append. */
export function portions<Event extends EventOf<'reservation_requested'>>(
  events: readonly Event[],
): Event[][] {
  const runs: Event[][] = []
  let left = 0
  for (const event of events) {
    const size = event.data.rest.length
    if (size > left || runs.length === 0) {
      runs.push([])
      left = restAtOnce
    }
    runs.at(-1)?.push(event)
    left -= size
  }
  return runs
}
