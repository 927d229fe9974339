// The archiver of a store on Redis: what it reads there, and how it takes out what is archived.
import { AppError } from '@ordershop/core'
import { newId } from '@ordershop/core/id'
import { archivedLog } from '../archive/archived-log.ts'
import { type RunningArchiver, runArchiver } from '../archive/archiver.ts'
import { chiller } from '../archive/chill.ts'
import { compact } from '../archive/compact.ts'
import { type ArchiveOptions, defaultArchiveSettings } from '../archive/options.ts'
import { keepAll, type TrimStep, trimmer } from '../archive/trim.ts'
import { writeIndex } from '../archive/write-index.ts'
import { partitionName } from '../event.ts'
import type { Groups } from '../groups/groups.ts'
import { allPartitions } from '../log/partition.ts'
import type { Observer } from '../observer.ts'
import type { VersionStore } from '../projections/versions.ts'
import { chillStep } from './chill-step.ts'
import { answerTo } from './connection.ts'
import { groupStates } from './group-states.ts'
import { keys } from './keys.ts'
import { storedPages } from './redis-log.ts'
import type { ScriptedRedis } from './scripts.ts'
import { entryOf } from './wire.ts'

/** What an archiver needs of the store that it archives. */
type Archived = {
  readonly redis: ScriptedRedis
  readonly groups: Groups
  readonly versions: Pick<VersionStore, 'heads' | 'positions'>
  readonly clientName: string
  readonly topics: readonly string[]
  readonly partitions: number
  readonly observer: Observer
}

/** See `RedisEventStore.archive`. */
export function startArchiver(
  { redis, groups, versions, clientName, topics, partitions, observer }: Archived,
  options: ArchiveOptions,
): RunningArchiver {
  const settings = { ...defaultArchiveSettings, ...options }
  const { group, objects, trim, cursorsOf = [] } = settings
  const all = allPartitions(settings.topics ?? topics, partitions)
  const ended = new AbortController()
  const trimAll = trimmer({
    ...{ ...keepAll, ...trim, partitions: all, observer, signal: ended.signal },
    archivedLog: archivedLog(objects, entryOf),
    step: trimStep(redis, group),
  })
  const chill = chiller({
    step: chillStep(redis),
    index: (at) => writeIndex(objects, entryOf, at),
    ...{ observer, signal: ended.signal },
  })
  async function trimAndChill(now: boolean): Promise<{ pressure: number }> {
    const { pressure, trimmed } = await trimAll()
    await chill(trimmed, now)
    return { pressure }
  }
  const archiver = runArchiver({
    ...{ ...settings, groups, page: storedPages(redis), observer, partitions: all },
    member: `${clientName}-${newId()}`,
    about: async (at) => ({ partitions, groups: await groupStates(redis, at, cursorsOf) }),
    compact: (at) => compact({ objects, entryOf, events: settings.events }, at),
    trim: trim ? trimAndChill : async () => ({ pressure: 0 }),
    async positions() {
      const [heads, archived] = await Promise.all([versions.heads(all), versions.positions(group, all)])
      return heads.map((head, k) => ({ head, archived: archived[k] ?? 0 }))
    },
  })
  return {
    ...archiver,
    stop() {
      ended.abort()
      return archiver.stop()
    },
  }
}

/** Entries that leave Redis by one call of the script, which takes it a tenth of a millisecond. */
const entriesAtOnce = 1_000

/** See `trim.lua`. */
type TrimReply = [
  removed: number,
  trimmed: number,
  firstEntry: string,
  head: number,
  archived: number,
  archivedEntry: string,
  usedBytes: number,
  maxBytes: number,
]

function trimStep(redis: ScriptedRedis, group: string): TrimStep {
  return async (at, keep) => {
    const named = [keys.events(at), keys.head(at), keys.subscription(at, group)]
    const asked = redis.trim(...named, keep?.entryId ?? '', keep?.position ?? '', entriesAtOnce)
    const reply = await answerTo<TrimReply | string>(`trim ${partitionName(at)}`, asked)
    if (typeof reply === 'string') throw new AppError('conflict', `trim ${partitionName(at)}: ${reply}`)
    const [removed, trimmed, firstEntry, head, position, entryId, usedBytes, maxBytes] = reply
    return { removed, trimmed, firstEntry, head, archived: { position, entryId }, usedBytes, maxBytes }
  }
}
