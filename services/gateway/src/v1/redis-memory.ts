import { connectRedis, type RedisSettings, redisError } from '@ordershop/event-store'
import type { IdempotencyStore } from './idempotency.ts'

/** Remembers idempotency keys in the shop's Redis. They are no events: they say nothing of the shop, and expire. */
export function redisMemory(settings: RedisSettings): IdempotencyStore & { close(): void } {
  const redis = connectRedis(settings, 'gateway-idempotency')
  const attempt = <T>(reply: Promise<T>) =>
    reply.catch((error: unknown) => {
      throw redisError('remember Idempotency-Key', error)
    })
  return {
    setIfAbsent: (name, value, keepMs) => attempt(redis.set(name, value, 'PX', keepMs, 'NX', 'GET')),
    async set(name, value, keepMs) {
      await attempt(redis.set(name, value, 'PX', keepMs))
    },
    get: (name) => attempt(redis.get(name)),
    async delete(name) {
      await attempt(redis.del(name))
    },
    close: () => redis.disconnect(),
  }
}
