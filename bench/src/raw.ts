import type { Redis } from 'ioredis'
import { uuidv7 } from 'uuidv7'
import { concurrently } from './concurrently.ts'
import { orderCreated } from './orders.ts'

/** XADD of an entry of the same fields and bytes as our log's, made on the spot, spread over as many streams. Events per second. */
export function xadd(redis: Redis, count: number, concurrency: number, streams: number): Promise<number> {
  let position = 0
  return concurrently(count, concurrency, async () => {
    const { type, data } = orderCreated()
    const stream = `raw:${position++ % streams}`
    const meta = JSON.stringify({ c: `create:${data.order_id}` })
    const head = [
      'position',
      position,
      'event_id',
      uuidv7(),
      'entity',
      data.order_id,
      'version',
      1,
      'prev',
      '',
    ]
    await redis.xadd(stream, '*', ...head, 'type', type, 'meta', meta, 'data', JSON.stringify(data))
  })
}

/** XREADGROUP COUNT 256, JSON.parse of the data, XACK. Events per second. */
export async function xreadgroup(redis: Redis, count: number, streams: number): Promise<number> {
  const names = Array.from({ length: streams }, (_, k) => `raw:${k}`)
  for (const name of names) await redis.xgroup('CREATE', name, 'raw', '0')
  let handled = 0
  const started = performance.now()
  while (handled < count) {
    const answer = (await redis.xreadgroup(
      ...([
        'GROUP',
        'raw',
        'one',
        'COUNT',
        256,
        'STREAMS',
        ...names,
        ...names.map(() => '>'),
      ] as unknown as Parameters<Redis['xreadgroup']>),
    )) as [string, [string, string[]][]][]
    for (const [name, entries] of answer) {
      for (const [, fields] of entries) JSON.parse(fields[15] as string)
      handled += entries.length
      await redis.xack(name, 'raw', ...entries.map(([id]) => id))
    }
  }
  for (const name of names) await redis.xgroup('DESTROY', name, 'raw')
  return count / ((performance.now() - started) / 1_000)
}

/** XRANGE in pages of 512 and JSON.parse of the data. Events per second. */
export async function xrange(redis: Redis, count: number, streams: number): Promise<number> {
  let read = 0
  const started = performance.now()
  for (let k = 0; k < streams; k++)
    for (let from = '-'; ; ) {
      const page = await redis.xrange(`raw:${k}`, from, '+', 'COUNT', 512)
      for (const [, fields] of page) JSON.parse(fields[15] as string)
      read += page.length
      const last = page.at(-1)
      if (!last || page.length < 512) break
      from = `(${last[0]}`
    }
  if (read !== count) throw new Error(`xrange read ${read} events, expected ${count}`)
  return count / ((performance.now() - started) / 1_000)
}
