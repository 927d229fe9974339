import { redisEventStore } from '@ordershop/event-store'
import { eventStoreContract } from '@ordershop/event-store/testing'
import { afterAll, beforeAll } from 'vitest'
import { ledger } from '../src/testing/ledger.ts'
import { type RedisCluster, startCluster } from './redis-cluster.ts'

let cluster: RedisCluster
beforeAll(async () => {
  cluster = await startCluster(3)
})
afterAll(() => cluster.stop())

eventStoreContract('the event store on a Redis Cluster', async () => {
  await cluster.flush()
  const store = redisEventStore({
    redis: { cluster: cluster.nodes },
    catalog: ledger,
    clientName: 'test',
    observer: {},
    partitions: 4,
  })
  await store.ready()
  return { store, dispose: () => store.close() }
})
