import type { EventOf } from '@ordershop/contracts'
import { fold } from '@ordershop/core'
import { describe, expect, test } from 'vitest'
import { inventory, type StockEvent } from './domain.ts'
import { type HoldEvent, hold, isGranted } from './hold.ts'
import { decideReservations, type ReservationMessage } from './reservations.ts'

const cause = { correlationId: 'request', causationId: 'event' }
const stocked = (inventory_id: string, amount: number): StockEvent => ({
  type: 'inventory_created',
  data: { inventory_id, product_id: 'p1', amount },
})
const removed = (inventory_id: string, amount: number): StockEvent => ({
  type: 'inventory_deleted',
  data: { inventory_id, product_id: 'p1', amount },
})

/** Written `order@version`. */
const named = (order: string) => {
  const [order_id = '', version] = order.split('@')
  return { product_id: 'p1', order_id, order_version: Number(version) }
}
const asks = (purpose: ReservationMessage['purpose']) => (order: string, quantity: number) =>
  ({ ...named(order), purpose, quantity, rest: [], cause }) satisfies ReservationMessage
const [holds, releases, sells] = [asks('hold'), asks('release'), asks('sell')]

const reserved = (order: string, quantity: number): HoldEvent => ({
  type: 'inventory_reserved',
  data: { ...named(order), quantity, rest: [] },
  cause,
})
const released = (order: string, quantity: number): HoldEvent => ({
  type: 'inventory_released',
  data: { ...named(order), quantity },
  cause,
})
const sold = (order: string, quantity: number): HoldEvent => ({
  type: 'inventory_sold',
  data: { ...named(order), quantity },
  cause,
})
const refused = (order: string, quantity: number, available: number): HoldEvent => ({
  type: 'inventory_refused',
  data: { ...named(order), quantity, available },
  cause,
})

/** What is decided after this history, in the order of the messages' orders, and what is left of each record that changed. */
function decided(stock: StockEvent[], history: HoldEvent[], ...messages: ReservationMessage[]) {
  const orders = [...new Set(messages.map(({ order_id }) => order_id))]
  const holdOf = (id: string) =>
    fold(
      hold,
      history.filter(({ data }) => data.order_id === id),
    )
  const states = new Map(orders.map((id) => [id, holdOf(id)]))
  const [moved, ...events] = decideReservations(messages, fold(inventory, stock), states)
  const { data } = (moved[0] ?? { data: { records: [], amount: null } }) as EventOf<'inventory_moved'>
  const left = Object.fromEntries(data.records.map(({ inventory_id, amount }) => [inventory_id, amount]))
  return { events: events.flat(), left, amount: data.amount }
}

describe('reservations', () => {
  test('take from the records first to last', () => {
    const stock = [stocked('i1', 2), stocked('i2', 5), stocked('i3', 1)]
    const { events, left, amount } = decided(stock, [], holds('o1@1', 3))
    expect(events).toEqual([reserved('o1@1', 3)])
    expect({ left, amount }).toEqual({ left: { i1: 0, i2: 4 }, amount: 5 })
  })

  test('are refused when there is too little, and move nothing', () => {
    const short = decided([stocked('i1', 2)], [], holds('o1@1', 3))
    expect(short).toEqual({ events: [refused('o1@1', 3, 2)], left: {}, amount: null })
    expect(decided([], [], holds('o1@1', 1)).events).toEqual([refused('o1@1', 1, 0)])
  })

  test('find nothing in a deleted record, and put nothing back on it', () => {
    const stock = [stocked('i1', 3), removed('i1', 3)]
    expect(decided(stock, [], holds('o2@1', 1)).events).toEqual([refused('o2@1', 1, 0)])
    const back = decided(stock, [reserved('o1@1', 2)], releases('o1@2', 0))
    expect(back).toEqual({ events: [released('o1@2', 0)], left: {}, amount: null })
  })

  test('are decided one after another, each by what the previous ones left, and move the stock once', () => {
    const { events, left } = decided(
      [stocked('i1', 3)],
      [],
      ...[holds('o1@1', 2), holds('o2@1', 2), holds('o3@1', 1), releases('o1@2', 0), holds('o4@1', 1)],
    )
    expect(events).toEqual([
      ...[reserved('o1@1', 2), released('o1@2', 0)],
      refused('o2@1', 2, 1),
      reserved('o3@1', 1),
      reserved('o4@1', 1),
    ])
    expect(left).toEqual({ i1: 1 })
  })

  test('that cancel each other out move nothing', () => {
    const { events, left } = decided([stocked('i1', 3)], [], holds('o1@1', 2), releases('o1@2', 0))
    expect(events).toEqual([reserved('o1@1', 2), released('o1@2', 0)])
    expect(left).toEqual({})
  })

  test('name what the order needs next, and keep the cause of their own message', () => {
    const rest = [{ product_id: 'p2', quantity: 1 }]
    const own = { correlationId: 'another', causationId: 'one', traceparent: 'trace' }
    const { events } = decided([stocked('i1', 3)], [], { ...holds('o1@1', 1), rest, cause: own })
    expect(events).toEqual([
      { type: 'inventory_reserved', data: { ...named('o1@1'), quantity: 1, rest }, cause: own },
    ])
  })

  test('are absolute: more takes only the difference, less gives it back', () => {
    const stock = [stocked('i1', 2)]
    const history = [reserved('o1@1', 3)]
    expect(decided(stock, history, holds('o1@2', 5)).left).toEqual({ i1: 0 })
    expect(decided(stock, history, holds('o1@2', 1)).left).toEqual({ i1: 4 })
    expect(decided(stock, history, holds('o1@2', 3))).toMatchObject({
      events: [reserved('o1@2', 3)],
      left: {},
    })
  })

  test('keep what is held when more is refused', () => {
    const stock = [stocked('i1', 2)]
    const history = [reserved('o1@1', 3)]
    expect(decided(stock, history, holds('o1@2', 6)).events).toEqual([refused('o1@2', 6, 2)])
    const after = decided(stock, [...history, refused('o1@2', 6, 2)], releases('o1@3', 0))
    expect(after).toMatchObject({ events: [released('o1@3', 0)], left: { i1: 5 } })
  })

  test('record nothing when a message is repeated or outdated', () => {
    const last = [reserved('o1@3', 2), refused('o1@3', 9, 5), released('o1@3', 0), sold('o1@3', 2)]
    for (const event of last) {
      const late = [holds('o1@3', 2), holds('o1@2', 4), releases('o1@1', 0)]
      expect(decided([stocked('i1', 5)], [event], ...late)).toMatchObject({ events: [], left: {} })
    }
    const twice = decided([stocked('i1', 5)], [], holds('o1@1', 2), holds('o1@1', 2))
    expect(twice).toMatchObject({ events: [reserved('o1@1', 2)], left: { i1: 3 } })
  })

  test('never release more than is held', () => {
    const { events, left } = decided([stocked('i1', 5)], [reserved('o1@1', 2)], releases('o1@2', 4))
    expect({ events, left }).toEqual({ events: [released('o1@2', 2)], left: {} })
  })

  test('are granted if the order holds what they asked for, as of their version', () => {
    const after = (...history: HoldEvent[]) => fold(hold, history)
    const asked = holds('o1@2', 3)
    expect(isGranted(asked, after(reserved('o1@2', 3)))).toBe(true)
    expect(isGranted(asked, after(reserved('o1@1', 1), refused('o1@2', 3, 1)))).toBe(false)
    expect(isGranted(asked, after(reserved('o1@2', 3), released('o1@3', 3)))).toBe(false)
    expect(isGranted(asked, after(reserved('o1@1', 3)))).toBe(false)
    expect(isGranted(releases('o1@2', 0), after(released('o1@2', 0)))).toBe(false)
  })
})

describe('selling', () => {
  test('takes the held pieces out of the shop, once', () => {
    const stock = [stocked('i1', 3)]
    const history = [reserved('o1@1', 2)]
    expect(decided(stock, history, sells('o1@3', 2))).toMatchObject({ events: [sold('o1@3', 2)], left: {} })
    const late = decided(stock, [...history, sold('o1@3', 2)], sells('o1@3', 2), releases('o1@2', 0))
    expect(late).toMatchObject({ events: [], left: {} })
  })

  test('gives back what was held beyond it', () => {
    const { events, left } = decided([stocked('i1', 2)], [reserved('o1@1', 3)], sells('o1@3', 2))
    expect({ events, left }).toEqual({ events: [sold('o1@3', 2)], left: { i1: 3 } })
  })

  test('never sells what is not held', () => {
    expect(decided([stocked('i1', 5)], [], sells('o1@3', 2)).events).toEqual([sold('o1@3', 0)])
  })
})
