// BullMQ as its documentation has it for many small jobs: done jobs are removed, no attempts beyond the first.
import { type Job, Queue, Worker } from 'bullmq'
import { during, type Load } from './load.ts'
import type { Work } from './things.ts'

const options = { removeOnComplete: true, removeOnFail: true }
const name = 'bench'
/** The documentation's advice for work that waits is a high concurrency; more than this gained nothing here. */
const workers = 256

type Event = { readonly data: unknown }

export type Jobs = {
  /** Adds jobs one by one, or in bulks of `batch`. Jobs per second. */
  add(load: Load, event: () => Event): Promise<number>
  addOne(event: Event): Promise<unknown>
  fill(count: number, event: () => Event): Promise<void>
  /** One worker does all the jobs there are. Jobs per second. */
  process(count: number, work: Work): Promise<number>
  follow(signal: AbortSignal, arrived: (data: { at: number }) => void): Promise<void>
  close(): Promise<void>
}

export function bullmq(port: number): Jobs {
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null }
  const queue = new Queue(name, { connection })
  const bulk = (count: number, event: () => Event) =>
    queue.addBulk(Array.from({ length: count }, () => ({ name, data: event().data, opts: options })))
  const start = (job: (job: Job) => Promise<void>) =>
    new Worker(name, job, { connection, concurrency: workers, removeOnComplete: { count: 0 } })

  return {
    async add({ ms, concurrency, batch }, event) {
      const adds = await during(ms, concurrency, () =>
        batch === 1 ? queue.add(name, event().data, options) : bulk(batch, event),
      )
      return adds * batch
    },
    addOne: (event) => queue.add(name, event.data, options),
    async fill(count, event) {
      for (let left = count; left > 0; left -= 500) await bulk(Math.min(500, left), event)
    },
    async process(count, work) {
      let done = 0
      const all = Promise.withResolvers<void>()
      const started = performance.now()
      const worker = start(async () => {
        await work?.()
        if (++done === count) all.resolve()
      })
      await all.promise
      const perSecond = count / ((performance.now() - started) / 1_000)
      await worker.close()
      return perSecond
    },
    async follow(signal, arrived) {
      const worker = start(async ({ data }) => arrived(data))
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      await worker.close()
    },
    close: () => queue.close(),
  }
}
