// Archiving a log into a folder beside appending to it, and reading it from there beside reading it from Redis.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@ordershop/core/id'
import { archivedEvents, folderObjects, type Objects, type RedisEventStore } from '@ordershop/event-store'
import { startRedis } from '@ordershop/event-store/testing'
import { measure, type Result, scaled } from './measure.ts'
import * as ours from './ours.ts'
import { type Thing, thing, things } from './things.ts'

export async function archiveSuite(): Promise<Result[]> {
  const server = await startRedis('--appendfsync', 'everysec')
  const store = await ours.openStore(server, 'memory')
  const root = mkdtempSync(join(tmpdir(), 'bench-archive-'))
  const events = scaled(100_000)
  await ours.appendMany(store, 'thing', events, 512, () => thing(256))
  const kept = folderObjects(join(root, 'kept'))
  await archiveAll(store, kept, events)
  const results = [
    await measure('archive', {
      name: 'a whole topic archived, 256 B, beside appending it, 256 concurrent',
      unit: 'events/s',
      contenders: [
        { name: 'ours', run: () => archiveAll(store, folderObjects(join(root, newId())), events) },
        { name: 'append', run: () => appendToAnother(events) },
      ],
      // Then half a core keeps up with what one process appends.
      atLeast: { append: 2 },
    }),
    await measure('archive', {
      name: 'a whole topic, 256 B, read from its archive in a folder',
      unit: 'events/s',
      contenders: [
        { name: 'ours', run: () => readAll(store, kept, events) },
        { name: 'replay', run: () => ours.replay(store, 'thing', events) },
      ],
      atLeast: { replay: 2 },
    }),
  ]
  await store.close()
  await server.stop()
  rmSync(root, { recursive: true })
  return results
}

/** By a group of its own, from the first event on. Events per second. */
async function archiveAll(store: RedisEventStore<Thing>, objects: Objects, events: number): Promise<number> {
  const archiver = store.archive({ objects, group: `archive-${newId()}`, ageMs: Number.POSITIVE_INFINITY })
  const started = performance.now()
  await archiver.sealNow()
  const perSecond = events / ((performance.now() - started) / 1_000)
  await archiver.stop()
  return perSecond
}

async function readAll(store: RedisEventStore<Thing>, objects: Objects, events: number): Promise<number> {
  const started = performance.now()
  let read = 0
  for (let partition = 0; partition < store.partitions; partition++)
    for await (const _ of archivedEvents(objects, things, { topic: 'thing', partition })) read++
  if (read !== events) throw new Error(`read ${read} events from the archive, expected ${events}`)
  return events / ((performance.now() - started) / 1_000)
}

/** To a Redis of its own: the archived log is to stay as long as it is. */
async function appendToAnother(events: number): Promise<number> {
  const server = await startRedis('--appendfsync', 'everysec')
  const store = await ours.openStore(server, 'memory')
  const perSecond = await ours.appendMany(store, 'thing', events, 256, () => thing(256))
  await store.close()
  await server.stop()
  return perSecond
}
