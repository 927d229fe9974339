import { catalog, type ShopEvent } from '@ordershop/contracts'
import { type RedisEventStore, redisEventStore } from '@ordershop/event-store'
import { baseSchema, parseConfig } from '@ordershop/service'
import { storeSettings } from './store-settings.ts'

const readyWithinMs = 5_000

/**
 * Runs `work` with the shop's event store, then closes it.
 *
 * @param env says where Redis is, as to a service: `REDIS_URL` and its like; by default `redis://127.0.0.1:6379`.
 * @throws AppError `unavailable` saying what is wrong when the store is not ready within 5 s; what `work` throws.
 */
export async function withStore<T>(
  env: NodeJS.ProcessEnv,
  work: (store: RedisEventStore<ShopEvent>) => Promise<T>,
): Promise<T> {
  const config = parseConfig(baseSchema, { PORT: '0', ...env })
  const store = redisEventStore({ catalog, clientName: 'ops', ...storeSettings(config) })
  try {
    await store.ready({ timeoutMs: readyWithinMs })
    return await work(store)
  } finally {
    await store.close()
  }
}
