// What the rows of a projection are, whatever store they lie in.

/**
 * One write to a row of the entity cache: a Redis command with the row's name in the place of the key.
 * A row's name is its kind, and an id where there are many: `order_ids`, `order_entity:0199c1e2-…`. Its key is
 * `order_ids:{order:3}:read-model.v1`, `order_entity:{order:3}:read-model.v1:0199c1e2-…`: the slot of the event that
 * wrote it, and the projection's name and version.
 *
 * `HINCRBY row field delta` adds a safe integer to a field, 0 where there is none: exact, as each event's rows are
 * written once. A balance that keeps to its key's own row is right whatever other keys have parked.
 *
 * `UNLIST row source suffix [field]` is none of Redis' own: it removes from a sorted set each member `<value><suffix>`, where
 * the values are those of another row, as it is by then: of the List `source`, or of one field of the Hash `source`. So an
 * event takes an entity out of an index without knowing what it was listed under; `source` is written after that.
 */
export type RowWrite = readonly [
  command: 'HSET' | 'HINCRBY' | 'HDEL' | 'DEL' | 'SADD' | 'SREM' | 'RPUSH' | 'ZADD' | 'ZREM' | 'UNLIST',
  row: string,
  ...args: (string | number)[],
]

/** One read of a row. */
export type RowQuery = {
  readonly command: 'HGETALL' | 'HMGET' | 'SMEMBERS' | 'SCARD' | 'LRANGE' | 'ZRANGE' | 'ZCARD'
  readonly topic: string
  readonly partition: number
  /** Named as in `RowWrite`. */
  readonly row: string
  readonly args?: readonly (string | number)[]
}

/** Answers row queries of one version's group in one round trip. */
export type QueryRows = (group: string, queries: readonly RowQuery[]) => Promise<unknown[]>
