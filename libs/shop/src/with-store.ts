import { catalog, type ShopEvent } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { type RedisEventStore, redisEventStore } from '@ordershop/event-store'
import { baseSchema, parseConfig, storeSettings } from '@ordershop/service'

const readyWithinMs = 5_000

/**
 * Runs `work` with the shop's event store: the one that `env` names, else that at `usualUrl`.
 *
 * @throws AppError `unavailable` saying what is wrong when the store is not ready within 5 s.
 */
export async function withStore<T>(
  env: NodeJS.ProcessEnv,
  usualUrl: string | undefined,
  work: (store: RedisEventStore<ShopEvent>) => Promise<T>,
): Promise<T> {
  const named = env.REDIS_URL || env.REDIS_SENTINELS || env.REDIS_CLUSTER_NODES || usualUrl === undefined
  const config = parseConfig(baseSchema, { PORT: '0', ...env, ...(named ? {} : { REDIS_URL: usualUrl }) })
  const store = redisEventStore({ catalog, clientName: 'ops', ...storeSettings(config) })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('unavailable', store.health().problem ?? 'Redis does not answer')),
      readyWithinMs,
    )
  })
  try {
    await Promise.race([store.ready(), late])
    return await work(store)
  } finally {
    clearTimeout(timer)
    await store.close()
  }
}
