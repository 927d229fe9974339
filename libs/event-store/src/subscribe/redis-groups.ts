import { redisError } from '../log/connection.ts'
import { keys, type PartitionId } from '../log/keys.ts'
import type { ScriptedRedis } from '../log/scripts.ts'
import type { RawEntry } from '../log/wire.ts'
import type { Advance, AdvanceAnswer, GroupReader, Groups } from './groups.ts'

/**
 * Consumer groups on Redis.
 *
 * @param redis for everything that does not block.
 * @param openReader opens a connection for blocking reads; each member has its own, because a blocking read holds up
 *   everything behind it.
 */
export function redisGroups(redis: ScriptedRedis, openReader: () => ScriptedRedis): Groups {
  const ask = async <T>(attempted: string, answer: Promise<unknown>): Promise<T> => {
    try {
      return (await answer) as T
    } catch (error) {
      throw redisError(attempted, error)
    }
  }

  return {
    beat: (group, member, leaseMs) => ask('beat', redis.beat(keys.members(group), member, leaseMs)),

    async claim(at, group, { token, member, leaseMs, remembered }) {
      const sub = keys.subscription(at, group)
      const memory = remembered.eventId === '' ? ['', ''] : [remembered.entryId, remembered.eventId]
      const script = redis.claim(
        sub,
        keys.events(at),
        keys.parked(at, group),
        token,
        member,
        leaseMs,
        ...memory,
      )
      const answer = await ask<[number, string, string, string, string[], number]>('claim', script)
      if (answer[0] === 0) return null
      const [, entryId, position, eventId, parkedKeys, same] = answer
      return { cursor: { entryId, position: Number(position), eventId }, parkedKeys, remembers: same === 1 }
    },

    advance: (at, group, advance) =>
      ask<AdvanceAnswer>('advance', redis.advance(...advanceArguments(at, group, advance))),

    async release(at, group, token) {
      await ask('release', redis.release(keys.subscription(at, group), token))
    },

    replayRequests: (at, group) => ask('read replay requests', redis.smembers(keys.replay(at, group))),

    async replayDone(at, group, key) {
      await ask('end replay', redis.srem(keys.replay(at, group), key))
    },

    async parkedRange(at, group, key) {
      const value = await ask<string | null>('read parked', redis.hget(keys.parked(at, group), key))
      const [first, last] = value?.split('|', 2) ?? []
      return first && last ? { first, last } : null
    },

    range: (at, first, last, count) =>
      ask('read events', redis.xrange(keys.events(at), first, last, 'COUNT', count)),

    reader(reconnected) {
      const blocking = openReader()
      onReconnect(blocking, reconnected)
      return reader(redis, blocking)
    },

    onReconnect: (listener) => onReconnect(redis, listener),
  }
}

function onReconnect(redis: ScriptedRedis, listener: () => void): () => void {
  let before = redis.status === 'ready'
  const ready = () => {
    if (before) listener()
    before = true
  }
  redis.on('ready', ready)
  return () => redis.off('ready', ready)
}

function advanceArguments(at: PartitionId, group: string, advance: Advance): (string | number)[] {
  const { token, leaseMs, from, to, parks, rows, unpark } = advance
  const named = [
    keys.subscription(at, group),
    keys.events(at),
    keys.parked(at, group),
    keys.replay(at, group),
  ]
  const indexOfRow = new Map<string, number>()
  const writes: (string | number)[] = []
  for (const [command, row, ...args] of rows) {
    const key = keys.row(at, group, row)
    let index = indexOfRow.get(key)
    if (index === undefined) {
      index = named.push(key)
      indexOfRow.set(key, index)
    }
    writes.push(command, index, args.length, ...args)
  }
  const parked = parks.flatMap(({ key, entryId, reason }) => [key, entryId, reason])
  return [
    named.length,
    ...named,
    ...[token, leaseMs, from.eventId, to.entryId, to.position, to.eventId, group],
    ...[unpark?.key ?? '', unpark?.first ?? '', unpark?.next ?? ''],
    ...[parks.length, ...parked],
    ...writes,
  ]
}

function reader(redis: ScriptedRedis, blocking: ScriptedRedis): GroupReader {
  let clientId: number | undefined
  let waiting: object | undefined
  blocking.on('ready', () => {
    clientId = undefined
    blocking.client('ID').then(
      (id) => {
        clientId = id
      },
      () => {},
    )
  })

  return {
    async read(from, count, blockMs) {
      const partitions = new Map(from.map(({ at }) => [keys.events(at), at]))
      const streams = [...partitions.keys(), ...from.map(({ after }) => after)]
      waiting = {}
      try {
        const answer = (await blocking.call(
          'XREAD',
          'COUNT',
          count,
          'BLOCK',
          blockMs,
          'STREAMS',
          ...streams,
        )) as [string, RawEntry[]][] | null
        return (answer ?? []).map(([key, entries]) => ({ at: partitions.get(key) as PartitionId, entries }))
      } catch (error) {
        throw redisError('wait for events', error)
      } finally {
        waiting = undefined
      }
    },

    wake() {
      const read = waiting
      // A blocked connection can only be told by another one. The read may not have reached Redis yet: ask again.
      const unblock = async (): Promise<void> => {
        if (read === undefined || read !== waiting || clientId === undefined) return
        const woken = await redis.client('UNBLOCK', clientId).catch(() => 1)
        if (woken === 0) setTimeout(() => void unblock(), 5)
      }
      void unblock()
    },

    close: () => blocking.disconnect(),
  }
}
