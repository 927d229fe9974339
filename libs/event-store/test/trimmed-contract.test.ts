import type { RedisEventStore } from '@ordershop/event-store'
import { eventStoreContract, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll } from 'vitest'
import type { LedgerEvent } from '../src/testing/ledger.ts'
import { objectsInMemory } from '../src/testing/objects-in-memory.ts'
import { openStore } from './harness.ts'

let redis: RedisServer
beforeAll(async () => {
  // An entry leaves a stream together with those of its node: so each has one of its own.
  redis = await startRedis('--stream-node-max-entries', '1', '--appendfsync', 'no')
})
afterAll(() => redis.stop())

eventStoreContract(
  'the event store on Redis, of which all but the last event is in the archive',
  async () => {
    await redis.client.flushall()
    const archive = objectsInMemory()
    const store = openStore(redis.url, { observer: {}, partitions: 4, durability: 'memory', archive })
    await store.ready()
    const archiver = store.archive({ objects: archive, ageMs: 0, events: 20, trim: { keepEvents: 0 } })
    let ended = false
    async function keepTrimming(): Promise<void> {
      while (!ended) await archiver.sealNow()
    }
    const trimming = keepTrimming()
    return {
      store: eachAfter(store, () => archiver.sealNow()),
      async dispose() {
        ended = true
        await trimming
        await store.close()
      },
    }
  },
)

/** The store, every call of which waits until what was in the log then is archived and trimmed. */
function eachAfter(store: RedisEventStore<LedgerEvent>, trimmed: () => Promise<void>) {
  const { append, appendAll, load, loadAsOf, readEntity, lastEvents, readTopic } = store
  return {
    ...store,
    append: (...args: Parameters<typeof append>) => trimmed().then(() => append(...args)),
    appendAll: (...args: Parameters<typeof appendAll>) => trimmed().then(() => appendAll(...args)),
    load: (...args: Parameters<typeof load>) => trimmed().then(() => load(...args)),
    loadAsOf: (...args: Parameters<typeof loadAsOf>) => trimmed().then(() => loadAsOf(...args)),
    readEntity: (...args: Parameters<typeof readEntity>) => trimmed().then(() => readEntity(...args)),
    lastEvents: (...args: Parameters<typeof lastEvents>) => trimmed().then(() => lastEvents(...args)),
    async *readTopic(...args: Parameters<typeof readTopic>) {
      await trimmed()
      yield* readTopic(...args)
    },
  }
}
