import type { Redis } from 'ioredis'
import { redisError } from '../log/connection.ts'
import { keys } from '../log/keys.ts'
import type { QueryRows } from './entity-cache.ts'
import type { RowQuery } from './projection.ts'

/** Row queries on Redis, over a connection that pipelines. */
export function redisRows(redis: Redis): QueryRows {
  const ask = (group: string, { command, row, args = [], ...at }: RowQuery) => {
    const key = keys.row(at, group, row)
    return command === 'HGETALL' ? redis.hgetall(key) : redis.call(command, key, ...args)
  }
  return (group, queries) =>
    Promise.all(queries.map((query) => ask(group, query))).catch((error: unknown) => {
      throw redisError('read rows', error)
    })
}
