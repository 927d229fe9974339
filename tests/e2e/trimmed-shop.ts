// A shop of a file's own that keeps next to nothing of its log in Redis. Its services read the archive over HTTP, as on a
// cluster; whoever kills the archiver takes it from them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { each } from '@ordershop/check/client'
import { eventCount, type Mark } from '@ordershop/check/log'
import { catalog } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { startRedis } from '@ordershop/event-store/testing'
import type { Redis } from 'ioredis'
import { afterAll, expect } from 'vitest'
import { openOwnShop, type Shop } from './shop.ts'

type TrimmedShop = Shop & {
  readonly redis: Redis
  /** Events that Redis has; the others are in the archive. */
  inRedis(): Promise<number>
  /** Waits until at most a quarter of all events is in Redis; returns how many are. */
  trimmed(): Promise<string>
  /** How many events of a topic have left Redis that came after a mark. */
  trimmedBeyond(topic: string, from: Mark): Promise<number>
}

/** @param keepEvents of each partition; up to a segment, ten events, more stay. */
export async function openTrimmedShop(keepEvents: number): Promise<TrimmedShop> {
  // An entry leaves a stream together with those of its node: so each has one of its own.
  const server = await startRedis('--stream-node-max-entries', '1')
  const folder = mkdtempSync(join(tmpdir(), 'archive-'))
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const shop = await openOwnShop('trimming', {
    ...{ REDIS_URL: server.url, ARCHIVE_URL: pathToFileURL(folder).href, SHOP_ARCHIVE: 'served' },
    ...{ ARCHIVE_KEEP_EVENTS: String(keepEvents), ARCHIVE_SEAL_MS: '200', ARCHIVE_SEGMENT_EVENTS: '10' },
  })
  const { client: redis } = server
  const partitions = each(shop.store.partitions, (n) => n)

  async function inRedis(): Promise<number> {
    const streams = catalog.topics.flatMap((topic) => partitions.map((n) => `events:{${topic}:${n}}`))
    return sum(await Promise.all(streams.map((stream) => redis.xlen(stream))))
  }

  return {
    ...shop,
    redis,
    inRedis,
    async trimmed() {
      const few = async () => expect(await inRedis()).toBeLessThan((await eventCount(shop.store)) / 4)
      await eventually(few, { withinMs: 20_000 })
      return `${await inRedis()} of ${await eventCount(shop.store)} events in Redis`
    },
    async trimmedBeyond(topic, from) {
      const beyond = partitions.map(async (n) => {
        const gone = Number(await redis.hget(`head:{${topic}:${n}}`, 'trimmed'))
        return Math.max(0, gone - (from.get(`${topic}:${n}`) ?? 0))
      })
      return sum(await Promise.all(beyond))
    },
  }
}

const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0)
