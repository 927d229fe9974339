import { AppError } from '@ordershop/core'
import type { GroupLag, Operations } from '@ordershop/event-store'
import { createLog, createMetrics } from '@ordershop/service'
import { expect, test } from 'vitest'
import { lagMetrics } from './lag-metrics.ts'

const behind: GroupLag = {
  topic: 'order',
  partition: 3,
  group: 'inventory',
  head: 100,
  position: 93,
  lag: 7,
  lagMs: 2500,
  owner: 'inventory-a1',
  parkedKeys: 1,
  parkedEvents: 2,
  oldestParkedMs: 60_000,
}

function monitored(lags: () => GroupLag[], building: number | null = null) {
  const asked: Record<string, readonly string[]>[] = []
  const ops: Pick<Operations, 'lag' | 'projection'> = {
    async lag(groups) {
      asked.push(groups)
      return lags()
    },
    async projection(projection) {
      return { projection, live: 1, building, progress: building === null ? 1 : 0.25 }
    },
  }
  const metrics = createMetrics()
  const log = createLog({ service: 'monitor', level: 'silent' })
  const watched = {
    ops,
    groups: { inventory: ['order'] },
    projections: { 'read-model': ['order', 'billing'] },
    onLost: () => {},
  }
  lagMetrics(metrics, log, watched)
  return { asked, scrape: async () => (await metrics.metrics()).split('\n') }
}

test('lag, parking, owner and length of a partition are exported', async () => {
  const { scrape } = monitored(() => [behind])
  const place = 'topic="order",partition="3",group="inventory"'
  expect(await scrape()).toEqual(
    expect.arrayContaining([
      `eventstore_consumer_lag_events{${place}} 7`,
      `eventstore_consumer_lag_seconds{${place}} 2.5`,
      `eventstore_parked_events{${place}} 2`,
      `eventstore_oldest_parked_age_seconds{${place}} 60`,
      `eventstore_partition_owner_info{${place},member="inventory-a1"} 1`,
      'eventstore_stream_length_events{topic="order",partition="3"} 100',
      'eventstore_projection_progress_ratio{projection="read-model",version="1"} 1',
    ]),
  )
})

test('a scrape asks once, for every group and every version of a projection', async () => {
  const { asked, scrape } = monitored(() => [behind], 2)
  expect(await scrape()).toContain(
    'eventstore_projection_progress_ratio{projection="read-model",version="2"} 0.25',
  )
  const topics = ['order', 'billing']
  expect(asked).toEqual([{ inventory: ['order'], 'read-model.v1': topics, 'read-model.v2': topics }])
})

test('an owner who is gone is not exported, nor anybody of the scrape before', async () => {
  let owner: string | null = 'inventory-a1'
  const { scrape } = monitored(() => [{ ...behind, owner }])
  expect((await scrape()).join()).toContain('member="inventory-a1"')
  owner = null
  expect((await scrape()).join()).not.toContain('member=')
})

test('when Redis does not answer the lag is absent, not stale, and the scrape goes on', async () => {
  let reached = true
  const { scrape } = monitored(() => {
    if (reached) return [behind]
    throw new AppError('unavailable', 'Redis is not reached')
  })
  expect((await scrape()).join()).toContain('eventstore_consumer_lag_events{')
  reached = false
  const later = (await scrape()).join()
  expect(later).not.toContain('eventstore_consumer_lag_events{')
  expect(later).toContain('process_cpu_seconds_total')
})
