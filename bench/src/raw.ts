// What a program would write that has only ioredis and keeps the same bytes, without any of the guarantees.

import { newId } from '@ordershop/core/id'
import type { RedisClientType as NodeRedis } from '@redis/client'
import { Redis } from 'ioredis'
import { during, type Load } from './load.ts'
import type { Work } from './things.ts'

const streams = 8
const names = Array.from({ length: streams }, (_, k) => `raw:${k}`)
let position = 0

type Event = { readonly type: string; readonly data: unknown }

/** The fields that our log has. */
function entry({ type, data }: Event, entity: string, version: number): (string | number)[] {
  const head = ['position', ++position, 'event_id', newId(), 'entity', entity, 'version', version, 'prev', '']
  const meta = JSON.stringify({ c: `create:${entity}` })
  return [...head, 'type', type, 'meta', meta, 'data', JSON.stringify(data)]
}

/** XADD of each event, spread over as many streams as we have partitions; a batch is a pipeline. Events per second. */
export async function xadd(
  redis: Redis,
  { ms, concurrency, batch }: Load,
  event: () => Event,
): Promise<number> {
  const appends = await during(ms, concurrency, async () => {
    if (batch === 1) return addOne(redis, event())
    const entity = newId()
    const stream = names[position % streams] as string
    const pipeline = redis.pipeline()
    for (let version = 1; version <= batch; version++)
      pipeline.xadd(stream, '*', ...entry(event(), entity, version))
    return pipeline.exec()
  })
  return appends * batch
}

export function addOne(redis: Redis, event: Event): Promise<unknown> {
  return redis.xadd(names[position % streams] as string, '*', ...entry(event, newId(), 1))
}

export async function fill(redis: Redis, count: number, event: () => Event): Promise<void> {
  for (let done = 0; done < count; ) {
    const pipeline = redis.pipeline()
    for (const end = Math.min(count, done + 500); done < end; done++)
      pipeline.xadd(names[done % streams] as string, '*', ...entry(event(), newId(), 1))
    await pipeline.exec()
  }
}

type Entries = [name: string, entries: [id: string, fields: string[]][]][]

/** XREADGROUP COUNT 256 of all streams, JSON.parse of the data, `work` for all of a stream at once, XACK. Events per second. */
export async function xreadgroup(redis: Redis, count: number, work: Work): Promise<number> {
  const group = newId()
  for (const name of names) await redis.xgroup('CREATE', name, group, '0', 'MKSTREAM')
  let handled = 0
  const started = performance.now()
  while (handled < count)
    for (const [name, entries] of await readGroup(redis, group)) {
      for (const [, fields] of entries) JSON.parse(fields[15] as string)
      if (work) await Promise.all(entries.map(work))
      await redis.xack(name, group, ...entries.map(([id]) => id))
      handled += entries.length
    }
  const perSecond = handled / ((performance.now() - started) / 1_000)
  for (const name of names) await redis.xgroup('DESTROY', name, group)
  return perSecond
}

async function readGroup(redis: Redis, group: string, ...block: ['BLOCK', number] | []): Promise<Entries> {
  const words = ['GROUP', group, 'one', 'COUNT', 256, ...block, 'STREAMS', ...names, ...names.map(() => '>')]
  return ((await redis.xreadgroup(...(words as unknown as Parameters<Redis['xreadgroup']>))) ?? []) as Entries
}

/** Hands the time at which each event was sent to `arrived`, until the signal. */
export async function follow(
  url: string,
  signal: AbortSignal,
  arrived: (data: { at: number }) => void,
): Promise<void> {
  const [reader, acks] = [new Redis(url), new Redis(url)]
  for (const name of names) await acks.xgroup('CREATE', name, 'follow', '$', 'MKSTREAM')
  while (!signal.aborted)
    for (const [name, entries] of await readGroup(reader, 'follow', 'BLOCK', 100)) {
      for (const [, fields] of entries) arrived(JSON.parse(fields[15] as string))
      await acks.xack(name, 'follow', ...entries.map(([id]) => id))
    }
  reader.disconnect()
  acks.disconnect()
}

type Page = [id: string, fields: string[]][]
type ReadPage = (stream: string, from: string) => Promise<Page>

/** XRANGE in pages of 512, as ours reads, and JSON.parse of the data. Events per second. */
export const xrange = (redis: Redis, count: number): Promise<number> =>
  readAll((stream, from) => redis.xrange(stream, from, '+', 'COUNT', 512), count)

/** The same through node-redis, whose reply decoder shares nothing with that of ioredis. Events per second. */
export const xrangeByNodeRedis = (redis: NodeRedis, count: number): Promise<number> =>
  readAll((stream, from) => redis.sendCommand<Page>(['XRANGE', stream, from, '+', 'COUNT', '512']), count)

async function readAll(readPage: ReadPage, count: number): Promise<number> {
  let read = 0
  const started = performance.now()
  for (const name of names)
    for (let from = '-'; ; ) {
      const page = await readPage(name, from)
      for (const [, fields] of page) JSON.parse(fields[15] as string)
      read += page.length
      const last = page.at(-1)
      if (!last || page.length < 512) break
      from = `(${last[0]}`
    }
  if (read !== count) throw new Error(`xrange read ${read} events, expected ${count}`)
  return count / ((performance.now() - started) / 1_000)
}
