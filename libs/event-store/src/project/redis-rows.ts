import type { Redis } from 'ioredis'
import { redisError } from '../log/connection.ts'
import { keys } from '../log/keys.ts'
import type { QueryRows } from './entity-cache.ts'

/** Row queries on Redis. */
export function redisRows(redis: Redis): QueryRows {
  return async (group, queries) => {
    const pipeline = redis.pipeline()
    for (const { command, row, args = [], ...at } of queries) {
      const key = keys.row(at, group, row)
      if (command === 'HGETALL') pipeline.hgetall(key)
      else pipeline.call(command, key, ...args)
    }
    const answers = await pipeline.exec().catch((error: unknown) => {
      throw redisError('read rows', error)
    })
    return (answers ?? []).map(([error, answer]) => {
      if (error) throw redisError('read rows', error)
      return answer
    })
  }
}
