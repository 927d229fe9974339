// What an event costs in a topic of ten thousand, a hundred thousand and a million of them, and how much memory it takes.

import { newId } from '@ordershop/core/id'
import { execute, type RedisEventStore, type StoredDecider } from '@ordershop/event-store'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { during } from './load.ts'
import { type Contender, measure, progress, type Result, scaled } from './measure.ts'
import * as ours from './ours.ts'
import * as raw from './raw.ts'
import { build } from './suite-replay.ts'
import { type Thing, thing } from './things.ts'

/** ±15 %: nothing of it may grow with the topic. */
const flat = 0.85
const event = () => thing(256)

type Grown = {
  readonly events: number
  readonly server: RedisServer
  readonly store: RedisEventStore<Thing>
  readonly bytes: number
  readonly ids: readonly string[]
}

export async function growthSuite(): Promise<Result[]> {
  const grown: Grown[] = []
  for (const events of [1_000_000, 100_000, 10_000].map(scaled)) {
    progress(`growth: appending ${events.toLocaleString('en')} events`)
    grown.push(await grow(events))
  }
  const appended = scaled(3_000)
  const consumed = Math.min(...grown.map(({ events }) => events))
  const results = [
    await compared(
      'read of one entity, 64 concurrent',
      grown,
      ({ store, ids }) =>
        during(scaled(500), 64, () => {
          const entityId = ids[Math.floor(Math.random() * ids.length)] as string
          return store.readEntity({ topic: 'thing', entityId })
        }),
      'reads/s',
    ),
    await compared(
      `consume of the first ${consumed.toLocaleString('en')}, a no-op handler`,
      grown,
      ({ store }) => ours.consume<Thing>(store, 'thing', 'thing_happened', consumed, undefined),
    ),
    await compared(
      'a projection built from the first event to the last, 1,000 rows',
      grown,
      ({ store, events }) =>
        build(store, events, ({ position, data }) => [
          'HSET',
          `thing:${position % 1_000}`,
          'text',
          data.text,
        ]),
    ),
    // Last, because it makes them grow: few enough that a topic of ten thousand stays about that.
    await compared('append, 256 concurrent', grown, ({ store }) =>
      ours.appendMany(store, 'thing', appended, 256, event),
    ),
    await memory(grown),
    await longHistory(grown.at(-1) as Grown),
  ]
  for (const { store, server } of grown) {
    await store.close()
    await server.stop()
  }
  return results
}

async function grow(events: number): Promise<Grown> {
  // No rewrite of its file by chance while one size is measured and not while the other is.
  const server = await startRedis('--appendfsync', 'everysec', '--auto-aof-rewrite-percentage', '0')
  const store = await ours.openStore(server, 'memory')
  const before = await usedMemory(server)
  await ours.appendMany(store, 'thing', events, 512, event)
  const bytes = (await usedMemory(server)) - before
  return { events, server, store, bytes, ids: await someIds(store) }
}

async function someIds(store: RedisEventStore<Thing>): Promise<string[]> {
  const ids: string[] = []
  for await (const { entity_id } of store.readTopic('thing', 0)) if (ids.push(entity_id) === 1_000) break
  return ids
}

function compared(
  name: string,
  grown: readonly Grown[],
  run: (one: Grown) => Promise<number>,
  unit = 'events/s',
): Promise<Result> {
  const contenders = grown.map((one): Contender => ({ name: nameOf(one), run: () => run(one) }))
  const smallest = contenders.at(-1) as Contender
  return measure('growth', { name, unit, contenders, atLeast: { [smallest.name]: flat } })
}

const nameOf = ({ events }: Grown) => `${events.toLocaleString('en')} events`

async function usedMemory({ client }: RedisServer): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])
}

/** Of Redis, for an event of 256 bytes with its index entry and its command id; raw is the stream entry alone. */
async function memory(grown: readonly Grown[]): Promise<Result> {
  const server = await startRedis('--appendfsync', 'everysec')
  const before = await usedMemory(server)
  const events = scaled(100_000)
  await raw.fill(server.client, events, event)
  const bytes = (await usedMemory(server)) - before
  await server.stop()
  const figures = grown.map((one) => ({ name: nameOf(one), median: one.bytes / one.events }))
  return {
    suite: 'growth',
    name: 'memory of Redis for each event of 256 B',
    unit: 'B',
    rounds: 1,
    figures: [...figures, { name: 'raw', median: bytes / events }],
  }
}

const counter: StoredDecider<number, Thing, Thing> = {
  revision: 'counter/1',
  initialState: () => 0,
  decide: (command) => [command],
  evolve: (count) => count + 1,
}

/** Commands to one entity, one after another: a snapshot has to spare what its long history would cost. */
async function longHistory({ store }: Grown): Promise<Result> {
  const [long, short] = [scaled(100_000), 10]
  const contenders: Contender[] = []
  for (const length of [long, short]) {
    const name = `an entity of ${length.toLocaleString('en')} events`
    progress(`growth: ${name}`)
    const entityId = await entityOf(store, length)
    const command = () =>
      execute(store, counter, { topic: 'thing', entityId }, event(), { commandId: newId() })
    contenders.push({ name, run: () => during(scaled(500), 1, command) })
  }
  return measure('long history', {
    name: 'commands to one entity, one after another',
    unit: 'commands/s',
    contenders,
    atLeast: { [(contenders[1] as Contender).name]: flat },
  })
}

async function entityOf(store: RedisEventStore<Thing>, length: number): Promise<string> {
  const entityId = newId()
  for (let version = 0; version < length; ) {
    const events = Array.from({ length: Math.min(500, length - version) }, event)
    await store.append({ topic: 'thing', entityId, expected: version, commandId: newId(), events })
    version += events.length
  }
  return entityId
}
