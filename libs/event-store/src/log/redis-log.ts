import { AppError } from '@ordershop/core'
import { appender, type Confirmation } from './appender.ts'
import { redisError } from './connection.ts'
import { keys } from './keys.ts'
import type { Log, WalkedBack } from './log.ts'
import type { ScriptedRedis } from './scripts.ts'
import type { RawEntry } from './wire.ts'

/**
 * The log on Redis.
 *
 * @param confirmation what the present connection offers; throws `unavailable` while it is not known to be fit.
 */
export function redisLog(redis: ScriptedRedis, confirmation: () => Confirmation | undefined): Log {
  const append = appender(redis, confirmation)
  const ask = async <T>(attempted: string, answer: Promise<T>): Promise<T> => {
    try {
      return await answer
    } catch (error) {
      throw redisError(attempted, error)
    }
  }

  return {
    append,

    async walkBack(at, entityId, { commandId, revision, limit, from }) {
      const kinds = [keys.events, keys.versions, keys.idem, keys.idemOld, keys.snapshots]
      const answer = redis.loadEntity(
        ...kinds.map((key) => key(at)),
        entityId,
        commandId,
        revision,
        limit,
        from,
      )
      const [stored, head, snapshot, next, entries] = (await ask('load', answer)) as [
        string,
        string,
        string,
        string,
        RawEntry[],
      ]
      return { answer: stored, head, snapshot, next, entries } satisfies WalkedBack
    },

    async lastEntries(at, entityIds) {
      const answer = redis.lastEvents(keys.events(at), keys.versions(at), ...entityIds)
      return (await ask('read last events', answer)) as (RawEntry | null)[]
    },

    async page(at, after, count) {
      return ask(
        'read events',
        redis.xrange(keys.events(at), after === '' ? '-' : `(${after}`, '+', 'COUNT', count),
      ) as Promise<RawEntry[]>
    },

    async saveSnapshot(at, entityId, { version, position, entryId, revision, state }) {
      if (revision.includes('|'))
        throw new AppError('invalid', `save snapshot: revision is '${revision}', expected no '|' in it`)
      const value = `${version}|${entryId}|${revision}|${JSON.stringify({ position, state })}`
      await ask('save snapshot', redis.hset(keys.snapshots(at), entityId, value))
    },
  }
}
