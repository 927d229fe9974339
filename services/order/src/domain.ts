import type { Order, OrderStatus, ProductQuantity, TopicEvent } from '@ordershop/contracts'
import { AppError, type Decider } from '@ordershop/core'
import {
  type Basket,
  basketOf,
  greatest,
  isSame,
  isSameBasket,
  piecesOf,
  type Quantities,
  quantitiesOf,
  reductions,
  sorted,
  within,
} from './basket.ts'

export type OrderState = {
  /** How many events there are: the entity's version. */
  version: number
  status: 'unknown' | OrderStatus | 'deleted'
  basket: Basket | null
  /** What comes back if a change is refused. */
  confirmed: Basket | null
  /** The version that asked for stock last, and what it asked for; `[]` once that is decided. */
  orderVersion: number
  wants: ProductQuantity[]
  /** What inventory may hold for this order at most, before `wants`. */
  mayHold: Quantities
  billed: boolean
  /** The last `billing_requested` that was refused. */
  refusedRequest: number
}

export type OrderCommand =
  | { type: 'CreateOrder'; basket: Basket }
  | { type: 'UpdateOrder'; basket: Basket }
  | { type: 'DeleteOrder'; orderId: string }
  | { type: 'ConfirmOrder'; orderVersion: number }
  | { type: 'RefuseOrder'; orderVersion: number; productId: string }
  | BillOrder
type BillOrder = { type: 'BillOrder'; orderId: string; billingId: string; requestVersion: number }

type OrderEvent = TopicEvent<'order'>

const unknown: OrderState = {
  version: 0,
  status: 'unknown',
  basket: null,
  confirmed: null,
  orderVersion: 0,
  wants: [],
  mayHold: {},
  billed: false,
  refusedRequest: 0,
}

export const order = {
  revision: 'order/1',
  initialState: () => unknown,
  decide,
  evolve,
} satisfies Decider<OrderState, OrderCommand, OrderEvent> & { revision: string }

function decide(command: OrderCommand, state: OrderState): OrderEvent[] {
  switch (command.type) {
    case 'CreateOrder':
      return create(command.basket, state)
    case 'UpdateOrder':
      return update(command.basket, state)
    case 'DeleteOrder': {
      if (state.status === 'deleted') return []
      const releases = reductions(mostHeld(state), {})
      return [{ type: 'order_deleted', data: { ...unbilled(command.orderId, state), releases } }]
    }
    case 'ConfirmOrder': {
      const { basket } = state
      if (!basket || !isDeciding(command, state)) return []
      const releases = reductions(mostHeld(state), piecesOf(basket))
      return [{ type: 'order_confirmed', data: { ...basket, status: 'confirmed', releases } }]
    }
    case 'RefuseOrder':
      return isDeciding(command, state) ? refuse(command.productId, state) : []
    case 'BillOrder':
      return bill(command, state)
  }
}

function create(basket: Basket, state: OrderState): OrderEvent[] {
  if (state.status === 'unknown') {
    return [
      { type: 'order_created', data: { ...basket, status: 'pending', wants: sorted(piecesOf(basket)) } },
    ]
  }
  if (state.basket && state.status !== 'deleted' && isSameBasket(basket, state.basket)) return []
  throw new AppError('conflict', `create order ${basket.order_id}: the id is taken, expected a new one`)
}

function update(basket: Basket, state: OrderState): OrderEvent[] {
  const { status, ...present } = unbilled(basket.order_id, state)
  if (status === 'rejected') {
    throw new AppError(
      'conflict',
      `update order ${basket.order_id}: it is rejected, expected pending or confirmed`,
    )
  }
  if (isSameBasket(basket, present)) return []
  const pieces = piecesOf(basket)
  if (status === 'confirmed' && isSame(pieces, piecesOf(present))) {
    // Nothing to reserve, and prices stay as they were captured.
    const data = { ...present, customer_id: basket.customer_id, product_ids: basket.product_ids, status }
    return [{ type: 'order_updated', data: { ...data, wants: [], releases: [] } }]
  }
  const kept = piecesOf(state.confirmed)
  const wants = sorted(within(greatest(pieces, kept), pieces))
  const releases = reductions(mostHeld(state), kept).filter(({ product_id }) => !pieces[product_id])
  return [{ type: 'order_updated', data: { ...basket, status: 'pending', wants, releases } }]
}

function refuse(productId: string, state: OrderState): OrderEvent[] {
  const { basket, confirmed } = state
  if (!basket) return []
  // Products are acquired in order, so the ones from the refused one on were not.
  const acquired = state.wants.filter(({ product_id }) => product_id < productId)
  const releases = reductions(mostHeld({ ...state, wants: acquired }), piecesOf(confirmed))
  const shortage = { reason: 'out_of_stock', product_id: productId, releases }
  if (confirmed) {
    return [{ type: 'order_update_rejected', data: { ...confirmed, status: 'confirmed', ...shortage } }]
  }
  const { order_id, customer_id } = basket
  return [{ type: 'order_rejected', data: { order_id, customer_id, status: 'rejected', ...shortage } }]
}

function bill(
  { orderId: order_id, billingId: billing_id, requestVersion }: BillOrder,
  state: OrderState,
): OrderEvent[] {
  if (state.billed || requestVersion <= state.refusedRequest) return []
  const { basket, status } = state
  if (basket && status === 'confirmed') {
    const { customer_id, total_cents, currency } = basket
    const sells = sorted(piecesOf(basket))
    return [
      {
        type: 'order_billed',
        data: { order_id, billing_id, customer_id, total_cents, currency, status, sells },
      },
    ]
  }
  const request = { order_id, billing_id, request_version: requestVersion }
  const refused = status === 'confirmed' ? 'unknown' : status
  return [
    { type: 'order_billing_refused', data: { ...request, status: refused, reason: `order_${refused}` } },
  ]
}

/** The order as it is, if it may still be changed. */
function unbilled(orderId: string, { basket, status, billed }: OrderState): Order {
  if (!basket || status === 'unknown' || status === 'deleted') {
    throw new AppError('not_found', `order ${orderId}: expected one that exists`)
  }
  if (billed) throw new AppError('conflict', `order ${orderId}: it is billed, expected an unbilled one`)
  return { ...basket, status }
}

function isDeciding({ orderVersion }: { orderVersion: number }, state: OrderState): boolean {
  return state.status === 'pending' && state.orderVersion === orderVersion
}

function mostHeld({ mayHold, wants }: Pick<OrderState, 'mayHold' | 'wants'>): Quantities {
  return greatest(mayHold, quantitiesOf(wants))
}

function evolve(before: OrderState, event: OrderEvent): OrderState {
  const state = { ...before, version: before.version + 1 }
  switch (event.type) {
    case 'order_created':
      return asked(state, event.data, [])
    case 'order_updated':
      if (event.data.status === 'confirmed') return settled(state, basketOf(event.data))
      return asked(state, event.data, event.data.releases)
    case 'order_confirmed':
    case 'order_update_rejected':
      return settled(state, basketOf(event.data))
    case 'order_rejected':
      return { ...state, status: 'rejected', wants: [], mayHold: {} }
    case 'order_deleted':
      return { ...state, status: 'deleted', wants: [], mayHold: {} }
    case 'order_billed':
      return { ...state, billed: true }
    case 'order_billing_refused':
      return { ...state, refusedRequest: event.data.request_version }
  }
}

type Asking = Order & { wants: ProductQuantity[] }

function asked(state: OrderState, data: Asking, releases: ProductQuantity[]): OrderState {
  const mayHold = { ...mostHeld(state), ...quantitiesOf(releases) }
  const { version: orderVersion } = state
  return { ...state, status: 'pending', basket: basketOf(data), orderVersion, wants: data.wants, mayHold }
}

function settled(state: OrderState, basket: Basket): OrderState {
  return { ...state, status: 'confirmed', basket, confirmed: basket, wants: [], mayHold: piecesOf(basket) }
}
