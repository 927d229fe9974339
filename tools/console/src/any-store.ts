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
function anyCatalog(topics: readonly string[]): Catalog {
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

/** After a look that failed the next one comes sooner. */
const againMs = 300

/**
 * Opens whatever store is in a Redis, and looks at once, then every `everyMs` (5,000), for what there is. Until it has
 * topics nobody knows its number of partitions: then it is opened anew.
 *
 * @param onOpened is given each store that was opened, the first one at once.
 */
export function openAnyStore({ everyMs = 5_000, ...options }: Options, onOpened: (opened: AnyStore) => void) {
  let opened = openWith(options, 8)
  let problem: string | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  onOpened(opened)
  let looking = look()

  async function look(): Promise<void> {
    const before = problem
    problem = await discover().then(
      () => undefined,
      (error: Error) => error.message,
    )
    if (problem !== undefined && problem !== before) options.observer.log?.('error', problem, {})
    if (closed) return
    timer = setTimeout(
      () => {
        looking = look()
      },
      problem === undefined ? everyMs : Math.min(againMs, everyMs),
    )
  }

  async function discover(): Promise<void> {
    await reached(opened.store)
    const found = await opened.store.ops.discover()
    if (found.partitions !== null && found.partitions !== opened.store.partitions) {
      const [before, next] = [opened, openWith(options, found.partitions)]
      await reached(next.store)
      opened = next
      next.put(found)
      onOpened(next)
      await before.store.close()
    }
    opened.put(found)
  }

  return {
    health: () => (problem === undefined ? opened.store.health() : { ready: false, problem }),
    async close(): Promise<void> {
      closed = true
      clearTimeout(timer)
      await looking
      await opened.store.close()
    },
  }
}

function openWith(options: Omit<Options, 'everyMs'>, partitions: number) {
  const topics: string[] = []
  let last: Discovered = { topics, partitions: null, watched: { groups: {}, projections: {}, unread: [] } }
  const store = redisEventStore({
    ...{ ...options, catalog: anyCatalog(topics), clientName: 'console', partitions },
    // Nothing is created, and nothing is promised to writers: there are none.
    ...{ topics: { creates: [], awaits: [] }, durability: 'memory' },
  })
  return {
    ...{ store, topics, found: () => last },
    put(found: Discovered): void {
      topics.splice(0, topics.length, ...found.topics)
      last = found
    },
  }
}

/** Also a Redis that is not fit to be written to may be looked at: what is wrong with it `health` tells. */
const reached = (store: RedisEventStore) => store.ready({ timeoutMs: 2_000 }).catch(() => {})
