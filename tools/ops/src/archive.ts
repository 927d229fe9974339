// The archive: how far it is, bringing it up to date, checking it, printing it.
import { pipeline } from 'node:stream/promises'
import { catalog, type ShopEvent } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { archivedEvents, type Operations, type RedisEventStore, verifyArchive } from '@ordershop/event-store'
import { archiveGroup, archiveObjects, archiving } from '@ordershop/shop'
import { type Report, topicsOf } from './command.ts'
import { withProgress } from './progress.ts'

type Store = RedisEventStore<ShopEvent>
type Env = NodeJS.ProcessEnv

/** A line for each topic. */
export async function archiveStatus(ops: Pick<Operations, 'lag'>): Promise<Report> {
  const places = Map.groupBy(await ops.lag({ [archiveGroup]: catalog.topics }), ({ topic }) => topic)
  const rows = [...places].map(([topic, partitions]) => {
    const sum = (value: 'head' | 'position' | 'lag' | 'trimmed') =>
      partitions.reduce((all, one) => all + one[value], 0)
    const seconds = Math.round(Math.max(...partitions.map(({ lagMs }) => lagMs)) / 1_000)
    const archived = { archived: sum('position'), behind: sum('lag'), 'behind s': seconds }
    return { topic, events: sum('head'), 'in Redis': sum('head') - sum('trimmed'), ...archived }
  })
  return { rows }
}

/** Archives what is in the log now; Redis keeps it. */
export async function sealArchive(store: Store, env: Env): Promise<Report> {
  const archiver = store.archive({ ...archiving(archiveObjects(env)), ageMs: Number.POSITIVE_INFINITY })
  await withProgress('archiving', () => archiver.sealNow()).finally(() => archiver.stop())
  return archiveStatus(store.ops)
}

/** A line for each partition that has something to tell. */
export async function verifyWholeArchive(store: Store, env: Env, only?: string): Promise<Report> {
  const topics = topicsOf(only)
  const objects = archiveObjects(env)
  const recorded = await store.ops.lag({ [archiveGroup]: topics })
  return withProgress('reading the archive', async (waitsFor) => {
    const rows: Report['rows'][number][] = []
    for (const { topic, partition, position } of recorded) {
      waitsFor(`${topic}:${partition}`)
      const { problem, last, ...found } = await verifyArchive(objects, { topic, partition })
      const short = last < position ? `it ends at ${last}, expected ${position}, as Redis has recorded` : null
      if (position > 0 || found.segments > 0)
        rows.push({ partition: `${topic}:${partition}`, ...found, problem: problem ?? short ?? 'none' })
    }
    return { rows, none: 'the archive is empty', failed: rows.some(({ problem }) => problem !== 'none') }
  })
}

/** Up to where a log is put back, how much of it into Redis, and onto what; as the operator wrote it. */
export type RestoreLimits = { readonly until?: string; readonly keep?: string; readonly ontoBackup?: boolean }

/** Puts the log back, into a Redis that has nothing of it, its beginning, or what a backup had. */
export async function restoreArchive(store: Store, env: Env, limits: RestoreLimits): Promise<Report> {
  const { until, keep, ontoBackup = false } = limits
  const limit = {
    ...(until === undefined ? {} : limitOf(until)),
    ...(keep === undefined ? {} : { keepEvents: eventsOf(keep) }),
    ontoBackup,
  }
  const restoring = () => store.restore({ objects: archiveObjects(env), ...limit })
  const restored = Map.groupBy(await withProgress('restoring the log', restoring), ({ topic }) => topic)
  const rows = [...restored].map(([topic, partitions]) => {
    const sum = (value: 'events' | 'position') => partitions.reduce((all, one) => all + one[value], 0)
    return { topic, restored: sum('events'), events: sum('position') }
  })
  return { rows }
}

/** Sets aside what the archive has beyond the log's history; a line for each partition. */
export async function cutArchive(store: Store, env: Env): Promise<Report> {
  const objects = archiveObjects(env)
  const cut = await withProgress('cutting off the former history', () => store.cutArchive(objects))
  const rows = cut.map(({ topic, partition, events, position }) => ({
    partition: `${topic}:${partition}`,
    'set aside': events,
    'ends at': position,
  }))
  return { rows, none: 'nothing to cut: the archive is of the history of the log' }
}

/** A time, or positions of some partitions: `order:3=1200,order:4=1180`. */
function limitOf(until: string): Pick<Parameters<Store['restore']>[0], 'untilMs' | 'untilPosition'> {
  const untilMs = /^\d{4}-\d\d-\d\dT/.test(until) ? Date.parse(until) : Number.NaN
  if (!Number.isNaN(untilMs)) return { untilMs }
  const pairs = until.split(',').map((pair) => /^([\w-]+:\d+)=(\d+)$/.exec(pair))
  if (pairs.every((pair) => pair !== null)) {
    const positions = new Map(pairs.map(([, name, position]) => [name, Number(position)]))
    return { untilPosition: ({ topic, partition }) => positions.get(`${topic}:${partition}`) }
  }
  throw new AppError(
    'invalid',
    `--until is '${until}', expected a time (2026-11-28T03:00:00Z) or positions (order:3=1200,order:4=1180)`,
  )
}

function eventsOf(keep: string): number {
  if (/^[1-9]\d{0,14}$/.test(keep)) return Number(keep)
  throw new AppError('invalid', `--keep is '${keep}', expected a whole number of events from 1`)
}

/** Prints the events of a topic, as fast as they are taken, until nobody takes them, as `head` does. */
export async function exportTopic(store: Store, env: Env, topic: string): Promise<void> {
  topicsOf(topic)
  const objects = archiveObjects(env)
  async function* lines() {
    for (let partition = 0; partition < store.partitions; partition++)
      for await (const event of archivedEvents(objects, catalog, { topic, partition }))
        yield `${JSON.stringify(event)}\n`
  }
  await pipeline(lines, process.stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
