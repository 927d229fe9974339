import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'
import { eventStoreObserver } from './observer.ts'

const place = { topic: 'order', partition: 3, group: 'inventory' }

function observed() {
  const metrics = createMetrics()
  const observer = eventStoreObserver(metrics, pino({ level: 'silent' }))
  return { observer, text: () => metrics.metrics() }
}

test('what a store tells becomes metrics of the design', async () => {
  const { observer, text } = observed()
  observer.appended({ topic: 'order', result: 'ok', seconds: 0.002 })
  observer.handled({ topic: 'order', group: 'inventory', result: 'ok', events: 5, seconds: 0.0002 })
  observer.redelivered({ topic: 'order', group: 'inventory', events: 2 })
  observer.owned({ ...place, owned: true })
  observer.inFlight({ ...place, events: 7 })
  observer.fenced(place)
  observer.forked({ ...place, lastPosition: 9 })
  const metrics = await text()
  for (const line of [
    'eventstore_append_total{topic="order",result="ok"} 1',
    'eventstore_append_duration_seconds_bucket{le="0.0025",topic="order"} 1',
    'eventstore_append_duration_seconds_bucket{le="0.001",topic="order"} 0',
    'eventstore_handled_total{topic="order",group="inventory",result="ok"} 5',
    'eventstore_handler_duration_seconds_bucket{le="0.00025",topic="order",group="inventory"} 1',
    'eventstore_redelivered_total{topic="order",group="inventory"} 2',
    'eventstore_rebalances_total{topic="order",group="inventory"} 1',
    'eventstore_in_flight_events{topic="order",partition="3",group="inventory"} 7',
    'eventstore_fenced_writes_total{topic="order",group="inventory"} 1',
    'eventstore_history_forks_total{topic="order",group="inventory"} 1',
  ]) {
    expect(metrics.split('\n')).toContain(line)
  }
})

test('a partition that was given up has nothing in flight here any more', async () => {
  const { observer, text } = observed()
  observer.inFlight({ ...place, events: 7 })
  expect(await text()).toContain('eventstore_in_flight_events{')
  observer.owned({ ...place, owned: false })
  expect(await text()).not.toContain('eventstore_in_flight_events{')
})
