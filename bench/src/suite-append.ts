// Appends beside XADD of the same facts, BullMQ's add, NATS JetStream's publish, Emmett's store on PostgreSQL, and the one in
// memory, which has no server to ask.
import { getInMemoryEventStore } from '@event-driven-io/emmett'
import { catalog } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { bullmq } from './bullmq.ts'
import { type EmmettOnPostgres, startEmmettOnPostgres } from './emmett-postgres.ts'
import { scriptedXadd } from './floor.ts'
import { during, type Load } from './load.ts'
import { type Case, type Contender, measure, type Result, scaled } from './measure.ts'
import { type Nats, startNats } from './nats.ts'
import { orderCreated } from './orders.ts'
import * as ours from './ours.ts'
import * as raw from './raw.ts'
import { thing } from './things.ts'

type Way = {
  readonly name: string
  readonly durability: 'memory' | 'fsync'
  readonly fsync: string
  /** As NATS calls it. */
  readonly sync: '1s' | 'always'
}

/** Servers of others; undefined where they are not installed. */
type Others = { readonly nats: Nats | undefined; readonly postgres: EmmettOnPostgres | undefined }

const ways: readonly Way[] = [
  { name: 'everysec', durability: 'memory', fsync: 'everysec', sync: '1s' },
  { name: 'fsync', durability: 'fsync', fsync: 'always', sync: 'always' },
]

export async function appendSuite(): Promise<Result[]> {
  const results: Result[] = []
  for (const way of ways) {
    const server = await startRedis('--appendfsync', way.fsync)
    const nats = await startNats(way.sync)
    const postgres = way.durability === 'fsync' ? await startEmmettOnPostgres() : undefined
    for (const one of casesOf(server, way, { nats, postgres })) results.push(await measure('append', one))
    for (const started of [server, nats, postgres]) await started?.stop()
  }
  return results
}

function casesOf(server: RedisServer, way: Way, others: Others): Case[] {
  const sizes: [bytes: number, name: string][] = [
    [256, '256 B'],
    [2_048, '2 KiB'],
  ]
  const cases = sizes.flatMap(([bytes, size]) =>
    [1, 50].flatMap((batch) =>
      [1, 16, 256].map((concurrency) => caseOf(server, way, others, concurrency, batch, bytes, size)),
    ),
  )
  return [...cases, withSchemas(server, way)]
}

function caseOf(
  server: RedisServer,
  { name, durability }: Way,
  { nats, postgres }: Others,
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
  const small = batch === 1 && bytes === 256
  const { ms } = load
  if (small)
    contenders.push({
      name: 'XADD in a script',
      run: () => fresh(server, () => scriptedXadd(server.client, load, event)),
    })
  if (small && nats)
    contenders.push({ name: 'NATS JetStream', run: () => nats.append(ms, concurrency, event) })
  if (small && postgres)
    contenders.push({ name: 'Emmett on PostgreSQL', run: () => postgres.append(ms, concurrency, event) })
  if (durability === 'memory') contenders.push({ name: 'Emmett, in memory', run: () => emmett(load, event) })
  return {
    name: `${name}, ${size}, batch of ${batch}, ${concurrency} concurrent`,
    unit: 'events/s',
    contenders,
    ...(small ? { atLeast: aims[concurrency] ?? {} } : {}),
  }
}

/** By concurrency, for single events of 256 B. */
const aims: Readonly<Record<number, Record<string, number>>> = {
  1: { raw: 0.8 },
  16: { raw: 0.85 },
  256: { raw: 1.6, BullMQ: 2.4, 'NATS JetStream': 4, 'Emmett on PostgreSQL': 15 },
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
