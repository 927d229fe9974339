import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createLog } from './log.ts'
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
  observer.disagreed({ group: 'inventory', topics: ['order'] })
  observer.disagreed({ group: 'crm', topics: [] })
  observer.archived({ topic: 'order', events: 300, bytes: 20_000, seconds: 0.4 })
  observer.archived({ topic: 'order', events: 100, bytes: 8_000, seconds: 0.2 })
  observer.archived({ topic: 'mail', events: 1, bytes: 500, seconds: 0.1 })
  observer.archiveFailed({ topic: 'order', reason: 'broken' })
  observer.archiveRead({ seconds: 0.002 })
  observer.archiveBlock({ topic: 'order', inMemory: true })
  observer.trimmed({ topic: 'order', events: 250 })
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
    'eventstore_group_topics_disagree{group="inventory"} 1',
    'eventstore_group_topics_disagree{group="crm"} 0',
    'eventstore_archive_events_total{topic="order"} 400',
    'eventstore_archive_bytes_total{topic="order"} 28000',
    'eventstore_archive_duration_seconds_count{topic="order"} 2',
    'eventstore_archive_failures_total{topic="order",reason="broken"} 1',
    'eventstore_archive_failures_total{topic="order",reason="unavailable"} 0',
    'eventstore_archive_failures_total{topic="mail",reason="broken"} 0',
    'eventstore_archive_read_duration_seconds_count 1',
    'eventstore_archive_blocks_total{topic="order",from="memory"} 1',
    'eventstore_archive_blocks_total{topic="order",from="archive"} 0',
    'eventstore_trimmed_events_total{topic="order"} 250',
    'eventstore_trimmed_events_total{topic="mail"} 0',
  ]) {
    expect(metrics.split('\n')).toContain(line)
  }
})

test('a partition that was released has nothing in flight here any more', async () => {
  const { observer, text } = observed()
  observer.inFlight({ ...place, events: 7 })
  expect(await text()).toContain('eventstore_in_flight_events{')
  observer.owned({ ...place, owned: false })
  expect(await text()).not.toContain('eventstore_in_flight_events{')
})

const happened = {
  ...{ event_id: 'e1', entry_id: '1-0' },
  correlation_id: 'basket-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
}
const named = { correlationId: 'basket-1', traceId: '0af7651916cd43dd8448eb211c80319c' }

function logged() {
  const lines: Record<string, unknown>[] = []
  const log = createLog({ service: 'test' }, { write: (line) => void lines.push(JSON.parse(line)) })
  return { log, lines, observer: eventStoreObserver(createMetrics(), log) }
}

test('every line of an event names its correlation id and its trace, of a handler or about one', async () => {
  const { log, lines, observer } = logged()
  await observer.handling({ ...place, events: [happened] }, async () => {
    await new Promise(setImmediate)
    log.info('inside')
  })
  observer.handling({ ...place, events: [happened, { ...happened, correlation_id: 'basket-2' }] }, () =>
    log.info('inside a batch'),
  )
  observer.log('error', 'parked: a handler kept failing', { ...happened, key: 'k' })
  expect(lines).toMatchObject([
    { msg: 'inside', ...named },
    { msg: 'inside a batch', ...named, events: 2 },
    { msg: 'parked: a handler kept failing', ...named, key: 'k' },
  ])
  expect(lines[2]).not.toHaveProperty('traceparent')
})

test('what is unavailable for every partition at once is one line; each parked event is a line, and each other history', () => {
  const { lines, observer } = logged()
  for (let partition = 0; partition < 24; partition++)
    observer.log('warn', 'paused: something is unavailable', { partition })
  for (let partition = 0; partition < 24; partition++)
    observer.log('error', 'cannot archive', { partition, error: { code: 'unavailable' } })
  for (let partition = 0; partition < 2; partition++)
    observer.log('error', 'cannot archive', { partition, error: { code: 'conflict' } })
  for (let key = 0; key < 3; key++) observer.log('error', 'parked: a handler kept failing', { key })
  for (let partition = 0; partition < 24; partition++)
    observer.forked({ ...place, partition, lastPosition: 1 })
  expect(lines.map(({ msg }) => msg)).toEqual([
    'paused: something is unavailable',
    ...Array(3).fill('cannot archive'),
    ...Array(3).fill('parked: a handler kept failing'),
    'Redis has lost events that were there before',
  ])
})

test("a new owner's failure counters start at zero, so that the first failure is an increase", async () => {
  const { observer, text } = observed()
  expect(await text()).not.toContain('eventstore_fenced_writes_total{')
  observer.owned({ ...place, owned: true })
  for (const name of ['redelivered', 'fenced_writes', 'history_forks'])
    expect(await text()).toContain(`eventstore_${name}_total{topic="order",group="inventory"} 0`)
})
