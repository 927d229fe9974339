import { redisEventStore } from '@ordershop/event-store'
import { eventStoreContract, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll } from 'vitest'
import { ledger } from '../src/testing/ledger.ts'

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

eventStoreContract('the event store on Redis', async () => {
  await redis.client.flushall()
  const store = redisEventStore({
    redis: { url: redis.url },
    catalog: ledger,
    clientName: 'test',
    observer: {},
    partitions: 4,
  })
  await store.ready()
  return { store, dispose: () => store.close() }
})
