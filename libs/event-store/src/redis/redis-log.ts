import { AppError, retry } from '@ordershop/core'
import type { Log } from '../log/log.ts'
import { whileUnavailable } from '../log/unavailable-retry.ts'
import { redisError } from './connection.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'
import type { RawEntry } from './wire.ts'

/** How long a read is repeated: a connection that comes back, or a slot's next master, is there within this. */
const patience = whileUnavailable(2_000)

/**
 * The log on Redis. Reads have no effect, so they are repeated for a while before they reject as `unavailable`.
 *
 * @param append see `appender`. @param redis for everything else.
 */
export function redisLog(redis: ScriptedRedis, append: Log['append']): Log {
  const read = <T>(attempted: string, ask: () => Promise<unknown>): Promise<T> => {
    const once = async () => {
      try {
        return (await ask()) as T
      } catch (error) {
        throw redisError(attempted, error)
      }
    }
    return retry(once, patience)
  }

  return {
    append,

    async walkBack(at, entityId, { commandId, revision, limit, from }) {
      const kinds = [keys.events, keys.versions, keys.idem, keys.idemOld, keys.snapshots]
      const named = kinds.map((key) => key(at))
      const [known, head, snapshot, next, entries] = await read<[number, string, string, string, RawEntry[]]>(
        'load',
        () => redis.loadEntity(...named, entityId, commandId, revision, limit, from),
      )
      return { known: known === 1, head, snapshot, next, entries }
    },

    lastEntries: (at, entityIds) =>
      read('read last events', () => redis.lastEvents(keys.events(at), keys.versions(at), ...entityIds)),

    page(at, after, count) {
      const start = after === '' ? '-' : `(${after}`
      return read('read events', () => redis.xrange(keys.events(at), start, '+', 'COUNT', count))
    },

    async saveSnapshot(at, entityId, { version, position, entryId, revision, state }) {
      if (revision.includes('|'))
        throw new AppError('invalid', `save snapshot: revision is '${revision}', expected no '|' in it`)
      const value = `${version}|${entryId}|${revision}|${JSON.stringify({ position, state })}`
      await read('save snapshot', () => redis.hset(keys.snapshots(at), entityId, value))
    },
  }
}
