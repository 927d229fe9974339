import type { EventOf } from '@ordershop/contracts'
import { fold } from '@ordershop/core'
import { given } from '@ordershop/core/testing'
import { describe, expect, test } from 'vitest'
import { type InventoryCommand, inventory } from './domain.ts'
import { available } from './stock.ts'

const record = (inventory_id: string, amount: number) => ({ inventory_id, product_id: 'p1', amount })
const stocked = (id: string, amount: number): EventOf<'inventory_created'> => ({
  type: 'inventory_created',
  data: record(id, amount),
})
const removed = (id: string, amount: number): EventOf<'inventory_deleted'> => ({
  type: 'inventory_deleted',
  data: record(id, amount),
})

/** What decisions about orders left of records. */
const moved = (amounts: Record<string, number>): EventOf<'inventory_moved'> => {
  const records = Object.entries(amounts).map(([inventory_id, amount]) => ({ inventory_id, amount }))
  return { type: 'inventory_moved', data: { product_id: 'p1', amount: 0, records } }
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
    const history = [stocked('i1', 3), moved({ i1: 1 })]
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
      { ...moved({ i1: 0, i2: 3 }), entry_id: '11-0' },
      { type: 'inventory_updated', data: record('i2', 8), entry_id: '13-0' } as const,
    ]
    const state = JSON.parse(JSON.stringify(fold(inventory, recorded)))
    const set = (inventory_id: string, expectedVersion: number | string) => () =>
      inventory.decide({ type: 'SetAmount', record: record(inventory_id, 5), expectedVersion }, state)
    for (const present of [3, '3@11-0']) expect(set('i1', present)()).toHaveLength(1)
    for (const present of [4, '4@13-0']) expect(set('i2', present)()).toHaveLength(1)
    expect(set('i1', '3@10-0')).toThrow('inventory i1: version: expected 3@10-0, got 3@11-0')
    expect(set('i1', '4@13-0')).toThrow('expected 4@13-0, got 3@11-0')
    expect(set('i1', 4)).toThrow('expected 4, got 3')
  })

  test('go off sale when deleted, with what is left unsold', () => {
    const remove: InventoryCommand = { type: 'DeleteRecord', inventoryId: 'i1', productId: 'p1' }
    const history = [stocked('i1', 3), moved({ i1: 1 })]
    given(inventory, ...history)
      .when(remove)
      .gives(removed('i1', 1))
    given(inventory, ...history, removed('i1', 1))
      .when(remove)
      .gives()
    given(inventory).when(remove).fails('not_found')
  })
})

describe('a long life', () => {
  test('of a product that everybody orders leaves a state of the size of its records', () => {
    const sales = Array.from({ length: 10_000 }, (_, n) => moved({ i1: 10_000 - n }))
    const state = fold(inventory, [stocked('i1', 10_001), ...sales])
    expect(JSON.stringify(state).length).toBeLessThan(200)
  })

  test('continues from a snapshot as if nothing had happened', () => {
    const state = fold(inventory, [stocked('i1', 5), moved({ i1: 2 }), removed('i1', 2)])
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  })
})
