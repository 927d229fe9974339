import { type RedisEventStore, type RedisEventStoreOptions, redisEventStore } from '@ordershop/event-store'
import { type LedgerEvent, ledger } from '../src/testing/ledger.ts'

/** A store over the ledger that fails loudly in tests, and records what its observer is told. */
export function openStore(url: string, more: Partial<RedisEventStoreOptions<LedgerEvent>> = {}) {
  const heard = {
    ...{ fenced: 0, forked: 0, redelivered: 0, archiveReads: 0, blocksFetched: 0 },
    archiveFailed: [] as string[],
    logs: [] as string[],
  }
  const store = redisEventStore({
    redis: { url },
    catalog: ledger,
    clientName: 'test',
    observer: {
      fenced: () => heard.fenced++,
      forked: () => heard.forked++,
      redelivered: ({ events }) => {
        heard.redelivered += events
      },
      archiveRead: () => heard.archiveReads++,
      archiveBlock: ({ inMemory }) => {
        heard.blocksFetched += inMemory ? 0 : 1
      },
      archiveFailed: ({ reason }) => heard.archiveFailed.push(reason),
      log: (_level, message) => heard.logs.push(message),
    },
    ...more,
  })
  return Object.assign(store, { heard }) as RedisEventStore<LedgerEvent> & { heard: typeof heard }
}

/** Short times: the tests wait for what these bound. */
export const quick = {
  leaseMs: 1_000,
  beatMs: 100,
  attempts: 3,
  retry: { baseMs: 1, maxMs: 10 },
  pause: { baseMs: 5, maxMs: 100 },
}
