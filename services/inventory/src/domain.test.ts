import type { EventOf } from '@ordershop/contracts'
import { fold } from '@ordershop/core'
import { given } from '@ordershop/core/testing'
import { describe, expect, test } from 'vitest'
import { type InventoryCommand, inventory, type ReservationMessage } from './domain.ts'
import { available } from './stock.ts'

const cause = { correlationId: 'request', causationId: 'event' }
const record = (inventory_id: string, amount: number) => ({ inventory_id, product_id: 'p1', amount })
const stocked = (id: string, amount: number): EventOf<'inventory_created'> => ({
  type: 'inventory_created',
  data: record(id, amount),
})
const removed = (id: string, amount: number): EventOf<'inventory_deleted'> => ({
  type: 'inventory_deleted',
  data: record(id, amount),
})

type Asked = Pick<ReservationMessage, 'order_id' | 'order_version' | 'quantity'> &
  Partial<Pick<ReservationMessage, 'rest'>>
const message = (purpose: ReservationMessage['purpose'], asked: Asked): ReservationMessage => {
  return { product_id: 'p1', rest: [], ...asked, purpose, cause }
}
const hold = (order_id: string, order_version: number, quantity: number) =>
  message('hold', { order_id, order_version, quantity })
const release = (order_id: string, order_version: number, quantity: number) =>
  message('release', { order_id, order_version, quantity })
const sell = (order_id: string, order_version: number, quantity: number) =>
  message('sell', { order_id, order_version, quantity })
const decide = (...messages: ReservationMessage[]): InventoryCommand => ({
  type: 'DecideReservations',
  messages,
})

/** Written `order@version quantity`, what can be ordered then, and the records that changed. */
const outcome =
  <T extends 'inventory_reserved' | 'inventory_released' | 'inventory_sold'>(type: T) =>
  (order: string, quantity: number, amount: number, changed: Record<string, number>) => {
    const [order_id = '', version] = order.split('@')
    const records = Object.entries(changed).map(([inventory_id, amount]) => ({ inventory_id, amount }))
    const rest = type === 'inventory_reserved' ? { rest: [] } : {}
    const data = {
      product_id: 'p1',
      order_id,
      order_version: Number(version),
      quantity,
      ...rest,
      amount,
      records,
    }
    return { type, data, cause } as unknown as EventOf<T>
  }
const reserved = outcome('inventory_reserved')
const released = outcome('inventory_released')
const sold = outcome('inventory_sold')
const refused = (order: string, quantity: number, available: number) => {
  const [order_id = '', version] = order.split('@')
  const data = {
    product_id: 'p1',
    order_id,
    order_version: Number(version),
    quantity,
    available,
    records: [],
  }
  return { type: 'inventory_refused', data, cause } as EventOf<'inventory_refused'>
}

describe('records of stock', () => {
  test('add up, and are created once', () => {
    const create: InventoryCommand = { type: 'CreateRecords', records: [record('i1', 3), record('i2', 4)] }
    given(inventory).when(create).gives(stocked('i1', 3), stocked('i2', 4))
    given(inventory, stocked('i1', 3)).when(create).gives(stocked('i2', 4))
    given(inventory, stocked('i1', 3), removed('i1', 3)).when(create).gives(stocked('i2', 4))
    expect(available(fold(inventory, [stocked('i1', 3), stocked('i2', 4)]).records)).toBe(7)
  })

  test('are set to what can be ordered, reservations come on top', () => {
    const history = [stocked('i1', 3), reserved('o1@1', 2, 1, { i1: 1 })]
    const set = (amount: number): InventoryCommand => ({ type: 'SetAmount', record: record('i1', amount) })
    given(inventory, ...history)
      .when(set(5))
      .gives({ type: 'inventory_updated', data: record('i1', 5) })
    given(inventory, ...history)
      .when(set(1))
      .gives()
    given(inventory)
      .when(set(5))
      .fails('not_found', /i1: expected a record of product p1/)
    given(inventory, stocked('i1', 3), removed('i1', 3)).when(set(5)).fails('not_found')
  })

  test('are changed only at the version of the history they were meant for, also after a snapshot', () => {
    const recorded = [
      { ...stocked('i1', 3), entry_id: '10-0' },
      { ...stocked('i2', 4), entry_id: '10-1' },
      { ...reserved('o1@1', 4, 3, { i1: 0, i2: 3 }), entry_id: '11-0' },
      { ...refused('o2@1', 9, 3), entry_id: '12-0' },
      { type: 'inventory_updated', data: record('i2', 8), entry_id: '13-0' } as const,
    ]
    const state = JSON.parse(JSON.stringify(fold(inventory, recorded)))
    const set = (inventory_id: string, expectedVersion: number | string) => () =>
      inventory.decide({ type: 'SetAmount', record: record(inventory_id, 5), expectedVersion }, state)
    for (const present of [3, '3@11-0']) expect(set('i1', present)()).toHaveLength(1)
    for (const present of [5, '5@13-0']) expect(set('i2', present)()).toHaveLength(1)
    expect(set('i1', '3@10-0')).toThrow('inventory i1: version: expected 3@10-0, got 3@11-0')
    expect(set('i1', '5@13-0')).toThrow('expected 5@13-0, got 3@11-0')
    expect(set('i1', 5)).toThrow('expected 5, got 3')
  })

  test('go off sale when deleted, with what is left unsold', () => {
    const remove: InventoryCommand = { type: 'DeleteRecord', inventoryId: 'i1', productId: 'p1' }
    const history = [stocked('i1', 3), reserved('o1@1', 2, 1, { i1: 1 })]
    given(inventory, ...history)
      .when(remove)
      .gives(removed('i1', 1))
    given(inventory, ...history, removed('i1', 1))
      .when(remove)
      .gives()
    given(inventory).when(remove).fails('not_found')
    given(inventory, ...history, removed('i1', 1))
      .when(decide(hold('o2', 1, 1)))
      .gives(refused('o2@1', 1, 0))
    given(inventory, ...history, removed('i1', 1))
      .when(decide(release('o1', 2, 0)))
      .gives(released('o1@2', 0, 0, {}))
  })
})

describe('reservations', () => {
  test('take from the records first to last', () => {
    given(inventory, stocked('i1', 2), stocked('i2', 5))
      .when(decide(hold('o1', 1, 3)))
      .gives(reserved('o1@1', 3, 4, { i1: 0, i2: 4 }))
  })

  test('are refused when there is too little, and reserve nothing', () => {
    given(inventory, stocked('i1', 2))
      .when(decide(hold('o1', 1, 3)))
      .gives(refused('o1@1', 3, 2))
    given(inventory)
      .when(decide(hold('o1', 1, 1)))
      .gives(refused('o1@1', 1, 0))
  })

  test('are decided one after another, each by what the previous ones left', () => {
    given(inventory, stocked('i1', 3))
      .when(
        decide(hold('o1', 1, 2), hold('o2', 1, 2), hold('o3', 1, 1), release('o1', 2, 0), hold('o4', 1, 2)),
      )
      .gives(
        reserved('o1@1', 2, 1, { i1: 1 }),
        refused('o2@1', 2, 1),
        reserved('o3@1', 1, 0, { i1: 0 }),
        released('o1@2', 0, 2, { i1: 2 }),
        reserved('o4@1', 2, 0, { i1: 0 }),
      )
  })

  test('name what the order needs next, and keep the cause of their own message', () => {
    const rest = [{ product_id: 'p2', quantity: 1 }]
    const own = { correlationId: 'another', causationId: 'one', traceparent: 'trace' }
    given(inventory, stocked('i1', 3))
      .when(
        decide({ ...message('hold', { order_id: 'o1', order_version: 1, quantity: 1, rest }), cause: own }),
      )
      .gives({
        type: 'inventory_reserved',
        data: { ...reserved('o1@1', 1, 2, { i1: 2 }).data, rest },
        cause: own,
      })
  })

  test('are absolute: more takes only the difference, less gives it back', () => {
    const history = [stocked('i1', 5), reserved('o1@1', 3, 2, { i1: 2 })]
    given(inventory, ...history)
      .when(decide(hold('o1', 2, 5)))
      .gives(reserved('o1@2', 5, 0, { i1: 0 }))
    given(inventory, ...history)
      .when(decide(hold('o1', 2, 1)))
      .gives(reserved('o1@2', 1, 4, { i1: 4 }))
    given(inventory, ...history)
      .when(decide(hold('o1', 2, 3)))
      .gives(reserved('o1@2', 3, 2, {}))
  })

  test('keep what is held when more is refused', () => {
    const history = [stocked('i1', 5), reserved('o1@1', 3, 2, { i1: 2 })]
    given(inventory, ...history)
      .when(decide(hold('o1', 2, 6)))
      .gives(refused('o1@2', 6, 2))
    given(inventory, ...history, refused('o1@2', 6, 2))
      .when(decide(release('o1', 3, 0)))
      .gives(released('o1@3', 0, 5, { i1: 5 }))
  })

  test('record nothing when a message is repeated or outdated', () => {
    const histories = [
      [reserved('o1@3', 2, 3, { i1: 3 })],
      [refused('o1@3', 9, 5)],
      [released('o1@3', 0, 5, {})],
      [sold('o1@3', 2, 3, {})],
    ]
    for (const history of histories) {
      given(inventory, stocked('i1', 5), ...history)
        .when(decide(hold('o1', 3, 2), hold('o1', 2, 4), release('o1', 1, 0)))
        .gives()
    }
    given(inventory, stocked('i1', 5))
      .when(decide(hold('o1', 1, 2), hold('o1', 1, 2)))
      .gives(reserved('o1@1', 2, 3, { i1: 3 }))
  })

  test('never release more than is held', () => {
    given(inventory, stocked('i1', 5), reserved('o1@1', 2, 3, { i1: 3 }))
      .when(decide(release('o1', 2, 4)))
      .gives(released('o1@2', 2, 3, {}))
  })
})

describe('selling', () => {
  test('takes the held pieces out of the shop, once', () => {
    const history = [stocked('i1', 5), reserved('o1@1', 2, 3, { i1: 3 })]
    given(inventory, ...history)
      .when(decide(sell('o1', 3, 2)))
      .gives(sold('o1@3', 2, 3, {}))
    given(inventory, ...history, sold('o1@3', 2, 3, {}))
      .when(decide(sell('o1', 3, 2), release('o1', 2, 0)))
      .gives()
  })

  test('gives back what was held beyond it', () => {
    given(inventory, stocked('i1', 5), reserved('o1@1', 3, 2, { i1: 2 }))
      .when(decide(sell('o1', 3, 2)))
      .gives(sold('o1@3', 2, 3, { i1: 3 }))
  })

  test('never sells what is not held', () => {
    given(inventory, stocked('i1', 5))
      .when(decide(sell('o1', 3, 2)))
      .gives(sold('o1@3', 0, 5, {}))
  })
})

describe('a long life', () => {
  test('remembers the newest settled orders and no more than twice as many', () => {
    const settled = Array.from({ length: 10_000 }, (_, n) => released(`o${n}@2`, 0, 5, {}))
    const state = fold(inventory, [stocked('i1', 5), ...settled])
    expect(Object.keys(state.settled).length).toBe(state.settledCount)
    expect(state.settledCount).toBeLessThan(2 * 2_048)
    const late = (n: number) => inventory.decide(decide(hold(`o${n}`, 1, 1)), state)
    expect(late(9_999)).toEqual([])
    expect(late(10_000 - 2_048)).toEqual([])
    expect(late(0)).toHaveLength(1)
  })

  test('continues from a snapshot as if nothing had happened', () => {
    const history = [stocked('i1', 5), reserved('o1@1', 3, 2, { i1: 2 }), refused('o2@1', 9, 2)]
    const state = fold(inventory, history)
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  })
})
