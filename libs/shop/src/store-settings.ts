import type { RedisEventStoreOptions } from '@ordershop/event-store'
import type { BaseConfig, Logger } from '@ordershop/service'
import { archiveAt } from './archive.ts'

/** The options of `redisEventStore` that come from the environment. */
export type StoreSettings = Required<
  Pick<RedisEventStoreOptions<never>, 'redis' | 'partitions' | 'durability'>
> &
  Pick<RedisEventStoreOptions<never>, 'archive' | 'appendfsync'>

/** What the environment says of the store: spread it into its options. @param log is told of a key file that is bad later on. */
export function storeSettings(config: BaseConfig, log?: Logger): StoreSettings {
  const redis = {
    ...addressOf(config),
    ...(config.REDIS_USERNAME ? { username: config.REDIS_USERNAME } : {}),
    ...(config.REDIS_PASSWORD ? { password: config.REDIS_PASSWORD } : {}),
    ...(config.REDIS_PASSWORD_FILE ? { passwordFile: config.REDIS_PASSWORD_FILE } : {}),
    ...(config.REDIS_SENTINEL_PASSWORD ? { sentinelPassword: config.REDIS_SENTINEL_PASSWORD } : {}),
    ...(config.REDIS_TLS === 'on' ? { tls: true } : {}),
    ...(config.REDIS_CA_FILE ? { caFile: config.REDIS_CA_FILE } : {}),
    ...(config.REDIS_CERT_FILE ? { certFile: config.REDIS_CERT_FILE } : {}),
    ...(config.REDIS_KEY_FILE ? { keyFile: config.REDIS_KEY_FILE } : {}),
  }
  const archive = archiveAt(config, log)
  const { PARTITIONS: partitions, DURABILITY: durability, REDIS_APPENDFSYNC: appendfsync } = config
  return {
    redis,
    partitions,
    durability,
    ...(appendfsync ? { appendfsync } : {}),
    ...(archive ? { archive } : {}),
  }
}

/**
 * What the environment says of a subscription or projection: spread it into it. Draining HTTP takes at most half of
 * `STOP_MS`; handing partitions over gets less than the other half, so that a stop ends in time.
 */
export function groupSettings({ LEASE_MS, STOP_MS }: BaseConfig): { leaseMs: number; stopMs: number } {
  return { leaseMs: LEASE_MS, stopMs: Math.floor(0.4 * STOP_MS) }
}

function addressOf(config: BaseConfig): StoreSettings['redis'] {
  if (config.REDIS_CLUSTER_NODES) return { cluster: config.REDIS_CLUSTER_NODES }
  if (config.REDIS_SENTINELS)
    return { sentinels: config.REDIS_SENTINELS, masterName: config.REDIS_MASTER_NAME }
  return { url: config.REDIS_URL ?? 'redis://127.0.0.1:6379' }
}
