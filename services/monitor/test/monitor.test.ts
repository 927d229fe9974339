import { randomUUID } from 'node:crypto'
import { catalog, groups, projections, type ShopEvent, unread } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { redisEventStore } from '@ordershop/event-store'
import { faultyProxy, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { createLog, createMetrics, eventStoreObserver } from '@ordershop/service'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { lagMetrics } from '../src/lag-metrics.ts'

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
beforeEach(() => redis.client.flushall())

const log = createLog({ service: 'test', level: 'silent' })
const open = (url: string, observer = {}) =>
  redisEventStore({ catalog, clientName: 'test', durability: 'memory', redis: { url }, observer })

/** One monitor, scraped as Prometheus does: every sample by its name and labels. */
async function openMonitor(url: string) {
  const metrics = createMetrics()
  const observer = eventStoreObserver(metrics, log)
  const store = open(url, observer)
  onTestFinished(() => store.close())
  lagMetrics(metrics, log, {
    ops: store.ops,
    watched: { groups, projections, unread },
    onLost: ({ before, ...at }) => observer.forked({ ...at, group: 'monitor', lastPosition: before }),
  })
  await store.ready()
  return async () => {
    const samples = (await metrics.metrics()).split('\n').filter((line) => line.startsWith('eventstore_'))
    return new Map(
      samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
    )
  }
}

type Samples = ReadonlyMap<string, number>

/** The samples of one metric whose labels contain a text. */
const those = (samples: Samples, metric: string, labels = '') =>
  [...samples].filter(([name]) => name.startsWith(`${metric}{`) && name.includes(labels))
const sum = (samples: Samples, metric: string, labels?: string) =>
  those(samples, metric, labels).reduce((total, [, value]) => total + value, 0)

const partitions = 8
const places = [...Object.values(groups), ...Object.values(projections)].flat().length * partitions

/** Every group in every partition has a lag, and it is a number of events. */
function expectComplete(samples: Samples): void {
  const lags = those(samples, 'eventstore_consumer_lag_events')
  expect(lags).toHaveLength(places)
  expect(lags.filter(([, lag]) => !Number.isInteger(lag) || lag < 0)).toEqual([])
  expect(those(samples, 'eventstore_stream_length_events')).toHaveLength(catalog.topics.length * partitions)
}

const customerCreated = (store: ReturnType<typeof open>) => {
  const customer_id = randomUUID()
  const data = { customer_id, name: 'Ada', email: 'ada@example.com' }
  const events: ShopEvent[] = [{ type: 'customer_created', data }]
  return store.append({
    topic: 'customer',
    entityId: customer_id,
    expected: 0,
    commandId: customer_id,
    events,
  })
}

async function appendCustomers(store: ReturnType<typeof open>, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await customerCreated(store)
}

test('lag is exact when a group is down, when it has never run, and when nothing runs at all', async () => {
  const scrape = await openMonitor(redis.url)
  expectComplete(await scrape())
  const store = open(redis.url)
  await store.ready()
  const crm = store.subscribe({ group: 'crm', topics: groups.crm, beatMs: 50 })
  await appendCustomers(store, 20)
  await eventually(async () => expect(sum(await scrape(), 'eventstore_consumer_lag_events', '"crm"')).toBe(0))
  expect(those(await scrape(), 'eventstore_partition_owner_info', '"crm"')).toHaveLength(3 * partitions)

  await store.close()
  expect(crm.owned()).toEqual([])
  const writer = open(redis.url)
  await writer.ready()
  await appendCustomers(writer, 7)
  await writer.close()
  const samples = await scrape()
  expectComplete(samples)
  expect(sum(samples, 'eventstore_consumer_lag_events', '"crm"')).toBe(7)
  expect(sum(samples, 'eventstore_consumer_lag_events', '"read-model.v1"')).toBe(27)
  expect(sum(samples, 'eventstore_consumer_lag_events', '"mail"')).toBe(0)
  expect(sum(samples, 'eventstore_consumer_lag_seconds', '"crm"')).toBeGreaterThan(0)
  expect(sum(samples, 'eventstore_stream_length_events', '"customer"')).toBe(27)
  expect(those(samples, 'eventstore_partition_owner_info')).toEqual([])
  expect(samples.get('eventstore_projection_progress_ratio{projection="read-model",version="1"}')).toBe(0)
})

test('parked events are counted even if their owner is gone', async () => {
  const store = open(redis.url)
  await store.ready()
  store.subscribe({
    ...{ group: 'crm', topics: groups.crm, beatMs: 50, attempts: 1 },
    on: {
      customer_created() {
        throw new Error('cannot be handled')
      },
    },
  })
  await appendCustomers(store, 3)
  const scrape = await openMonitor(redis.url)
  await eventually(async () => expect(sum(await scrape(), 'eventstore_parked_events', '"crm"')).toBe(3))
  await store.close()
  const samples = await scrape()
  expect(sum(samples, 'eventstore_parked_events')).toBe(3)
  expect(sum(samples, 'eventstore_oldest_parked_age_seconds')).toBeGreaterThan(0)
  expect(sum(samples, 'eventstore_consumer_lag_events', '"crm"')).toBe(0)
})

test('two concurrent monitors agree on everything except the age of waiting events', async () => {
  const scrapes = [await openMonitor(redis.url), await openMonitor(redis.url)]
  const store = open(redis.url)
  onTestFinished(() => store.close())
  await store.ready()
  store.subscribe({ group: 'crm', topics: groups.crm, beatMs: 50 })
  await appendCustomers(store, 30)
  await eventually(async () => {
    const [one = new Map(), other = new Map()] = await Promise.all(scrapes.map((scrape) => scrape()))
    expect(sum(one, 'eventstore_consumer_lag_events', '"crm"')).toBe(0)
    expect(sum(one, 'eventstore_consumer_lag_events', '"read-model.v1"')).toBe(30)
    const ageless = (samples: Samples) => [...samples].filter(([name]) => !name.includes('_seconds'))
    expect(ageless(one)).toEqual(ageless(other))
  })
})

test('after a failover to a replica that had missed the last writes the lag is exact, and the loss is counted', async () => {
  const replica = await startRedis(
    '--repl-diskless-sync-delay',
    '0',
    '--replicaof',
    '127.0.0.1',
    String(redis.port),
  )
  onTestFinished(() => replica.stop())
  const proxy = await faultyProxy(redis.port)
  onTestFinished(() => proxy.close())
  const scrape = await openMonitor(proxy.url)
  const store = open(redis.url)
  onTestFinished(() => store.close())
  await store.ready()
  const crm = store.subscribe({ group: 'crm', topics: groups.crm, beatMs: 50 })
  await appendCustomers(store, 20)
  await eventually(async () => expect(sum(await scrape(), 'eventstore_consumer_lag_events', '"crm"')).toBe(0))
  await crm.stop()
  await appendCustomers(store, 5)
  const offset = async ({ client }: RedisServer) =>
    /master_repl_offset:(\d+)/.exec(await client.info('replication'))?.[1]
  await eventually(async () => expect(await offset(replica)).toBe(await offset(redis)))
  await replica.client.replicaof('NO', 'ONE')
  await appendCustomers(store, 40)
  expect(sum(await scrape(), 'eventstore_consumer_lag_events', '"crm"')).toBe(45)
  expect(sum(await scrape(), 'eventstore_history_forks_total')).toBe(0)

  proxy.moveTo(replica.port)
  const samples = await eventually(async () => {
    const now = await scrape()
    expect(now.get('eventstore_monitor_up')).toBe(1)
    return now
  })
  expectComplete(samples)
  expect(sum(samples, 'eventstore_consumer_lag_events', '"crm"')).toBe(5)
  expect(sum(samples, 'eventstore_stream_length_events', '"customer"')).toBe(25)
  expect(sum(await scrape(), 'eventstore_history_forks_total', '"monitor"')).toBeGreaterThan(0)
})
