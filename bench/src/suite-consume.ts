// Consuming beside XREADGROUP and XACK, beside BullMQ's worker, and beside NATS JetStream with explicit acks: handlers that do nothing, and that wait a millisecond.
import { setTimeout as wait } from 'node:timers/promises'
import { catalog } from '@ordershop/contracts'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { bullmq } from './bullmq.ts'
import { type Case, type Contender, measure, type Result, scaled } from './measure.ts'
import { type Nats, startNats } from './nats.ts'
import { orderCreated } from './orders.ts'
import * as ours from './ours.ts'
import * as raw from './raw.ts'
import { type Thing, thing, type Work } from './things.ts'

const event = () => thing(256)
const works: readonly [name: string, work: Work][] = [
  ['a no-op handler', undefined],
  ['a handler of 1 ms', () => wait(1)],
]

export async function consumeSuite(): Promise<Result[]> {
  const results: Result[] = []
  for (const [name, durability, fsync, sync] of [
    ['everysec', 'memory', 'everysec', '1s'],
    ['fsync', 'fsync', 'always', 'always'],
  ] as const) {
    const server = await startRedis('--appendfsync', fsync)
    const store = await ours.openStore(server, durability)
    const events = scaled(100_000)
    await ours.appendMany(store, 'thing', events, 512, event)
    await raw.fill(server.client, events, event)
    const nats = await startNats(sync)
    await nats?.fill(events, event)
    for (const [what, work] of works)
      results.push(await measure('consume', caseOf(server, store, nats, `${name}, ${what}`, events, work)))
    await nats?.stop()
    await store.close()
    if (durability === 'memory') results.push(await withSchemas(server))
    await server.stop()
  }
  return results
}

function caseOf(
  server: RedisServer,
  store: Awaited<ReturnType<typeof ours.openStore>>,
  nats: Nats | undefined,
  name: string,
  events: number,
  work: Work,
): Case {
  const contenders: Contender[] = [
    { name: 'ours', run: () => ours.consume<Thing>(store, 'thing', 'thing_happened', events, work) },
    { name: 'raw', run: () => raw.xreadgroup(server.client, events, work) },
    { name: 'BullMQ', run: () => processed(server, scaled(5_000), work) },
  ]
  if (nats && !work) contenders.push({ name: 'NATS JetStream', run: () => nats.consume(events) })
  const atLeast = { raw: 1.6, BullMQ: 15, 'NATS JetStream': 2.2 }
  return { name, unit: 'events/s', contenders, ...(work ? {} : { atLeast }) }
}

async function processed(server: RedisServer, count: number, work: Work): Promise<number> {
  const jobs = bullmq(server.port)
  await jobs.fill(count, event)
  return jobs.process(count, work).finally(jobs.close)
}

/** What an application's zod schemas cost on top, which raw has not. */
async function withSchemas(server: RedisServer): Promise<Result> {
  await server.client.flushall()
  const events = scaled(50_000)
  const store = await ours.openStoreOf(catalog, server, 'memory')
  await ours.appendMany(store, 'order', events, 512, orderCreated)
  await raw.fill(server.client, events, orderCreated)
  const result = await measure('consume', {
    name: "everysec, orders checked by the shop's schemas, a no-op handler",
    unit: 'events/s',
    contenders: [
      { name: 'ours', run: () => ours.consume(store, 'order', 'order_created', events, undefined) },
      { name: 'raw', run: () => raw.xreadgroup(server.client, events, undefined) },
    ],
    atLeast: { raw: 1.2 },
  })
  await store.close()
  return result
}
