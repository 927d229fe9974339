import { newId } from '@ordershop/core/id'
import {
  type AnyEvent,
  type Catalog,
  type Durability,
  type Objects,
  type RedisEventStore,
  redisEventStore,
  type Subscription,
} from '@ordershop/event-store'
import type { RedisServer } from '@ordershop/event-store/testing'
import { concurrently, during, type Load } from './load.ts'
import { type Thing, things, type Work } from './things.ts'

/** Opens a store of things on a Redis. */
export async function openStore(
  server: RedisServer,
  durability: Durability,
  archive?: Objects,
): Promise<RedisEventStore<Thing>> {
  return openStoreOf(things, server, durability, archive)
}

export async function openStoreOf<E extends AnyEvent>(
  catalog: Catalog<E>,
  server: Pick<RedisServer, 'url'>,
  durability: Durability,
  archive?: Objects,
): Promise<RedisEventStore<E>> {
  const where = archive ? { archive } : {}
  const redis = { url: server.url }
  const store = redisEventStore({ redis, catalog, clientName: 'bench', durability, ...where })
  await store.ready()
  return store
}

/** Appends with everything on: full envelope, version check, command id. Events per second. */
export async function append<E extends AnyEvent>(
  store: RedisEventStore<E>,
  topic: string,
  { ms, concurrency, batch }: Load,
  event: () => E,
): Promise<number> {
  const appends = await during(ms, concurrency, () =>
    appendNew(store, topic, Array.from({ length: batch }, event)),
  )
  return appends * batch
}

/** Appends so many events, each of an entity of its own. Events per second. */
export function appendMany<E extends AnyEvent>(
  store: RedisEventStore<E>,
  topic: string,
  count: number,
  concurrency: number,
  event: () => E,
): Promise<number> {
  return concurrently(count, concurrency, () => appendNew(store, topic, [event()]))
}

/** Appends events of one new entity. */
export function appendNew<E extends AnyEvent>(
  store: RedisEventStore<E>,
  topic: string,
  events: readonly E[],
) {
  const entityId = newId()
  return store.append({ topic, entityId, expected: 0, commandId: `create:${entityId}`, events })
}

/** One member of a new group handles the first `count` events. Events per second, the claim of the partitions included. */
export async function consume<E extends AnyEvent>(
  store: RedisEventStore<E>,
  topic: string,
  type: E['type'],
  count: number,
  work: Work,
): Promise<number> {
  let handled = 0
  const all = Promise.withResolvers<void>()
  const done = () => {
    if (++handled === count) all.resolve()
  }
  const on = { [type]: work ? () => work().then(done) : done }
  const started = performance.now()
  // The compiler does not see that a computed name is one of the event types.
  const subscription = { group: `bench-${newId()}`, topics: [topic], on } as unknown as Subscription<E>
  const member = store.subscribe(subscription)
  await all.promise
  const perSecond = count / ((performance.now() - started) / 1_000)
  await member.stop()
  return perSecond
}

/** Reads the whole topic, decoded. Events per second. */
export async function replay<E extends AnyEvent>(
  store: RedisEventStore<E>,
  topic: string,
  count: number,
): Promise<number> {
  let read = 0
  const started = performance.now()
  for (let partition = 0; partition < store.partitions; partition++)
    for await (const event of store.readTopic(topic, partition)) read += Math.sign(event.version)
  if (read !== count) throw new Error(`replay read ${read} events, expected ${count}`)
  return count / ((performance.now() - started) / 1_000)
}
