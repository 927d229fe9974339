// Appends beside XADD of the same bytes, BullMQ's add, and Emmett's store in memory, which has no server to ask.
import { getInMemoryEventStore } from '@event-driven-io/emmett'
import { catalog } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { bullmq } from './bullmq.ts'
import { during, type Load } from './load.ts'
import { type Case, type Contender, measure, type Result, scaled } from './measure.ts'
import { orderCreated } from './orders.ts'
import * as ours from './ours.ts'
import * as raw from './raw.ts'
import { thing } from './things.ts'

type Way = { readonly name: string; readonly durability: 'memory' | 'fsync'; readonly fsync: string }

const ways: readonly Way[] = [
  { name: 'everysec', durability: 'memory', fsync: 'everysec' },
  { name: 'fsync', durability: 'fsync', fsync: 'always' },
]

export async function appendSuite(): Promise<Result[]> {
  const results: Result[] = []
  for (const way of ways) {
    const server = await startRedis('--appendfsync', way.fsync)
    for (const one of casesOf(server, way)) results.push(await measure('append', one))
    await server.stop()
  }
  return results
}

function casesOf(server: RedisServer, way: Way): Case[] {
  const sizes: [bytes: number, name: string][] = [
    [256, '256 B'],
    [2_048, '2 KiB'],
  ]
  const cases = sizes.flatMap(([bytes, size]) =>
    [1, 50].flatMap((batch) =>
      [1, 16, 256].map((concurrency) => caseOf(server, way, concurrency, batch, bytes, size)),
    ),
  )
  return [...cases, withSchemas(server, way)]
}

function caseOf(
  server: RedisServer,
  { name, durability }: Way,
  concurrency: number,
  batch: number,
  bytes: number,
  size: string,
): Case {
  const load = { ms: scaled(500), concurrency, batch }
  const event = () => thing(bytes)
  const contenders: Contender[] = [
    {
      name: 'ours',
      run: () =>
        fresh(server, async () => {
          const store = await ours.openStore(server, durability)
          return ours.append(store, 'thing', load, event).finally(store.close)
        }),
    },
    { name: 'raw', run: () => fresh(server, () => raw.xadd(server.client, load, event)) },
    {
      name: 'BullMQ',
      run: () =>
        fresh(server, () => {
          const jobs = bullmq(server.port)
          return jobs.add(load, event).finally(jobs.close)
        }),
    },
  ]
  if (durability === 'memory') contenders.push({ name: 'Emmett, in memory', run: () => emmett(load, event) })
  const single = concurrency === 256 && batch === 1
  return {
    name: `${name}, ${size}, batch of ${batch}, ${concurrency} concurrent`,
    unit: 'events/s',
    contenders,
    ...(single ? { atLeast: { raw: durability === 'memory' ? 0.85 : 0.65, BullMQ: 2.4 } } : {}),
  }
}

/** What an application's zod schemas cost on top, which raw has not. */
function withSchemas(server: RedisServer, { name, durability }: Way): Case {
  const load = { ms: scaled(500), concurrency: 256, batch: 1 }
  return {
    name: `${name}, orders checked by the shop's schemas, 256 concurrent`,
    unit: 'events/s',
    contenders: [
      {
        name: 'ours',
        run: () =>
          fresh(server, async () => {
            const store = await ours.openStoreOf(catalog, server, durability)
            return ours.append(store, 'order', load, orderCreated).finally(store.close)
          }),
      },
      { name: 'raw', run: () => fresh(server, () => raw.xadd(server.client, load, orderCreated)) },
    ],
  }
}

async function fresh(server: RedisServer, work: () => Promise<number>): Promise<number> {
  await server.client.flushall()
  return work()
}

async function emmett(
  { ms, concurrency, batch }: Load,
  event: () => ReturnType<typeof thing>,
): Promise<number> {
  const store = getInMemoryEventStore()
  const appends = await during(ms, concurrency, () =>
    store.appendToStream(newId(), Array.from({ length: batch }, event), {
      expectedStreamVersion: 'STREAM_DOES_NOT_EXIST',
    }),
  )
  return appends * batch
}
