import type { RedisEventStore } from '@ordershop/event-store'
import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { allPartitions } from '../src/log/partition.ts'
import { writeRow } from '../src/memory/memory-rows.ts'
import type { Row } from '../src/memory/state.ts'
import { keys } from '../src/redis/keys.ts'
import { type LedgerEvent, ledger, ledgerRows } from '../src/testing/ledger.ts'

/** All rows of one version of the ledger projection, as Redis has them: key → content. */
export async function rowsOnRedis(redis: Redis, version = 1): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {}
  for (const key of (await redis.keys(`*}:ledger.v${version}*`)).sort()) {
    if (/^(sub|parked|replay|members)/.test(key)) continue
    const name = key.replace(`ledger.v${version}`, 'ledger')
    const type = await redis.type(key)
    if (type === 'set') rows[name] = (await redis.smembers(key)).sort()
    else if (type === 'list') rows[name] = await redis.lrange(key, 0, -1)
    else rows[name] = Object.fromEntries(Object.entries(await redis.hgetall(key)).sort())
  }
  return rows
}

/** The rows that a fold of the whole log gives, by the row writer of the memory store. */
async function rowsFolded(store: RedisEventStore<LedgerEvent>): Promise<Record<string, unknown>> {
  const folded: Record<string, unknown> = {}
  for (const at of allPartitions(ledger.topics, store.partitions)) {
    const rows = new Map<string, Row>()
    const names = new Set<string>()
    for await (const event of store.readTopic(at.topic, at.partition))
      for (const write of ledgerRows(event)) {
        names.add(write[1])
        writeRow(rows, 'g', write)
      }
    for (const name of names) {
      const row = rows.get(`g/${name}`)
      if (row === undefined) continue
      const key = keys.row(at, 'ledger', name)
      if (row instanceof Set) folded[key] = [...row].sort()
      else folded[key] = row instanceof Map ? Object.fromEntries([...row].sort()) : row
    }
  }
  return folded
}

/** Fails unless the rows on Redis are those that a fold of the log gives. */
export async function expectRowsEqualFold(
  redis: Redis,
  store: RedisEventStore<LedgerEvent>,
  version = 1,
): Promise<void> {
  const folded = await rowsFolded(store)
  expect(Object.keys(folded).length).toBeGreaterThan(0)
  expect(sorted(await rowsOnRedis(redis, version))).toEqual(sorted(folded))
}

const sorted = (rows: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1)))
