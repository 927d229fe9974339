// Decides reservations of one product together, and stores what became of them by one append.
import { holdId, type ShopEvent } from '@ordershop/contracts'
import { type CommandCause, type EventStore, executeAll } from '@ordershop/event-store'
import { inventory } from './domain.ts'
import { type Hold, hold } from './hold.ts'
import { decideReservations, type ReservationMessage } from './reservations.ts'

/** Of a product, by order that was decided about. */
export type Holds = ReadonlyMap<string, Hold>

/**
 * @param messages of one product, at least one.
 * @param causeOf of a command by its name: the same messages, come again, are the same command.
 * @returns what each order holds then, now or since the messages came before.
 */
export async function decideTogether(
  store: EventStore<ShopEvent>,
  messages: readonly ReservationMessage[],
  causeOf: (command: string) => CommandCause,
): Promise<Holds> {
  const place = { topic: 'inventory', key: messages[0]?.product_id ?? '' }
  const orderIds = [...new Set(messages.map(({ order_id }) => order_id))]
  const firstOf = new Map(messages.map((message) => [message.order_id, message] as const).toReversed())
  const participants = [
    { entityId: place.key, decider: inventory },
    ...orderIds.map((orderId) => ({
      entityId: holdId(place.key, orderId),
      decider: hold,
      probablyNew: firstOf.get(orderId)?.order_version === 1,
    })),
  ] as const
  const byOrder = (holds: readonly Hold[]) => new Map(orderIds.map((id, k) => [id, holds[k] as Hold]))

  const decided = await executeAll(
    store,
    place,
    participants,
    ([stock, ...holds]) => decideReservations(messages, stock, byOrder(holds)),
    causeOf('decide'),
  )
  if (decided.states) return byOrder(decided.states.slice(1) as Hold[])
  // Of a repeat the answer is stored, not the states.
  const asThey = () => [[], ...orderIds.map(() => [])] as const
  const { states = [] } = await executeAll(store, place, participants, asThey, causeOf('look'))
  return byOrder(states.slice(1) as Hold[])
}
