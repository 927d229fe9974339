import { expect, test } from 'vitest'
import { headWatch, type LostEvents } from './head-watch.ts'

test('a partition that has fewer events than it had is reported once', () => {
  const told: LostEvents[] = []
  const look = headWatch((lost) => told.push(lost))
  const order = { topic: 'order', partition: 3 }
  look([{ ...order, head: 100 }])
  look([
    { ...order, head: 120 },
    { ...order, partition: 4, head: 7 },
  ])
  expect(told).toEqual([])
  look([
    { ...order, head: 90 },
    { ...order, partition: 4, head: 7 },
  ])
  look([
    { ...order, head: 90 },
    { ...order, partition: 4, head: 8 },
  ])
  expect(told).toEqual([{ ...order, before: 120, head: 90 }])
})
