import type { PartitionId } from '../event.ts'
import {
  type Advance,
  type AdvanceAnswer,
  claimsUntilCareful,
  type Groups,
  type ParkedRequest,
  type RefusedRow,
} from '../groups/groups.ts'
import type { RawEntry } from '../log/entry.ts'
import { sourceOf, wrongSum } from '../rows/row-write.ts'
import { runConfirmed, scriptOf } from './confirmed.ts'
import { answerTo } from './connection.ts'
import { heartbeatOf, liveMember } from './heartbeat.ts'
import { keys } from './keys.ts'
import { onReconnect } from './reconnect.ts'
import { type ScriptedRedis, scripts } from './scripts.ts'
import { entryOf } from './wire.ts'

const confirmedScripts = {
  advance: scriptOf(scripts.advance.lua),
  advanceWithRows: scriptOf(scripts.advanceWithRows.lua),
}

/**
 * Consumer groups on Redis.
 *
 * @param redis for everything that does not block.
 * @param openReader opens connections for the blocking reads of one member, which hold up everything behind them.
 * @param replicas how many must confirm each advance; default 0.
 */
export function redisGroups(redis: ScriptedRedis, openReader: Groups['reader'], replicas = 0): Groups {
  const confirmation = { command: 'WAIT', needed: replicas } as const
  return {
    async beat(group, self, leaseMs) {
      const script = redis.beat(keys.members(group), heartbeatOf(self), leaseMs)
      return (await answerTo<string[]>('beat', script)).map(liveMember)
    },

    async claim(at, group, { token, member, leaseMs, remembered, maxInHand }) {
      const kinds = [keys.subscription, keys.events, keys.parked, keys.head, keys.requests, keys.replaying]
      const memory = remembered.eventId === '' ? ['', ''] : [remembered.entryId, remembered.eventId]
      const bounds = [claimsUntilCareful, maxInHand, remembered.position]
      const named = kinds.map((key) => key(at, group))
      const script = redis.claim(...named, token, member, leaseMs, ...memory, ...bounds)
      const answer = await answerTo<ClaimAnswer>('claim', script)
      if (answer[0] === 0) return null
      const [, entryId, position, eventId, parkedKeys, same, carefulUntil, convicted, endedReplays] = answer
      return {
        cursor: { entryId, position: Number(position), eventId },
        ...{ parkedKeys, remembers: same === 1, carefulUntil, convicted, endedReplays },
      }
    },

    async mark(at, group, token, mark) {
      const named = [keys.subscription(at, group), keys.replaying(at, group)]
      return (
        (await answerTo(
          'mark',
          redis.mark(...named, token, mark.kind, mark.kind === 'try' ? mark.position : mark.key),
        )) === 1
      )
    },

    replicated: replicas > 0,

    async advance(at, group, advance) {
      const [named, args] = advanceArguments(at, group, advance)
      const name = advance.rows.length > 0 ? 'advanceWithRows' : 'advance'
      const script = confirmedScripts[name]
      const answer =
        replicas === 0
          ? redis[name](named.length, ...named, ...args)
          : runConfirmed(redis, { attempted: 'advance', script, keys: named, args }, confirmation)
      return toAnswer(await answerTo('advance', answer))
    },

    async release(at, group, token) {
      await answerTo('release', redis.release(keys.subscription(at, group), token))
    },

    async requests(at, group) {
      const found = await answerTo<Record<string, string>>(
        'read requests',
        redis.hgetall(keys.requests(at, group)),
      )
      return new Map(
        Object.entries(found).map(([key, request]) => [key, JSON.parse(request) as ParkedRequest]),
      )
    },

    async requestDone(at, group, key) {
      await answerTo('end request', redis.hdel(keys.requests(at, group), key))
    },

    decide(at, group, { token, key, first, next, action, operator, reason }) {
      const kinds = [keys.subscription, keys.parked, keys.requests, keys.decisions]
      const named = kinds.map((name) => name(at, group))
      return answerTo('decide', redis.decide(...named, token, key, first, next, action, operator, reason))
    },

    async parkedRange(at, group, key) {
      const value = await answerTo<string | null>('read parked', redis.hget(keys.parked(at, group), key))
      const [first, last] = value?.split('|', 2) ?? []
      return first && last ? { first, last } : null
    },

    async range(at, from, last, count) {
      const start = 'first' in from ? from.first : `(${from.after}`
      const found = redis.xrange(keys.events(at), start, last, 'COUNT', count)
      return (await answerTo<RawEntry[]>('read events', found)).map(entryOf)
    },

    reader: openReader,
    onReconnect: (listener) => onReconnect(redis, listener),
  }
}

type Refused = [write: number, type: string] | [write: number, type: string, ...sum: [string, string, string]]

/** See `claim.lua`. */
type ClaimAnswer = [
  granted: number,
  entryId: string,
  position: string,
  eventId: string,
  parkedKeys: string[],
  same: number,
  carefulUntil: number,
  convicted: number,
  endedReplays: string[],
]

function toAnswer(answer: Exclude<AdvanceAnswer, RefusedRow> | Refused): AdvanceAnswer {
  if (typeof answer === 'string') return answer
  const [write, type, ...sum] = answer
  return { index: write - 1, holds: sum.length === 0 ? type : wrongSum(...sum) }
}

function advanceArguments(
  at: PartitionId,
  group: string,
  advance: Advance,
): [keys: string[], args: (string | number)[]] {
  const { token, leaseMs, from, to, parks, rows, unpark } = advance
  const named = [
    keys.subscription(at, group),
    keys.events(at),
    keys.parked(at, group),
    keys.requests(at, group),
    keys.head(at),
  ]
  const indexOfRow = new Map<string, number>()
  const indexOf = (row: string) => {
    const key = keys.row(at, group, row)
    const index = indexOfRow.get(key) ?? named.push(key)
    indexOfRow.set(key, index)
    return index
  }
  const writes = rows.flatMap((write) => {
    const [command, row, ...args] = write
    const source = sourceOf(write)
    const rest = source ? [indexOf(source.row), ...args.slice(1)] : args
    return [command, indexOf(row), rest.length, ...rest]
  })
  const parked = parks.flatMap(({ key, entryId, reason }) => [key, entryId, reason])
  const args = [
    ...[token, leaseMs, from.eventId, to.entryId, to.position, to.eventId, group],
    ...[unpark?.key ?? '', unpark?.first ?? '', unpark?.next ?? ''],
    ...[parks.length, ...parked],
    ...writes,
  ]
  return [named, args]
}
