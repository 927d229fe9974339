import { AppError } from '@ordershop/core'
import type { PartitionId } from '../event.ts'
import type { ParkedRequest } from '../groups/groups.ts'
import type { Log } from '../log/log.ts'
import { allPartitions, partitionOf } from '../log/partition.ts'
import type {
  Operations,
  ParkedAsSeen,
  ParkedDecision,
  ParkedKey,
  ParkedPlace,
  Why,
} from '../ops/operations.ts'
import { redisError } from './connection.ts'
import { keys } from './keys.ts'
import { type DecodeEntry, parkedEvents } from './parked-key.ts'
import type { ScriptedRedis } from './scripts.ts'

type ParkedOperations = Pick<
  Operations,
  'parked' | 'parkedKey' | 'replayParked' | 'skipParked' | 'discardParked' | 'parkedDecisions'
>

const maxChars = 500

/** What operators ask about parked keys. They ask: the owner of the partition does it, fenced, in the key's own lane. */
export function parkedOperations(
  store: { readonly redis: ScriptedRedis; readonly log: Pick<Log, 'page'>; readonly decode: DecodeEntry },
  partitions: number,
): ParkedOperations {
  const { redis } = store
  const failed =
    (attempted: string) =>
    (error: unknown): never => {
      throw redisError(attempted, error)
    }

  async function parkedIn(at: PartitionId, group: string): Promise<ParkedKey[]> {
    const fields = await redis.hgetall(keys.parked(at, group)).catch(failed('read parked'))
    return Object.entries(fields).map(([key, value]) => parkedKeyOf({ ...at, group, key }, value))
  }

  async function parked(group: string, topics: readonly string[]): Promise<ParkedKey[]> {
    const found = await Promise.all(allPartitions(topics, partitions).map((at) => parkedIn(at, group)))
    return found.flat().sort((a, b) => a.parkedAt.localeCompare(b.parkedAt))
  }

  /** An entry that is none of ours is parked where it lies, under a key of its own; any other key lies where keys do. */
  async function placeOfParked(group: string, { topic, key }: ParkedPlace) {
    const own = { topic, partition: partitionOf(key, partitions) }
    const others = key.startsWith('entry:') ? allPartitions([topic], partitions) : []
    const look = async (at: PartitionId) => ({ at, value: await redis.hget(keys.parked(at, group), key) })
    const found = await Promise.all([own, ...others].map(look)).catch(failed('read parked'))
    return found.find(({ value }) => value !== null) ?? { at: own, value: null }
  }

  /** One request a key: another would be lost when the first is done. */
  async function request(at: PartitionId, group: string, key: string, asked: ParkedRequest): Promise<void> {
    const { action } = asked
    const requests = keys.requests(at, group)
    const set = await redis.hsetnx(requests, key, JSON.stringify(asked)).catch(failed(`ask for ${action}`))
    if (set === 1) return
    const pending = await redis.hget(requests, key).catch(failed(`ask for ${action}`))
    const before = pending === null ? undefined : (JSON.parse(pending) as ParkedRequest).action
    if (before === undefined) return request(at, group, key, asked)
    if (before === action) return
    const message = `${action} parked ${at.topic}:${key}: a ${before} of it is asked for, expected none`
    throw new AppError('conflict', `${message}; try again when it is done`)
  }

  async function decide(
    action: 'skip' | 'discard',
    group: string,
    { topic, key, first }: ParkedAsSeen,
    { operator, reason }: Why,
  ): Promise<void> {
    for (const [name, value] of Object.entries({ operator, reason }))
      if (typeof value !== 'string' || value.trim() === '' || value.length > maxChars)
        throw new AppError(
          'invalid',
          `${action} parked ${topic}:${key}: ${name} is ${JSON.stringify(value)?.slice(0, 80)}, expected 1 to ${maxChars} characters`,
        )
    const { at, value: found } = await placeOfParked(group, { topic, key })
    if (found === null)
      throw new AppError(
        'not_found',
        `${action} parked ${topic}:${key}: expected a key that ${group} has parked`,
      )
    const firstNow = parkedKeyOf({ ...at, group, key }, found).first
    if (first !== undefined && first !== firstNow)
      throw new AppError(
        'conflict',
        `${action} parked ${topic}:${key}: its first event is ${firstNow} by now, expected ${first}`,
      )
    await request(at, group, key, { action, operator, reason, ...(first === undefined ? {} : { first }) })
  }

  async function decisionsIn(at: PartitionId, group: string): Promise<ParkedDecision[]> {
    const entries = await redis.xrange(keys.decisions(at, group), '-', '+').catch(failed('read decisions'))
    return entries.map(([entryId, flat]) => {
      const fields: Record<string, string> = {}
      for (let k = 0; k < flat.length; k += 2) fields[flat[k] as string] = flat[k + 1] as string
      const { action, key = '', first = '', last = '', events, operator = '', reason = '' } = fields
      const decidedAt = new Date(Number.parseInt(entryId, 10)).toISOString()
      const decided = { action: action as 'skip' | 'discard', key, first, last, events: Number(events) }
      return { ...at, group, ...decided, operator, reason, decidedAt }
    })
  }

  return {
    parked,

    async parkedKey(group, { topic, key }, limit) {
      const { at, value } = await placeOfParked(group, { topic, key })
      // What nobody of ours has written lies anywhere, and once it is taken off only the decision tells where.
      const places = value === null ? allPartitions([topic], partitions) : [at]
      const decided = await Promise.all(places.map((place) => decisionsIn(place, group)))
      const decisions = decided.flat().filter((decision) => decision.key === key)
      if (value === null) return { parked: null, events: [], complete: true, decisions }
      const found = parkedKeyOf({ ...at, group, key }, value)
      return { parked: found, ...(await parkedEvents(store, at, key, found, limit)), decisions }
    },

    async replayParked(group, topics, only) {
      const chosen = (await parked(group, topics)).filter(
        ({ topic, key }) => !only || (topic === only.topic && key === only.key),
      )
      await Promise.all(chosen.map((at) => request(at, group, at.key, { action: 'replay' })))
      return chosen.length
    },

    skipParked: (group, place, why) => decide('skip', group, place, why),
    discardParked: (group, place, why) => decide('discard', group, place, why),

    async parkedDecisions(group, topics) {
      const found = await Promise.all(allPartitions(topics, partitions).map((at) => decisionsIn(at, group)))
      return found.flat().sort((a, b) => a.decidedAt.localeCompare(b.decidedAt))
    },
  }
}

/** What a parked hash says of a key. */
function parkedKeyOf(
  place: Pick<ParkedKey, 'topic' | 'partition' | 'group' | 'key'>,
  value: string,
): ParkedKey {
  const [first = '', last = '', events, parkedAt, ...reason] = value.split('|')
  const parkedAtIso = new Date(Number(parkedAt)).toISOString()
  return { ...place, first, last, events: Number(events), parkedAt: parkedAtIso, reason: reason.join('|') }
}
