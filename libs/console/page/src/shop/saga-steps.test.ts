import { expect, test } from 'vitest'
import type { Recorded } from '../api/shapes.ts'
import { requestsOf, stepsOf } from './saga-steps.ts'

const event = (id: string, topic: string, ms: number, more: Partial<Recorded> = {}) =>
  ({
    event_id: id,
    topic,
    type: `${topic}_created`,
    recorded_at: new Date(ms).toISOString(),
    correlation_id: 'first',
    causation_id: 'command',
    ...more,
  }) as Recorded

test('each step has its service, its time since the start, and how long its part took', () => {
  const placed = event('1', 'order', 1_000)
  const requested = event('2', 'reservation', 1_020, { causation_id: '1' })
  const reserved = event('3', 'inventory', 1_050, { causation_id: '2' })
  const steps = stepsOf([reserved, placed, requested, placed])
  expect(steps.map(({ service, sinceStart, took }) => [service, sinceStart, took])).toEqual([
    ['order', 0, 0],
    ['inventory', 20, 20],
    ['inventory', 50, 30],
  ])
})

test('the requests in the life of an order are told newest first, each from its first event on', () => {
  const newestFirst = [
    event('3', 'order', 3_000, { correlation_id: 'bill', type: 'order_billed' }),
    event('2', 'order', 2_000, { type: 'order_confirmed' }),
    event('1', 'order', 1_000),
  ]
  expect(requestsOf(newestFirst)).toEqual([
    { correlationId: 'bill', from: '1970-01-01T00:00:03.000Z', title: 'Billed' },
    { correlationId: 'first', from: '1970-01-01T00:00:01.000Z', title: 'Placed' },
  ])
})
