import { eventStoreContract, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll } from 'vitest'
import { openStore } from './harness.ts'

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

eventStoreContract('the event store on Redis', async () => {
  await redis.client.flushall()
  const store = openStore(redis.url, { observer: {}, partitions: 4 })
  await store.ready()
  return { store, dispose: () => store.close() }
})
