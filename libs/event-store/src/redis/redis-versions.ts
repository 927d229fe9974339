import { projectionGroup, stopKeepingMs, type VersionStore } from '../projections/versions.ts'
import { mastersOf, prefixOf } from './cluster.ts'
import { redisError } from './connection.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'

/** Versions of projections on Redis, over a connection that pipelines. */
export function redisVersions(redis: ScriptedRedis): VersionStore {
  const failed =
    (attempted: string) =>
    (error: unknown): never => {
      throw redisError(attempted, error)
    }
  const number = (value: string | null | undefined) => (value ? Number(value) : null)

  return {
    async versions(projection) {
      const key = keys.projection(projection)
      const read = redis
        .hmget(key, 'live', 'building', 'retiring', 'retire_at')
        .catch(failed('read versions'))
      const [[live, building, retiring, retireAt], [seconds, micros]] = await Promise.all([
        read,
        redis.time().catch(failed('read time')),
      ])
      const nowMs = Number(seconds) * 1_000 + Number(micros) / 1_000
      return {
        live: number(live) ?? 1,
        building: number(building),
        retiring: number(retiring),
        retirable: nowMs >= (number(retireAt) ?? Number.POSITIVE_INFINITY),
        deletable: nowMs >= (number(retireAt) ?? Number.POSITIVE_INFINITY) + stopKeepingMs,
      }
    },

    async startBuilding(projection, version) {
      const set = redis.hsetnx(keys.projection(projection), 'building', version)
      return (await set.catch(failed('start rebuild'))) === 1
    },

    async switchTo(projection, version, keepMs) {
      const key = keys.projection(projection)
      return (await redis.switchVersion(key, version, keepMs).catch(failed('switch version'))) === 1
    },

    async positions(group, partitions) {
      const asked = partitions.map((at) => redis.hget(keys.subscription(at, group), 'position'))
      return (await Promise.all(asked).catch(failed('read positions'))).map(Number)
    },

    async heads(partitions) {
      const asked = partitions.map((at) => redis.hget(keys.head(at), 'position'))
      return (await Promise.all(asked).catch(failed('read heads'))).map(Number)
    },

    async deleteVersion(projection, version, partitions) {
      const group = projectionGroup(projection, version)
      await unlinkMatching(redis, `*}:${group}`)
      await unlinkMatching(redis, `*}:${group}:*`)
      await redis.unlink(keys.members(group)).catch(failed('delete version'))
      // ioredis does not know which argument of XGROUP is a key, so it puts no prefix before it.
      for (const at of partitions)
        await redis
          .xgroup('DESTROY', prefixOf(redis) + keys.events(at), group)
          .catch(failed('delete version'))
      await redis.hdel(keys.projection(projection), 'retiring', 'retire_at').catch(failed('delete version'))
    },
  }
}

async function unlinkMatching(redis: ScriptedRedis, pattern: string): Promise<void> {
  const failed = (error: unknown): never => {
    throw redisError('delete version', error)
  }
  const prefix = prefixOf(redis)
  for (const master of mastersOf(redis))
    for (let cursor = '0'; ; ) {
      const [next, found] = await master.scan(cursor, 'MATCH', prefix + pattern, 'COUNT', 1_000).catch(failed)
      await Promise.all(found.map((key) => redis.unlink(key.slice(prefix.length)))).catch(failed)
      if (next === '0') break
      cursor = next
    }
}
