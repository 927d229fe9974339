// The reservation saga by its pure parts alone, under every schedule that fast-check can think of. The one place
// that reads several services' files: their deciders and policies only mean something together.
import { holdId, type ReservationRequested, type ShopEvent, type Topic } from '@ordershop/contracts'
import { AppError, type Decider, fold } from '@ordershop/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BillingCommand, billing } from '../../services/billing/src/domain.ts'
import { billability, commandFor as billingCommandFor } from '../../services/billing/src/policy.ts'
import { type InventoryCommand, inventory } from '../../services/inventory/src/domain.ts'
import { hold, isGranted } from '../../services/inventory/src/hold.ts'
import { isWaiting, reservationAfter, reservationsFor } from '../../services/inventory/src/policy.ts'
import { decideReservations } from '../../services/inventory/src/reservations.ts'
import { available } from '../../services/inventory/src/stock.ts'
import { basket } from '../../services/order/src/basket.ts'
import { type OrderCommand, order } from '../../services/order/src/domain.ts'
import { commandFor as orderCommandFor } from '../../services/order/src/policy.ts'
import { type Group, type Logged, type ModelLog, memoryLog, play, type Steps } from './random-schedule.ts'

const products = ['a', 'b', 'c']
const offers = new Map(products.map((id) => [id, { name: id, unit_price_cents: 100 }]))
const basketOf = (orderId: string, product_ids: string[]) =>
  basket({ order_id: orderId, customer_id: 'a-customer', product_ids }, offers)

/** Deciders may be replaced by broken ones, to see that the model notices. */
const shop = { order, inventory, decideReservations, billing }
type Shop = typeof shop

/** Load, decide, append; who was overtaken in between loads again. */
function* execute<State, Command, E extends ShopEvent>(
  log: ModelLog,
  decider: Decider<State, Command, E>,
  topic: Topic,
  entityId: string,
  command: Command,
): Steps {
  for (;;) {
    const history = [...log.entity(topic, entityId)]
    const events = decider.decide(command, fold(decider, structuredClone(history) as unknown as E[]))
    yield
    if (events.length === 0) return
    if (log.append({ topic, entityId, key: entityId, expected: history.length, events })) return
  }
}

/** An entity's state, and how many events it was folded from. */
function stateOf<State, E>(
  log: ModelLog,
  decider: Pick<Decider<State, never, E>, 'initialState' | 'evolve'>,
  entityId: string,
) {
  const history = structuredClone([...log.entity('inventory', entityId)])
  return { entityId, expected: history.length, state: fold(decider, history as unknown as E[]) }
}

/** As `execute`, on the stock of a product and on what each order holds of it; then asks for what they need next. */
function* decideTogether(
  log: ModelLog,
  decide: Shop['decideReservations'],
  asked: readonly ReservationRequested[],
): Steps {
  const key = asked[0]?.product_id ?? ''
  const orders = [...new Set(asked.map(({ order_id }) => order_id))]
  const messages = asked.map((data) => ({ ...data, cause: { correlationId: '', causationId: '' } }))
  const holdOf = (id: string) => stateOf(log, hold, holdId(key, id))
  for (let stored = false; !stored; ) {
    const stock = stateOf(log, inventory, key)
    const holds = orders.map(holdOf)
    const states = new Map(orders.map((id, k) => [id, holds[k]?.state ?? hold.initialState()]))
    const decided = decide(messages, stock.state, states)
    yield
    const write = (at: { entityId: string; expected: number }, k: number) =>
      ({ ...at, topic: 'inventory', key, events: decided[k] ?? [] }) as const
    stored = log.append(...[stock, ...holds].map(write))
  }
  for (const data of asked) {
    if (!isGranted(data, holdOf(data.order_id).state)) continue
    const last = lastOf(log, data.order_id)
    yield
    if (isWaiting(last, data.order_version)) yield* request(log, reservationAfter(data))
  }
}

function* request(log: ModelLog, reservations: ReturnType<typeof reservationsFor>): Steps {
  for (const data of reservations) {
    const entityId = `${data.order_id}:${data.product_id}:${data.order_version}`
    const events = [{ type: 'reservation_requested' as const, data }]
    log.append({ topic: 'reservation', entityId, key: data.product_id, expected: 0, events })
    yield
  }
}

const lastOf = (log: ModelLog, orderId: string) => {
  const last = log.entity('order', orderId).at(-1)
  return last ? (last as Extract<Logged, { topic: 'order' }> & Parameters<typeof reservationsFor>[0]) : null
}

function inventoryGroup(log: ModelLog, { decideReservations }: Shop): Group {
  return {
    topics: ['order', 'reservation'],
    batched: new Set(['reservation_requested']),
    *handle(events) {
      const [first] = events
      if (!first) return
      if (first.type === 'reservation_requested') {
        const asked = events.flatMap((event) => (event.type === 'reservation_requested' ? [event.data] : []))
        yield* decideTogether(log, decideReservations, asked)
      } else if (first.topic === 'order') {
        yield* request(log, reservationsFor(first as Parameters<typeof reservationsFor>[0]))
      }
    },
  }
}

function orderGroup(log: ModelLog, { order }: Shop): Group {
  return {
    topics: ['inventory', 'billing'],
    batched: new Set(),
    *handle([event]) {
      if (
        event?.type === 'inventory_reserved' ||
        event?.type === 'inventory_refused' ||
        event?.type === 'billing_requested'
      ) {
        const command = orderCommandFor(event)
        if (command) yield* execute(log, order, 'order', event.data.order_id, command)
      }
    },
  }
}

function billingGroup(log: ModelLog, { billing }: Shop): Group {
  return {
    topics: ['order'],
    batched: new Set(),
    *handle([event]) {
      if (event?.type === 'order_billed' || event?.type === 'order_billing_refused') {
        yield* execute(log, billing, 'billing', event.data.order_id, billingCommandFor(event))
      }
    },
  }
}

type Asked =
  | { what: 'stock'; product: string; amount: number }
  | { what: 'create' | 'update'; order: string; products: string[] }
  | { what: 'delete' | 'bill'; order: string }

/** What a client asks of the shop; a refusal is an answer, too. */
function* client(log: ModelLog, { order, inventory, billing }: Shop, asked: Asked, nth: number): Steps {
  const orders = (command: OrderCommand, orderId: string) => execute(log, order, 'order', orderId, command)
  try {
    switch (asked.what) {
      case 'stock': {
        const { product: product_id, amount } = asked
        const command: InventoryCommand = {
          type: 'CreateRecords',
          records: [{ inventory_id: `stock ${nth}`, product_id, amount }],
        }
        yield* execute(log, inventory, 'inventory', product_id, command)
        return
      }
      case 'create':
      case 'update': {
        const type = asked.what === 'create' ? 'CreateOrder' : 'UpdateOrder'
        yield* orders({ type, basket: basketOf(asked.order, asked.products) }, asked.order)
        return
      }
      case 'delete':
        yield* orders({ type: 'DeleteOrder', orderId: asked.order }, asked.order)
        return
      case 'bill': {
        const found = billability(lastOf(log, asked.order))
        yield
        if (found.state !== 'billable') return
        const command: BillingCommand = {
          type: 'RequestBilling',
          billing: { ...found.bill, billing_id: `bill of ${asked.order}` },
        }
        yield* execute(log, billing, 'billing', asked.order, command)
        return
      }
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

const orderIds = ['o1', 'o2', 'o3']
const anOrder = fc.constantFrom(...orderIds)
const someProducts = fc.array(fc.constantFrom(...products), { minLength: 1, maxLength: 4 })
const aCommand = fc.oneof<fc.WeightedArbitrary<Asked>[]>(
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('create'), order: anOrder, products: someProducts }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('update'), order: anOrder, products: someProducts }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('delete'), order: anOrder }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('bill'), order: anOrder }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('stock'),
      product: fc.constantFrom(...products),
      amount: fc.integer({ min: 0, max: 4 }),
    }),
  },
)
const aDay = fc.record({
  commands: fc.array(aCommand, { minLength: 4, maxLength: 24, size: 'max' }),
  draws: fc.array(fc.nat({ max: 2 ** 13 - 1 }), { maxLength: 600, size: 'max' }),
})

type Day = { commands: Asked[]; draws: number[] }

/** Lives through a day, checking that nothing is ever below zero, and returns the log at rest. */
function live({ commands, draws }: Day, shop: Shop): ModelLog {
  const log = memoryLog(({ type, data }) => {
    if ('amount' in data) expect(data.amount, type).toBeGreaterThanOrEqual(0)
    if ('records' in data)
      for (const { amount } of data.records) expect(amount, type).toBeGreaterThanOrEqual(0)
  })
  const groups = [inventoryGroup(log, shop), orderGroup(log, shop), billingGroup(log, shop)]
  play(
    log,
    groups,
    commands.map((asked, nth) => client(log, shop, asked, nth)),
    draws,
  )
  return log
}

/** The log at rest must be consistent. */
function checkAtRest(log: ModelLog): void {
  const bills = new Map(
    orderIds.map((id) => [id, log.entity('billing', id).filter((event) => event.type === 'billing_created')]),
  )
  for (const product of products) {
    const history = log.entity('inventory', product)
    const stock = fold(inventory, structuredClone(history) as never[])
    const supplied = sum(history.map((event) => (event.type === 'inventory_created' ? event.data.amount : 0)))
    const heldBy = (id: string) => stateOf(log, hold, holdId(product, id)).state.quantity
    const held = sum(orderIds.map(heldBy))
    const sales = log
      .lane('inventory', product)
      .flatMap((event) => (event.type === 'inventory_sold' ? [event.data] : []))
    expect(available(stock.records) + held + sum(sales.map(({ quantity }) => quantity)), product).toBe(
      supplied,
    )
    for (const orderId of orderIds) {
      const { status, billed, basket } = fold(order, log.entity('order', orderId) as never[])
      const pieces = basket?.lines.find(({ product_id }) => product_id === product)?.quantity ?? 0
      const live = status === 'confirmed' && !billed
      expect(heldBy(orderId), `${orderId} (${status}) holds of ${product}`).toBe(live ? pieces : 0)
      const sold = sales.filter(({ order_id }) => order_id === orderId).map(({ quantity }) => quantity)
      expect(sold, `${orderId} (${status}) was sold of ${product}`).toEqual(
        billed && pieces > 0 ? [pieces] : [],
      )
    }
  }
  for (const orderId of orderIds) {
    const { status, billed } = fold(order, log.entity('order', orderId) as never[])
    expect(status, orderId).not.toBe('pending')
    expect(bills.get(orderId), `bills of ${orderId}`).toHaveLength(billed ? 1 : 0)
    const lastOfBill = log.entity('billing', orderId).at(-1)?.type ?? 'billing_refused'
    expect(lastOfBill, `bill of ${orderId}`).toBe(billed ? 'billing_created' : 'billing_refused')
  }
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)

const forgetful: Shop['decideReservations'] = (messages, stock, holds) => {
  const undated = [...holds].map(([id, { quantity }]) => [id, { quantity, orderVersion: 0 }] as const)
  return decideReservations(messages, stock, new Map(undated))
}

const shortSighted: Shop['decideReservations'] = (messages, stock, holds) => {
  const [, ...held] = decideReservations(messages, stock, holds)
  return [[], ...held]
}

const gullibleOrder: Shop['order'] = {
  ...order,
  decide(command, state) {
    const { orderVersion } = state
    return order.decide('orderVersion' in command ? { ...command, orderVersion } : command, state)
  },
}

const hastyOrder: Shop['order'] = {
  ...order,
  decide(command, state) {
    return order.decide(command, command.type === 'UpdateOrder' ? { ...state, confirmed: null } : state)
  },
}

const forgetfulOrder: Shop['order'] = {
  ...order,
  decide: (command, state) => order.decide(command, { ...state, billed: false, refusedRequest: 0 }),
}

const property = (shop: Shop) => fc.property(aDay, (day) => checkAtRest(live(day, shop)))

describe('the reservation saga', () => {
  test('never oversells, loses or forgets a piece, whatever is interleaved, repeated, killed or comes back late', () => {
    fc.assert(property(shop), { numRuns: 400 })
  })

  test.each<[string, Partial<Shop>]>([
    [
      'inventory that does not ask which version of an order it decided last',
      { decideReservations: forgetful },
    ],
    ['inventory that does not write down what it takes from stock', { decideReservations: shortSighted }],
    ['an order that listens to decisions about another version', { order: gullibleOrder }],
    ['an order that releases its surplus before the change is confirmed', { order: hastyOrder }],
    ['an order that bills whatever was asked, also what it refused before', { order: forgetfulOrder }],
  ])('would notice %s', (_, broken) => {
    const { failed } = fc.check(property({ ...shop, ...broken }), {
      numRuns: 3_000,
      seed: 7,
      endOnFailure: true,
    })
    expect(failed).toBe(true)
  })

  test('meets everything that can happen to an order on those days', () => {
    const met = new Set<string>()
    for (const day of fc.sample(aDay, { numRuns: 800, seed: 7 })) {
      const log = live(day, shop)
      for (const topic of ['order', 'inventory', 'billing'] as const) {
        for (const key of log.keys(topic)) for (const { type } of log.lane(topic, key)) met.add(type)
      }
    }
    expect([...met]).toEqual(
      expect.arrayContaining([
        'order_created',
        'order_updated',
        'order_confirmed',
        'order_rejected',
        'order_update_rejected',
        'order_deleted',
        'order_billed',
        'order_billing_refused',
        'inventory_reserved',
        'inventory_refused',
        'inventory_released',
        'inventory_sold',
        'billing_refused',
      ]),
    )
  })
})
