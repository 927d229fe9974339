import { AppError } from '@ordershop/core'
import type { GroupLag, Survey, Watched } from '@ordershop/event-store'
import { createLog, createMetrics } from '@ordershop/service'
import { expect, test } from 'vitest'
import { lagMetrics } from './lag-metrics.ts'

const behind: GroupLag = {
  topic: 'order',
  partition: 3,
  group: 'inventory',
  head: 100,
  trimmed: 80,
  position: 93,
  lag: 7,
  lagMs: 2500,
  owner: 'inventory-a1',
  parkedKeys: 1,
  parkedEvents: 2,
  oldestParkedMs: 60_000,
  disputed: false,
}
const version = (number: number, progress: number) => ({
  projection: 'read-model',
  version: number,
  group: `read-model.v${number}`,
  live: number === 1,
  progress,
})
const watched = { groups: { inventory: ['order'] }, projections: { 'read-model': ['order', 'billing'] } }

function monitored(survey: () => Survey) {
  const asked: Watched[] = []
  const told: string[] = []
  const ops = {
    async survey(what: Watched) {
      asked.push(what)
      return survey()
    },
  }
  const metrics = createMetrics()
  const log = createLog({ service: 'monitor' }, { write: (line) => void told.push(JSON.parse(line).msg) })
  lagMetrics(metrics, log, { ops, watched, onLost: () => {} })
  return { asked, told, scrape: async () => (await metrics.metrics()).split('\n') }
}

test('lag, parking, owner and length of a partition are exported, and both versions of a projection', async () => {
  const { asked, scrape } = monitored(() => ({
    lags: [behind],
    versions: [version(1, 1), version(2, 0.25)],
    unread: [{ topic: 'delivery', partition: 3, head: 9 }],
  }))
  const place = 'topic="order",partition="3",group="inventory"'
  expect(await scrape()).toEqual(
    expect.arrayContaining([
      `eventstore_consumer_lag_events{${place}} 7`,
      `eventstore_consumer_lag_seconds{${place}} 2.5`,
      `eventstore_parked_events{${place}} 2`,
      `eventstore_oldest_parked_age_seconds{${place}} 60`,
      `eventstore_partition_owner_info{${place},member="inventory-a1"} 1`,
      'eventstore_stream_length_events{topic="order",partition="3"} 100',
      'eventstore_stream_trimmed_events{topic="order",partition="3"} 80',
      'eventstore_stream_length_events{topic="delivery",partition="3"} 9',
      'eventstore_projection_progress_ratio{projection="read-model",version="1"} 1',
      'eventstore_projection_progress_ratio{projection="read-model",version="2"} 0.25',
      'eventstore_monitor_up 1',
    ]),
  )
  expect(asked).toEqual([watched])
})

test('an owner that is gone is not exported, nor any from the previous scrape', async () => {
  let owner: string | null = 'inventory-a1'
  const { scrape } = monitored(() => ({ lags: [{ ...behind, owner }], versions: [], unread: [] }))
  expect((await scrape()).join()).toContain('member="inventory-a1"')
  owner = null
  expect((await scrape()).join()).not.toContain('member=')
})

test('when Redis does not answer, lag is absent, not stale; the scrape succeeds and reports it, and the log says so once', async () => {
  let reached = true
  const { told, scrape } = monitored(() => {
    if (reached) return { lags: [behind], versions: [], unread: [] }
    throw new AppError('unavailable', 'Redis is not reached')
  })
  expect((await scrape()).join()).toContain('eventstore_consumer_lag_events{')
  reached = false
  await scrape()
  const later = await scrape()
  expect(later.join()).not.toContain('eventstore_consumer_lag_events{')
  expect(later).toContain('eventstore_monitor_up 0')
  expect(later.join()).toContain('process_cpu_seconds_total')
  expect(told).toEqual(['lag is unknown: Redis did not answer'])
  reached = true
  expect(await scrape()).toContain('eventstore_monitor_up 1')
  expect(told).toEqual(['lag is unknown: Redis did not answer', 'lag is known again'])
})
