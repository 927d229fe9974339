import { AppError, retry } from '@ordershop/core'
import { blockCacheBytes } from '../archive/archived-blocks.ts'
import { archivedLog } from '../archive/archived-log.ts'
import type { RunningArchiver } from '../archive/archiver.ts'
import { groupsThrough } from '../archive/groups-through.ts'
import { logThrough } from '../archive/log-through.ts'
import { noArchive } from '../archive/no-archive.ts'
import type { Objects } from '../archive/objects.ts'
import { observedArchive } from '../archive/observed-archive.ts'
import type { ArchiveOptions } from '../archive/options.ts'
import { defaultStateCacheBytes } from '../deciding/state-cache.ts'
import type { AnyEvent, Catalog } from '../event.ts'
import type { EventStore } from '../event-store.ts'
import { decode } from '../log/entry.ts'
import { allPartitions } from '../log/partition.ts'
import { whileUnavailable } from '../log/unavailable-retry.ts'
import { type Observer, problemsOnStderr } from '../observer.ts'
import type { Operations } from '../ops/operations.ts'
import { type RunningMember, startedIn, storeFrom } from '../store.ts'
import { appender } from './appender.ts'
import { connectToMasterOf } from './cluster.ts'
import { clusterReader } from './cluster-reader.ts'
import { answerTo, connect, connectionOptions } from './connection.ts'
import { type CutPartition, cutArchive } from './cut-archive.ts'
import { tellDenied } from './denied.ts'
import type { Durability } from './durability.ts'
import { type ReadyOptions, readiness, type StoreHealth } from './readiness.ts'
import { startArchiver } from './redis-archive.ts'
import { redisGroups } from './redis-groups.ts'
import { hotStarts, redisLog } from './redis-log.ts'
import { redisOperations } from './redis-operations.ts'
import { redisRows } from './redis-rows.ts'
import { redisVersions } from './redis-versions.ts'
import { type RestoredPartition, type RestoreOptions, restorePartition } from './restore.ts'
import type { AppendFsync } from './server-check.ts'
import type { RedisSettings } from './settings.ts'
import { singleReader } from './single-reader.ts'
import { entryOf } from './wire.ts'

// Measured with `appendfsync always`: 4 append 1.3 to 1.5 times as fast as 1, 2 lie between.
const writerConnections = 4

/** Options of `redisEventStore`. */
export type RedisEventStoreOptions<E extends AnyEvent> = {
  readonly redis: RedisSettings
  readonly catalog: Catalog<E>
  /** Named in CLIENT LIST and in member names, e.g. `order`. */
  readonly clientName: string
  /** Partitions of every topic, 1 to 256; fixed when a topic is created. Default 8. */
  readonly partitions?: number
  /**
   * How much memory of this process `execute` may use to remember the states of the entities that it decided on last, in
   * bytes, so that it need not read them again. Default 16 MiB; 0 remembers none.
   */
  readonly stateCacheBytes?: number
  /** What a resolved append promises. Default `fsync`. */
  readonly durability?: Durability
  /**
   * States what Redis' `appendfsync` is, with `no-appendfsync-on-rewrite no`, where this user may not read CONFIG; it is
   * believed. Default: CONFIG is asked, and where that is refused Redis must be 7.2 or newer, and confirms `fsync` by WAITAOF.
   */
  readonly appendfsync?: AppendFsync
  /**
   * Topics that this process creates where they are absent, and others that it needs: it is not ready until whoever writes
   * to them has created them. Default: it creates all of the catalog.
   */
  readonly topics?: { readonly creates: readonly string[]; readonly awaits: readonly string[] }
  /**
   * Where `archive` has put the log: events that were trimmed from Redis are read there, so no reader notices. Without it
   * a read that needs one of them rejects with `internal`.
   */
  readonly archive?: Objects
  /** Notified of the store's work. Default: problems are written to stderr, one line each, and nothing else is reported. */
  readonly observer?: Observer
}

/** The event store on Redis, with what only a server can offer. */
export type RedisEventStore<E extends AnyEvent = AnyEvent> = EventStore<E> & {
  /**
   * Resolves once Redis is reached and fits; an unfit or absent one is tried again until `close`.
   *
   * @throws AppError `unavailable` that says what is wrong, as `health` does, when `timeoutMs`, `signal` or `close` ends the
   *   wait; without them it waits without limit.
   */
  ready(options?: ReadyOptions): Promise<void>
  /** Ready while Redis is reached and fits, and every consumer group that was started here is heard. */
  health(): StoreHealth
  /**
   * Runs a member that archives the log: it adds to `objects` what is behind the end of the archive there, partition by
   * partition, in segments of `docs/archive-format.md`, and, if `trim` is given, takes out of Redis what is archived.
   * Members, in as many processes as wanted, share the partitions by leases. See `ArchiveOptions`.
   */
  archive(options: ArchiveOptions): RunningArchiver
  /**
   * Puts the log back from its archive, into a Redis that has nothing or the beginning of it, while no service runs: entries
   * as they were, versions, and the cursors and parked keys that were archived with them (`ArchiveOptions.cursorsOf`).
   * With `ontoBackup` also into one that was started from a backup of itself, which has the archive's beginning, or in some
   * partitions more than the archive: what it lacks is added. May be repeated. Rows are built anew by their projections. Command ids are not archived: a command that is repeated
   * after a restore is decided again.
   *
   * @throws AppError `conflict` when Redis has another history; `invalid` when the archive is broken, or of another
   *   number of partitions. What was restored before stays.
   */
  restore(options: RestoreOptions): Promise<readonly RestoredPartition[]>
  /**
   * Sets aside the end of an archive that is of a former history, as after a restore to the past or a failover that lost
   * events: what is beyond the last event that log and archive share is moved below `cut/<time>/`, and archiving goes on from
   * there. While no service runs: processes remember what they have read of an archive by its name.
   *
   * @returns the partitions that were cut. @throws AppError `conflict` when log and archive share nothing.
   */
  cutArchive(objects: Objects): Promise<readonly CutPartition[]>
  readonly ops: Operations
}

/**
 * Opens the store. Returns at once and connects in the background; until then calls reject with `unavailable`.
 *
 * Four connections serve the appends of a process (on a Cluster one to each node), one its loads (a WAIT would hold
 * them up), one its consumer groups, one its queries. Each subscription has one more for its blocking reads; on a Cluster, one each partition it owns.
 *
 * @throws AppError `invalid` when the options are wrong.
 */
export function redisEventStore<E extends AnyEvent>(options: RedisEventStoreOptions<E>): RedisEventStore<E> {
  const {
    redis: settings,
    catalog,
    clientName,
    partitions = 8,
    stateCacheBytes = defaultStateCacheBytes,
    durability = 'fsync',
    appendfsync,
    topics = { creates: catalog.topics, awaits: [] },
    archive: objects,
    observer = problemsOnStderr(),
  } = options
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > 256)
    throw new AppError(
      'invalid',
      `open event store: ${partitions} partitions, expected a whole number from 1 to 256`,
    )
  if (!Number.isSafeInteger(stateCacheBytes) || stateCacheBytes < 0)
    throw new AppError(
      'invalid',
      `open event store: stateCacheBytes is ${stateCacheBytes}, expected a whole number from 0`,
    )
  const onDenied = tellDenied((sentence) => observer.log?.('error', sentence, {}))
  const open = (role: string) => connect(settings, `${clientName}-${role}`, { onDenied })
  const openPipelined = (role: string) =>
    connect(settings, `${clientName}-${role}`, { pipelined: true, onDenied })
  const writers = Array.from({ length: settings.cluster ? 1 : writerConnections }, () => open('log'))
  const grouped = open('groups')
  const [loads, queries] = [openPipelined('loads'), openPipelined('queries')]
  const fit = readiness(writers, { durability, appendfsync, ...topics, partitions, observer })
  const archived = objects
    ? observedArchive(archivedLog(objects, entryOf, blockCacheBytes, observer), observer)
    : noArchive
  const hotStart = hotStarts(loads)
  const log = logThrough(redisLog(loads, appender(writers, fit.confirmation)), archived, hotStart)
  const versions = redisVersions(queries)
  const openReader = (reconnected: () => void) =>
    settings.cluster
      ? clusterReader(
          (key) =>
            connectToMasterOf(grouped, key, connectionOptions(settings, `${clientName}-reader`, onDenied)),
          reconnected,
        )
      : singleReader(grouped, open('reader'), reconnected)
  const replicas = typeof durability === 'object' ? durability.replicated : 0
  const groups = groupsThrough(redisGroups(grouped, openReader, replicas), archived, hotStart)
  const parts = { log, groups, versions, queryRows: redisRows(queries) }
  const archiving = {
    redis: loads,
    groups,
    versions,
    clientName,
    topics: catalog.topics,
    partitions,
    observer,
  }
  const running = new Set<RunningMember>()
  const store = storeFrom(parts, { catalog, clientName, partitions, stateCacheBytes, observer, running })
  const silent = { ready: false, problem: 'a consumer group has not been heard for two leases' }
  return {
    ...store,
    async ready(options) {
      await fit.ready(options)
      // The others may come a moment later, and what is asked over them until then is refused.
      const reached = (connection: typeof queries) => answerTo('reach Redis', connection.ping())
      const others = [loads, grouped, queries]
      await Promise.all(others.map((one) => retry(() => reached(one), whileUnavailable(2_000))))
    },
    health() {
      const health = fit.health()
      return health.ready && [...running].some((member) => !member.healthy()) ? silent : health
    },
    archive: (options) => startedIn(running, startArchiver(archiving, options)),
    async restore(options) {
      const restored: RestoredPartition[] = []
      for (const at of allPartitions(options.topics ?? catalog.topics, partitions))
        restored.push(await restorePartition(loads, options, at, partitions))
      return restored
    },
    cutArchive: (objects) => cutArchive(loads, objects, allPartitions(catalog.topics, partitions)),
    ops: redisOperations(queries, log, archived, versions, partitions, (at, entry) =>
      decode(catalog, at, entry),
    ),
    async close() {
      await store.close()
      fit.stop()
      for (const connection of [...writers, loads, grouped, queries]) connection.disconnect()
    },
  }
}
