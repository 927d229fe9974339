import { AppError } from '@ordershop/core'
import { redisError, silenceMs } from './connection.ts'
import { keys, type PartitionId, partitionName } from './keys.ts'
import { limits } from './limits.ts'
import type { WireAppend } from './log.ts'
import type { ScriptedRedis } from './scripts.ts'

/** How a round of appends is confirmed beyond Redis' reply: not at all, or by WAIT or WAITAOF behind it. */
export type Confirmation = { readonly command: 'WAIT' | 'WAITAOF'; readonly needed: number }

// Below `silenceMs`, or a slow replica would look like a dead connection.
const confirmMs = silenceMs - 1_000

type Waiting = { append: WireAppend; resolve: (answer: string) => void; reject: (error: AppError) => void }
type Queue = { at: PartitionId; keys: string[]; waiting: Waiting[] }

/**
 * Sends appends; those that wait for the same partition travel together in one call of `append.lua`, and all calls of
 * a round, with one confirmation behind them, in one pipeline (group commit).
 *
 * @returns a function that sends one append once and resolves with its answer, or rejects with `unavailable`.
 */
export function appender(redis: ScriptedRedis, confirmation: () => Confirmation | undefined) {
  const queues = new Map<string, Queue>()
  let scheduled = false

  function flush(): void {
    scheduled = false
    const calls: { queue: Queue; batch: Waiting[] }[] = []
    for (const queue of queues.values())
      while (queue.waiting.length > 0) calls.push({ queue, batch: takeBatch(queue.waiting) })
    if (calls.length > 0) void send(calls)
  }

  async function send(calls: { queue: Queue; batch: Waiting[] }[]): Promise<void> {
    const confirm = confirmation()
    const pipeline = redis.pipeline()
    for (const { queue, batch } of calls) {
      const argv = [...queue.keys]
      for (const { append } of batch) {
        argv.push(append.commandId, append.entityId, append.expected, String(append.events.length / 4))
        for (const value of append.events) argv.push(value)
      }
      ;(pipeline as unknown as ScriptedRedis).appendEvents(...argv)
    }
    if (confirm?.command === 'WAIT') pipeline.wait(confirm.needed, confirmMs)
    if (confirm?.command === 'WAITAOF') pipeline.call('WAITAOF', '1', '0', String(confirmMs))
    const results = await pipeline.exec().catch((error: Error) => calls.map(() => [error, null] as const))
    const unconfirmed = confirm && confirmationProblem(confirm, results?.[calls.length])
    calls.forEach(({ batch }, k) => {
      const [error, answers] = results?.[k] ?? [new Error('no answer'), null]
      const problem = error ? redisError('append', error) : unconfirmed
      if (problem) for (const { reject } of batch) reject(problem)
      else for (const [j, { resolve }] of batch.entries()) resolve((answers as string[])[j] as string)
    })
  }

  return (at: PartitionId, append: WireAppend): Promise<string> =>
    new Promise((resolve, reject) => {
      const name = partitionName(at)
      let queue = queues.get(name)
      if (!queue) {
        const kinds = [keys.events, keys.versions, keys.head, keys.idem, keys.idemOld]
        queue = { at, keys: kinds.map((key) => key(at)), waiting: [] }
        queues.set(name, queue)
      }
      queue.waiting.push({ append, resolve, reject })
      if (scheduled) return
      scheduled = true
      setImmediate(flush)
    })
}

/** Takes from the front as many appends as one call may hold. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  let taken = 0
  let events = 0
  let bytes = 0
  for (const { append } of waiting) {
    events += append.events.length / 4
    bytes += append.bytes
    const full =
      taken === limits.appendsPerCall || events > limits.eventsPerCall || bytes > limits.bytesPerCall
    if (full && taken > 0) break
    taken++
  }
  return waiting.splice(0, taken)
}

function confirmationProblem(
  { command, needed }: Confirmation,
  result: readonly [Error | null, unknown] | undefined,
): AppError | undefined {
  const [error, answer] = result ?? [new Error('no answer'), null]
  if (error) return redisError(command, error)
  const reached = Number(command === 'WAITAOF' ? (answer as unknown[])[0] : answer)
  const wanted = command === 'WAITAOF' ? 1 : needed
  if (reached >= wanted) return undefined
  const what = command === 'WAITAOF' ? 'disks' : 'replicas'
  return new AppError(
    'unavailable',
    `append: ${reached} ${what} confirmed within ${confirmMs} ms, expected ${wanted}; the outcome is unknown until the command is repeated`,
  )
}
