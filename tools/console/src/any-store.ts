// A store of which nothing is known before.
import { AppError } from '@ordershop/core'
import {
  type AnyEvent,
  type Catalog,
  type Discovered,
  type Observer,
  type RedisEventStore,
  type RedisEventStoreOptions,
  redisEventStore,
} from '@ordershop/event-store'

/** Takes every event as it was written, and lets none be written. */
export function anyCatalog(topics: readonly string[]): Catalog {
  return {
    topics,
    schemaVersion(topic, type) {
      throw new AppError('invalid', `append ${type} to ${topic}: expected nothing, for this only reads`)
    },
    parse: (_topic, type, _version, data): AnyEvent => ({ type, data }),
  }
}

/** A store, and what is in it now. */
export type AnyStore = {
  readonly store: RedisEventStore
  /** The same array for as long as the store: topics that come are added. */
  readonly topics: readonly string[]
  found(): Discovered
}

type Options = Pick<RedisEventStoreOptions<AnyEvent>, 'redis'> &
  Partial<Pick<RedisEventStoreOptions<AnyEvent>, 'archive'>> & {
    readonly observer: Observer
    readonly everyMs?: number
  }

/**
 * Opens whatever store is in a Redis, and looks every `everyMs` (5,000) for what has come. Until it has topics nobody knows
 * its number of partitions: then it is opened anew.
 *
 * @param onOpened is given each store that was opened, the first one at once.
 */
export function openAnyStore(
  { everyMs = 5_000, observer, ...options }: Options,
  onOpened: (opened: AnyStore) => void,
) {
  let opened = open(8)
  let problem: string | undefined
  let looking: Promise<void> | undefined
  const timer = setInterval(() => void look(), everyMs)
  onOpened(opened)

  function open(partitions: number) {
    const topics: string[] = []
    const store = redisEventStore({
      ...options,
      ...{ catalog: anyCatalog(topics), clientName: 'console', partitions, observer },
      // Nothing is created, and nothing is promised to writers: there are none.
      ...{ topics: { creates: [], awaits: [] }, durability: 'memory' },
    })
    const nothing: Discovered = {
      ...{ topics, partitions: null, watched: { groups: {}, projections: {}, unread: [] } },
    }
    return { store, topics, partitions, last: nothing, found: () => opened.last }
  }

  function look(): Promise<void> {
    looking ??= discover().finally(() => {
      looking = undefined
    })
    return looking
  }

  async function discover(): Promise<void> {
    try {
      await reached(opened.store)
      const found = await opened.store.ops.discover()
      if (found.partitions !== null && found.partitions !== opened.partitions) {
        const [before, next] = [opened.store, open(found.partitions)]
        await reached(next.store)
        opened = next
        onOpened(opened)
        await before.close()
      }
      opened.topics.splice(0, opened.topics.length, ...found.topics)
      opened.last = found
      problem = undefined
    } catch (error) {
      const message = (error as Error).message
      if (message !== problem) observer.log?.('error', message, {})
      problem = message
    }
  }

  return {
    /** Looks now. */
    look,
    health: () => (problem === undefined ? opened.store.health() : { ready: false, problem }),
    async close(): Promise<void> {
      clearInterval(timer)
      await looking
      await opened.store.close()
    },
  }
}

/** Also a Redis that is not fit to be written to may be looked at: what is wrong with it `health` tells. */
const reached = (store: RedisEventStore) => store.ready({ timeoutMs: 2_000 }).catch(() => {})
