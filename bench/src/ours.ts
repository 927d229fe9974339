import { catalog, type ShopEvent } from '@ordershop/contracts'
import { type Catalog, type RedisEventStore, redisEventStore } from '@ordershop/event-store'
import type { Redis } from 'ioredis'
import { concurrently } from './concurrently.ts'
import { orderCreated } from './orders.ts'

/** A catalog that trusts its data: what the library costs by itself, without the shop's zod schemas. */
const trusting: Catalog<ShopEvent> = {
  topics: catalog.topics,
  schemaVersion: () => 1,
  parse: (_topic, type, _schemaVersion, data) => ({ type, data }) as ShopEvent,
}

/** Opens the store on an emptied Redis; with `checked`, every event passes the shop's schemas, written and read. */
export async function openStore(
  url: string,
  redis: Redis,
  durability: 'fsync' | 'memory',
  checked: boolean,
): Promise<RedisEventStore<ShopEvent>> {
  await redis.flushall()
  const events = checked ? catalog : trusting
  const store = redisEventStore({ redis: { url }, catalog: events, clientName: 'bench', durability })
  await store.ready()
  return store
}

/** Appends new orders with everything on: full envelope, schema check, version check, command id. Events per second. */
export function append(
  store: RedisEventStore<ShopEvent>,
  count: number,
  concurrency: number,
): Promise<number> {
  return concurrently(count, concurrency, async () => {
    const event = orderCreated()
    const entityId = event.data.order_id
    await store.append({
      topic: 'order',
      entityId,
      expected: 0,
      commandId: `create:${entityId}`,
      events: [event],
    })
  })
}

/** One member handles everything there is with a handler that does nothing. Events per second, the claim included. */
export async function consume(
  store: RedisEventStore<ShopEvent>,
  count: number,
  group: string,
): Promise<number> {
  let handled = 0
  const all = Promise.withResolvers<void>()
  const started = performance.now()
  const member = store.subscribe({
    group,
    topics: ['order'],
    on: {
      order_created() {
        if (++handled === count) all.resolve()
      },
    },
  })
  await all.promise
  const perSecond = count / ((performance.now() - started) / 1_000)
  await member.stop()
  return perSecond
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
