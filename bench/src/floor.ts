// What an append cannot do without: our entry added by a script that gathers as ours does, and looks at nothing: no version,
// no command id, no position. What ours costs beyond it is what its promises cost.
import { newId } from '@ordershop/core/id'
import type { Redis } from 'ioredis'
import { during, type Load } from './load.ts'

const streams = 8
const callsUnderWay = 4

const lua = `
for k = 1, #ARGV, 2 do redis.call('XADD', KEYS[1], '*', 'event/2', ARGV[k], 'data', ARGV[k + 1]) end
return #ARGV / 2`

type Event = { readonly type: string; readonly data: unknown }
type Queue = { readonly waiting: { words: string[]; done: () => void }[]; underWay: number }

/** Events per second. */
export async function scriptedXadd(
  redis: Redis,
  { ms, concurrency }: Load,
  event: () => Event,
): Promise<number> {
  const sha = (await redis.script('LOAD', lua)) as string
  const queues = Array.from({ length: streams }, (): Queue => ({ waiting: [], underWay: 0 }))
  const due = new Set<number>()
  let next = 0

  function flush(): void {
    for (const k of due) void send(k)
    due.clear()
  }

  function schedule(k: number): void {
    if (due.size === 0) setImmediate(flush)
    due.add(k)
  }

  async function send(k: number): Promise<void> {
    const queue = queues[k] as Queue
    if (queue.waiting.length === 0 || queue.underWay >= callsUnderWay) return
    queue.underWay++
    const batch = queue.waiting.splice(0)
    await redis.evalsha(sha, 1, `floor:${k}`, ...batch.flatMap(({ words }) => words))
    for (const { done } of batch) done()
    queue.underWay--
    if (queue.waiting.length > 0) schedule(k)
  }

  return during(ms, concurrency, () => {
    const { type, data } = event()
    const id = newId()
    const words = [`${type} ${id} ${newId()} 1 1 - {"c":"create:${id}"}`, JSON.stringify(data)]
    const k = next++ % streams
    return new Promise<void>((done) => {
      queues[k]?.waiting.push({ words, done })
      schedule(k)
    })
  })
}
