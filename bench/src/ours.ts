import { catalog, type ShopEvent } from '@ordershop/contracts'
import { type RedisEventStore, redisEventStore } from '@ordershop/event-store'
import type { Redis } from 'ioredis'
import { concurrently } from './concurrently.ts'
import { orderCreated } from './orders.ts'

/** Opens the store on an emptied Redis. */
export async function openStore(url: string, redis: Redis, durability: 'fsync' | 'memory'): Promise<RedisEventStore<ShopEvent>> {
  await redis.flushall()
  const store = redisEventStore({ redis: { url }, catalog, clientName: 'bench', durability })
  await store.ready()
  return store
}

/** Appends new orders with everything on: full envelope, schema check, version check, command id. Events per second. */
export function append(store: RedisEventStore<ShopEvent>, count: number, concurrency: number): Promise<number> {
  return concurrently(count, concurrency, async () => {
    const event = orderCreated()
    const entityId = event.data.order_id
    await store.append({ topic: 'order', entityId, expected: 0, commandId: `create:${entityId}`, events: [event] })
  })
}

/** One member handles everything there is with a handler that does nothing. Events per second, the claim included. */
export async function consume(store: RedisEventStore<ShopEvent>, count: number, group: string): Promise<number> {
  let handled = 0
  const started = performance.now()
  await new Promise<void>((resolve) => {
    store.subscribe({
      group,
      topics: ['order'],
      on: {
        order_created() {
          if (++handled === count) resolve()
        },
      },
    })
  })
  return count / ((performance.now() - started) / 1_000)
}

/** Reads the whole topic, decoded and checked. Events per second. */
export async function replay(store: RedisEventStore<ShopEvent>, count: number): Promise<number> {
  let read = 0
  const started = performance.now()
  for (let partition = 0; partition < store.partitions; partition++)
    for await (const event of store.readTopic('order', partition)) read += event.version
  if (read !== count) throw new Error(`replay read ${read} events, expected ${count}`)
  return count / ((performance.now() - started) / 1_000)
}
