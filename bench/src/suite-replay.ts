// Reading a topic whole beside XRANGE, and building a projection from it beside reading.

import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import type { Recorded, RedisEventStore, RowWrite } from '@ordershop/event-store'
import { startRedis } from '@ordershop/event-store/testing'
import { createClient, type RedisClientType as NodeRedis } from '@redis/client'
import { measure, type Result, scaled } from './measure.ts'
import * as ours from './ours.ts'
import * as raw from './raw.ts'
import { type Thing, thing } from './things.ts'

const topics = ['thing']

export async function replaySuite(): Promise<Result[]> {
  const server = await startRedis('--appendfsync', 'everysec')
  const store = await ours.openStore(server, 'memory')
  const nodeRedis = (await createClient({ url: server.url }).connect()) as NodeRedis
  const events = scaled(100_000)
  await ours.appendMany(store, 'thing', events, 512, () => thing(256))
  await raw.fill(server.client, events, () => thing(256))
  const replay = { name: 'ours', run: () => ours.replay(store, 'thing', events) }
  const xrange = { name: 'raw', run: () => raw.xrange(server.client, events) }
  const results = [
    await measure('replay', {
      name: 'a whole topic, 256 B',
      unit: 'events/s',
      contenders: [replay, xrange],
      atLeast: { raw: 0.7 },
    }),
    await measure('replay', {
      name: 'a projection built from the first event, one row each',
      unit: 'events/s',
      contenders: [
        {
          name: 'ours',
          run: () => build(store, events, ({ data }) => ['HSET', `thing:${data.id}`, 'text', data.text]),
        },
        { name: 'replay', run: replay.run },
      ],
      atLeast: { replay: 0.85 },
    }),
    // Every other ratio to `raw` hides a client that has become slow: it slows both. See ADR 0013.
    await measure('replay', {
      name: 'the same by ioredis alone beside node-redis',
      unit: 'events/s',
      contenders: [xrange, { name: 'node-redis', run: () => raw.xrangeByNodeRedis(nodeRedis, events) }],
      atLeast: { 'node-redis': 0.8 },
    }),
  ]
  nodeRedis.destroy()
  await store.close()
  await server.stop()
  return results
}

/** A projection that has never run folds every event, as a rebuild does next to the live version. Events per second. */
export async function build(
  store: RedisEventStore<Thing>,
  events: number,
  row: (event: Recorded<Thing>) => RowWrite,
): Promise<number> {
  const name = `things-${newId()}`
  const started = performance.now()
  const running = store.project({ name, topics, project: (event) => [row(event)] })
  await eventually(
    async () => {
      const { lags } = await store.ops.survey({ groups: {}, projections: { [name]: topics } })
      return lags.length > 0 && lags.every(({ lag }) => lag === 0)
    },
    { withinMs: 600_000, everyMs: 10 },
  )
  const perSecond = events / ((performance.now() - started) / 1_000)
  await running.stop()
  return perSecond
}
