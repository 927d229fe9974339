// Bills in the log: asks the orders for them, and waits for what the orders decide.
import { setTimeout as delay } from 'node:timers/promises'
import type { Billing, ShopEvent, TopicEvent } from '@ordershop/contracts'
import { AppError, refusedFields } from '@ordershop/core'
import { type Cause, type EventStore, execute, type LogPosition, type Recorded } from '@ordershop/event-store'
import { positionOf } from '@ordershop/shop'
import { v5 as uuidv5 } from 'uuid'
import { billing } from './domain.ts'
import { type Billability, billability } from './policy.ts'

// An order has one bill, so a repeated request names the same.
const namespace = '6f1d7c52-3f0e-4c2b-9b61-0d7f0f6e8a11'

/** `waitMs`: how long an order's outcome, and then its bill, is waited for; `everyMs` between two looks. */
export type Waiting = { waitMs: number; everyMs: number }

export type Billings = {
  /**
   * Bills orders, all or none as far as their state now tells; what is billed already is answered as it is.
   *
   * @throws AppError `invalid` for orders that do not exist; `conflict` for rejected ones, and for pending ones that
   *   stay so; `unavailable` when a bill is still under way: the same request, repeated, settles it.
   */
  bill(orderIds: readonly string[], cause: Cause & { commandId: string }): Promise<Billed>
}
type Billed = { ids: string[]; positions: LogPosition[] }

type LastOrder = Recorded<TopicEvent<'order'>> | null
type LastBilling = Recorded<TopicEvent<'billing'>> | null

export function billings(
  store: EventStore<ShopEvent>,
  waiting: Waiting = { waitMs: 5_000, everyMs: 20 },
): Billings {
  const last = (topic: string, ids: readonly string[]) =>
    store.lastEvents(ids.map((entityId) => ({ topic, entityId })))
  const orders = async (ids: readonly string[]) => (await last('order', ids)) as readonly LastOrder[]
  const bills = async (ids: readonly string[]) => (await last('billing', ids)) as readonly LastBilling[]

  return {
    async bill(orderIds, cause) {
      const decided = await until(
        async () => (await orders(orderIds)).map(billability),
        (all) => all.some(isHopeless) || all.every(({ state }) => state !== 'pending'),
        waiting,
      )
      const asked = billable(orderIds, decided)
      await Promise.all(asked.map((bill) => request(store, bill, cause)))
      const answered = await until(
        () => bills(orderIds),
        (all) => all.every((event) => event && event.type !== 'billing_requested'),
        waiting,
      )
      const settled = answered.map((event, at) => created(event, orderIds[at]))
      // A billed order does not change any more, so its last event is the one that the unbilled view must have seen.
      return {
        ids: settled.map((event) => event.data.billing_id),
        positions: [...settled, ...(await orders(orderIds))].flatMap((event) =>
          event ? [positionOf(event)] : [],
        ),
      }
    },
  }
}

/** Looks until it is `done`, or time is up; returns what it saw last. */
async function until<T>(
  look: () => Promise<T>,
  done: (seen: T) => boolean,
  { waitMs, everyMs }: Waiting,
): Promise<T> {
  const deadline = performance.now() + waitMs
  for (;;) {
    const seen = await look()
    if (done(seen) || performance.now() > deadline) return seen
    await delay(everyMs)
  }
}

function isHopeless({ state }: Billability): boolean {
  return state === 'unknown' || state === 'rejected'
}

function billable(
  orderIds: readonly string[],
  decided: readonly Billability[],
): Omit<Billing, 'billing_id'>[] {
  const problems = decided.flatMap((order, index) => {
    if (order.state === 'billable') return []
    const path = `items.${index}.order_id`
    const expected =
      order.state === 'unknown' ? 'an order that exists' : `a confirmed order, it is ${order.state}`
    return [{ state: order.state, path, message: `expected ${expected}, got ${orderIds[index]}` }]
  })
  if (problems.length === 0)
    return decided.flatMap((order) => (order.state === 'billable' ? [order.bill] : []))
  const fields = problems.map(({ path, message }) => ({ path, message }))
  const code = problems.some(({ state }) => state === 'unknown') ? 'invalid' : 'conflict'
  throw refusedFields('bill orders', fields, { code })
}

async function request(
  store: EventStore<ShopEvent>,
  bill: Omit<Billing, 'billing_id'>,
  cause: Cause & { commandId: string },
): Promise<void> {
  const command = {
    type: 'RequestBilling',
    billing: { ...bill, billing_id: uuidv5(bill.order_id, namespace) },
  } as const
  const target = { topic: 'billing', entityId: bill.order_id }
  await execute(store, billing, target, command, {
    ...cause,
    commandId: `${cause.commandId}:${bill.order_id}`,
  })
}

function created(last: LastBilling, orderId: string | undefined) {
  if (last?.type === 'billing_created') return last
  if (last?.type === 'billing_refused') {
    throw new AppError('conflict', `bill order ${orderId}: ${last.data.reason}, expected a confirmed order`)
  }
  throw new AppError(
    'unavailable',
    `bill order ${orderId}: under way; the same request, repeated, will settle it`,
  )
}
