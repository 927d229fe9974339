// The shop's keys as redis-cli shows them, for the demo and for reset.
import { catalog, projections } from '@ordershop/contracts'
import { Redis } from 'ioredis'

const partitionTag = new RegExp(`^[a-z_-]+:\\{(?:${catalog.topics.join('|')}):\\d+\\}(?::|$)`)
const others = new RegExp(
  `^(?:topics|audit|members:\\{[^}]+\\}|projection:\\{(?:${Object.keys(projections).join('|')})\\}|idempotency:\\{[0-9a-f]+\\}(?::busy)?)$`,
)

/** Whether a key is one that OrderShop writes. */
export function isShopKey(key: string): boolean {
  return partitionTag.test(key) || others.test(key)
}

/** Runs `work` with a connection that fails instead of waiting for a Redis that is not there. */
export async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null })
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

/** Every key of the shop, in batches, without blocking Redis. */
export async function* shopKeys(redis: Redis): AsyncGenerator<string[]> {
  for await (const keys of redis.scanStream({ count: 1_000 })) yield (keys as string[]).filter(isShopKey)
}

/** How many elements lie under each kind of key, e.g. `events:{order:*}` → 12 events. */
export type KeyCounts = ReadonlyMap<string, { readonly type: string; readonly count: number }>

const counters: Record<string, 'xlen' | 'scard' | 'zcard' | 'llen'> = {
  stream: 'xlen',
  set: 'scard',
  zset: 'zcard',
  list: 'llen',
}

/** Counts what the article shows: the log's streams and the rows of the entity cache. */
export async function countKeys(redis: Redis): Promise<KeyCounts> {
  const counts = new Map<string, { type: string; count: number }>()
  for await (const batch of shopKeys(redis)) {
    const shown = batch.filter((key) => kindOf(key))
    const types = await Promise.all(shown.map((key) => redis.type(key)))
    const sizes = await Promise.all(
      shown.map((key, at) => {
        const counter = counters[types[at] ?? '']
        return counter && !isRow(key) ? redis[counter](key) : 1
      }),
    )
    shown.forEach((key, at) => {
      const kind = kindOf(key) ?? key
      counts.set(kind, { type: types[at] ?? '', count: (counts.get(kind)?.count ?? 0) + (sizes[at] ?? 0) })
    })
  }
  return counts
}

const article = /^(events|[a-z]+_(?:ids|index|entity|product_ids)):\{([a-z]+):\d+\}(:[^:]+)?(:.+)?$/

/** `order_entity:{order:3}:read-model.v1:0199…` → `order_entity:{order:*}:read-model.v1:<id>`; `undefined` for what only the library reads. */
function kindOf(key: string): string | undefined {
  const [, name, topic, group = '', row] = article.exec(key) ?? []
  return name && `${name}:{${topic}:*}${group}${row ? ':<id>' : ''}`
}

/** One row of many, which counts as one whatever it holds. */
function isRow(key: string): boolean {
  return article.exec(key)?.[4] !== undefined
}
