import {
  type AnyEvent,
  type Catalog,
  type Durability,
  type RedisEventStore,
  redisEventStore,
  type Subscription,
} from '@ordershop/event-store'
import type { RedisServer } from '@ordershop/event-store/testing'
import { uuidv7 } from 'uuidv7'
import { during, type Load } from './load.ts'
import { type Thing, things, type Work } from './things.ts'

/** Opens a store of things on a Redis. */
export async function openStore(
  server: RedisServer,
  durability: Durability,
): Promise<RedisEventStore<Thing>> {
  return openStoreOf(things, server, durability)
}

export async function openStoreOf<E extends AnyEvent>(
  catalog: Catalog<E>,
  server: RedisServer,
  durability: Durability,
): Promise<RedisEventStore<E>> {
  const store = redisEventStore({ redis: { url: server.url }, catalog, clientName: 'bench', durability })
  await store.ready()
  return store
}

/** Appends with everything on: full envelope, version check, command id. Events per second. */
export async function append<E extends AnyEvent>(
  store: RedisEventStore<E>,
  topic: string,
  load: Load,
  event: () => E,
): Promise<number> {
  const appends = await during(load.ms, load.concurrency, () => {
    const entityId = uuidv7()
    const events = Array.from({ length: load.batch }, event)
    return store.append({ topic, entityId, expected: 0, commandId: `create:${entityId}`, events })
  })
  return appends * load.batch
}

/** Appends so many things of their own, fast. */
export async function fill(store: RedisEventStore<Thing>, count: number, event: () => Thing): Promise<void> {
  let left = count
  await Promise.all(
    Array.from({ length: 512 }, async () => {
      while (left-- > 0) {
        const one = event()
        const { id } = one.data
        await store.append({ topic: 'thing', entityId: id, expected: 0, commandId: id, events: [one] })
      }
    }),
  )
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
  const subscription = { group: `bench-${uuidv7()}`, topics: [topic], on } as unknown as Subscription<E>
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
