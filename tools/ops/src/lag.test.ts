import type { GroupLag } from '@ordershop/event-store'
import { expect, test } from 'vitest'
import { lagTable } from './lag.ts'

const place = (topic: string, partition: number, more: Partial<GroupLag> = {}): GroupLag => ({
  ...{ group: 'crm', topic, partition, head: 0, position: 0, lag: 0, lagMs: 0, owner: null },
  ...{ trimmed: 0, parkedKeys: 0, parkedEvents: 0, oldestParkedMs: 0, disputed: false, ...more },
})

test('a line adds up the partitions of a group and topic, and shows the oldest of what waits', () => {
  const owner = 'crm-01a2098a-d5b5-77db-bcbe-e8b96d913485'
  const shown = lagTable([
    place('order', 0, { lag: 3, lagMs: 4_400, owner }),
    place('order', 1, { lag: 12, lagMs: 61_000, parkedEvents: 2, owner }),
    place('order', 2),
    place('customer', 0, { owner }),
    place('billing', 0),
  ])
  expect(shown.split('\n')).toEqual([
    'topic     group  lag  seconds  parked  owner',
    'order     crm     15       61       2  …913485 (2 of 3)',
    'customer  crm      0        0       0  …913485',
    'billing   crm      0        0       0  -',
  ])
})

test('topics that not every member of their group reads are named below', () => {
  const shown = lagTable([place('order', 0, { disputed: true }), place('order', 1, { disputed: true })])
  expect(shown.split('\n').at(-1)).toBe('crm: not every member reads order')
})
