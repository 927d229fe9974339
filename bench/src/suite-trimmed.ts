// A log of which nearly all is in its archive, beside the same log in Redis.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@ordershop/core/id'
import { folderObjects, type RedisEventStore } from '@ordershop/event-store'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { during } from './load.ts'
import { measure, type Result, scaled } from './measure.ts'
import * as ours from './ours.ts'
import { processesOn } from './processes.ts'
import { build } from './suite-replay.ts'
import { type Thing, thing } from './things.ts'

const keepEvents = 1_000

export async function trimmedSuite(): Promise<Result[]> {
  const servers = [
    await startRedis('--appendfsync', 'everysec'),
    await startRedis('--appendfsync', 'everysec'),
  ]
  const [hotServer, coldServer] = servers as [RedisServer, RedisServer]
  const root = mkdtempSync(join(tmpdir(), 'bench-trimmed-'))
  const objects = folderObjects(join(root, 'archive'))
  const hot = await ours.openStore(hotServer, 'memory')
  const cold = await ours.openStore(coldServer, 'memory', objects)
  const events = scaled(200_000)
  const ids = await fill(hot, events)
  const coldIds = await fill(cold, events)
  const archiver = cold.archive({ objects, ageMs: Number.POSITIVE_INFINITY, trim: { keepEvents } })
  await archiver.sealNow()
  await archiver.stop()
  const both = (run: (store: RedisEventStore<Thing>, ids: readonly string[]) => Promise<number>) => [
    { name: 'ours', run: () => run(cold, coldIds) },
    { name: 'Redis', run: () => run(hot, ids) },
  ]
  const compared = (name: string, unit: string, atLeast: number, run: Parameters<typeof both>[0]) =>
    measure('trimmed', {
      name,
      unit,
      contenders: both(run),
      ...(atLeast > 0 ? { atLeast: { Redis: atLeast } } : {}),
    })
  const results = [
    await compared(
      'a whole topic, 256 B, all but 1,000 events of each partition archived',
      'events/s',
      2,
      (store) => ours.replay(store, 'thing', events),
    ),
    await compared('a projection built from the first event, one row each', 'events/s', 1, (store) =>
      build(store, events, ({ data }) => ['HSET', `thing:${data.id}`, 'text', data.text]),
    ),
    await compared('consumed, a no-op handler', 'events/s', 0, (store) =>
      ours.consume<Thing>(store, 'thing', 'thing_happened', events, undefined),
    ),
    await compared('one entity, any of all, one after the other', 'reads/s', 0, (store, known) =>
      during(scaled(1_000), 1, () => {
        const entityId = known[Math.floor(Math.random() * known.length)] as string
        return store.readEntity({ topic: 'thing', entityId })
      }),
    ),
    await measure('trimmed', {
      name: 'append, 256 B, 256 concurrent, while another process archives and trims it',
      unit: 'events/s',
      contenders: [
        { name: 'ours', run: () => appendTo(join(root, newId())) },
        { name: 'without', run: () => appendTo('') },
      ],
      atLeast: { without: 0.95 },
    }),
  ]
  await Promise.all([hot.close(), cold.close()])
  await Promise.all(servers.map((server) => server.stop()))
  rmSync(root, { recursive: true })
  return results
}

/** One event of each of so many entities; their ids. */
async function fill(store: RedisEventStore<Thing>, events: number): Promise<readonly string[]> {
  await ours.appendMany(store, 'thing', events, 512, () => thing(256))
  const ids: string[] = []
  for (let partition = 0; partition < store.partitions; partition++)
    for await (const { entity_id } of store.readTopic('thing', partition)) ids.push(entity_id)
  return ids
}

/** @param folder of the archive; '' = nobody archives. */
async function appendTo(folder: string): Promise<number> {
  const server = await startRedis('--appendfsync', 'everysec')
  const processes = processesOn(server.url, 'memory')
  const store = await ours.openStore(server, 'memory')
  if (folder !== '')
    await processes.program('archiving.ts', { FOLDER: folder, KEEP_EVENTS: String(keepEvents) })
  const perSecond = await ours.append(store, 'thing', { ms: scaled(5_000), concurrency: 256, batch: 1 }, () =>
    thing(256),
  )
  await processes.stop()
  await store.close()
  await server.stop()
  return perSecond
}
