import type { AppError } from '@ordershop/core'
import type { ArchivedRepeat, MaybeColdWrites } from '../archive/log-through.ts'
import { type PartitionId, partitionName } from '../event.ts'
import { limits } from '../log/limits.ts'
import type { AppendAnswer, EncodedAppend } from '../log/log.ts'
import { type Confirmation, runConfirmed, scriptOf } from './confirmed.ts'
import { redisError } from './connection.ts'
import { keys } from './keys.ts'
import { type ScriptedRedis, scripts } from './scripts.ts'
import { maybeColdOf, nameOf, spelled, wordsOf } from './wire.ts'

const script = scriptOf(scripts.appendEvents.lua)

// While Redis works on some, the next fill up. Measured at 256 concurrent: 1 leaves Redis and us waiting for each other,
// 8 only make the calls smaller.
const callsUnderWay = 4

type Answer = AppendAnswer | ArchivedRepeat | MaybeColdWrites
type Waiting = {
  append: EncodedAppend
  resolve: (answer: Answer) => void
  reject: (error: AppError) => void
}
type Queue = {
  readonly redis: ScriptedRedis
  readonly keys: readonly string[]
  readonly waiting: Waiting[]
  underWay: number
}

/**
 * Sends appends. Those that wait for the same partition travel together in one call of `append.lua`, with the
 * confirmation behind it (group commit); while calls of a partition are under way, further appends gather.
 *
 * @param connections a partition always uses the same one. Redis reads 16 KiB of a connection and then fsyncs what came
 *   of all, so with `appendfsync always` several connections share an fsync.
 * @param confirmation what a connection needs; throws `unavailable` while it is not known to be fit.
 * @returns a function that sends one append once and resolves with its answer, or rejects with `unavailable`.
 */
export function appender(
  connections: readonly ScriptedRedis[],
  confirmation: (redis: ScriptedRedis) => Confirmation | undefined,
) {
  const queues = new Map<string, Queue>()
  const due = new Set<Queue>()

  function schedule(queue: Queue): void {
    // Not at once: what is appended in this turn of the event loop goes along.
    if (due.size === 0) setImmediate(flush)
    due.add(queue)
  }

  function flush(): void {
    for (const queue of due)
      while (queue.waiting.length > 0 && queue.underWay < callsUnderWay)
        void send(queue, takeBatch(queue.waiting))
    due.clear()
  }

  async function send(queue: Queue, batch: Waiting[]): Promise<void> {
    queue.underWay++
    try {
      const answers = await call(queue, batch)
      for (const [k, { resolve }] of batch.entries()) resolve(parsed(answers[k] as string))
    } catch (error) {
      const problem = redisError('append', error)
      for (const { reject } of batch) reject(problem)
    }
    queue.underWay--
    if (queue.waiting.length > 0) schedule(queue)
  }

  async function call({ redis, keys: named }: Queue, batch: Waiting[]): Promise<string[]> {
    const confirm = confirmation(redis)
    const args: string[] = []
    for (const { append } of batch) {
      args.push(append.commandId, String(append.writes.length))
      for (const { entityId, expected, entries, lookedUp } of append.writes) {
        const entity = spelled(entityId)
        // What is to be new has one token, so the script need not compare numbers.
        const at = expected === 0 ? '0@' : String(expected)
        args.push(
          entity,
          lookedUp ? `${at}|${lookedUp.chilled}|${lookedUp.token}` : at,
          String(entries.length),
        )
        for (const entry of entries) args.push(...wordsOf(entity, entry))
      }
    }
    const answers = confirm
      ? runConfirmed(redis, { attempted: 'append', script, keys: named, args }, confirm)
      : redis.appendEvents(...named, ...args)
    return (await answers) as string[]
  }

  return (at: PartitionId, append: EncodedAppend): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const name = partitionName(at)
      let queue = queues.get(name)
      if (!queue) {
        const kinds = [keys.events, keys.versions, keys.head, keys.idem, keys.idemOld, keys.cold]
        const redis = connections[queues.size % connections.length] as ScriptedRedis
        queue = { redis, keys: kinds.map((key) => key(at)), waiting: [], underWay: 0 }
        queues.set(name, queue)
      }
      queue.waiting.push({ append, resolve, reject })
      schedule(queue)
    })
}

/** See `append.lua`. */
function parsed(answer: string): Answer {
  if (answer[0] === 'X') return { result: 'reused', entityId: nameOf(answer.slice(1)) }
  const colon = answer.indexOf(':')
  if (answer[0] === 'K') {
    const writes = answer
      .slice(colon + 1)
      .split(' ')
      .map(Number)
    return { result: 'cold', writes, maybe: maybeColdOf(answer.slice(1, colon)) }
  }
  const number = Number(answer.slice(1, colon))
  const tokens = answer.slice(colon + 1)
  if (answer[0] === 'A') {
    const [events, entryId = ''] = answer.slice(1, colon).split('@')
    return { result: 'archived', events: Number(events), entryId, tokens: tokens.split(' ') }
  }
  if (answer[0] === 'C') return { result: 'conflict', write: number, token: tokens }
  return { result: answer[0] === 'O' ? 'stored' : 'repeated', position: number, tokens: tokens.split(' ') }
}

/** Takes from the front as many appends as one call may hold. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  let taken = 0
  let writes = 0
  let events = 0
  let bytes = 0
  for (const { append } of waiting) {
    writes += append.writes.length
    for (const { entries } of append.writes) events += entries.length
    bytes += append.bytes
    const full =
      taken === limits.appendsPerCall ||
      writes > limits.writesPerCall ||
      events > limits.eventsPerCall ||
      bytes > limits.bytesPerCall
    if (full && taken > 0) break
    taken++
  }
  return waiting.splice(0, taken)
}
