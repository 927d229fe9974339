import { AppError } from '@ordershop/core'
import calculateSlot from 'cluster-key-slot'
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { hostAndPort } from './address.ts'
import { type ScriptedRedis, scripts } from './scripts.ts'

/** Opens a connection to every node of a Cluster, see `connect`. Commands of one key go to its slot's master. */
export function openCluster(nodes: readonly string[], options: RedisOptions): Cluster {
  const { enableAutoPipelining, retryStrategy, enableOfflineQueue, keyPrefix, ...redisOptions } = options
  const cluster = new Cluster(nodes.map(hostAndPort), {
    redisOptions,
    scripts: { ...scripts },
    ...(enableAutoPipelining === undefined ? {} : { enableAutoPipelining }),
    ...(keyPrefix === undefined ? {} : { keyPrefix }),
    enableOfflineQueue: false,
    clusterRetryStrategy: (times) => Math.min(50 * times, 1_000),
    clusterNodeRetryStrategy: () => 200,
    // With a delay here, what was sent to a master that died is sent again to the next (measured: two events).
    retryDelayOnFailover: 0,
    slotsRefreshTimeout: 2_000,
  })
  // Nothing else detects a failover when there is no traffic. Not by ioredis' slotsRefreshInterval: a refresh under way when
  // the connection is closed sets the next timer all the same, and the process never ends.
  const refreshing = setInterval(() => cluster.refreshSlotsCache(), slotsRefreshMs).unref()
  cluster.once('end', () => clearInterval(refreshing))
  return cluster
}

const slotsRefreshMs = 5_000

/** The masters that hold the data: every one of a Cluster, else the connection itself. */
export function mastersOf(redis: ScriptedRedis): ScriptedRedis[] {
  return redis.isCluster ? ((redis as unknown as Cluster).nodes('master') as ScriptedRedis[]) : [redis]
}

/** What ioredis puts before every key that it is given, and leaves before every key in an answer. */
export function prefixOf(redis: ScriptedRedis): string {
  return redis.options.keyPrefix ?? ''
}

/**
 * Opens a connection of its own to the master that holds `key` now.
 *
 * @throws AppError `unavailable` while no master is known for it.
 */
export function connectToMasterOf(cluster: ScriptedRedis, key: string, options: RedisOptions): ScriptedRedis {
  const [master] = (cluster as unknown as Cluster).slots[calculateSlot(prefixOf(cluster) + key)] ?? []
  if (!master)
    throw new AppError('unavailable', `connect to the master of ${key}: no node is known to hold it`)
  const redis = new Redis({
    ...options,
    ...hostAndPort(master),
    retryStrategy: () => null,
    enableOfflineQueue: true,
  })
  redis.on('error', () => {})
  return redis as ScriptedRedis
}
