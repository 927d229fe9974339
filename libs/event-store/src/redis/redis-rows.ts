import type { Redis } from 'ioredis'
import type { QueryRows, RowQuery } from '../rows/row.ts'
import { redisError } from './connection.ts'
import { keys } from './keys.ts'

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
