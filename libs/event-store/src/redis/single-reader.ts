import type { PartitionId } from '../event.ts'
import type { GroupReader } from '../groups/groups.ts'
import type { RawEntry } from '../log/entry.ts'
import { prefixOf } from './cluster.ts'
import { redisError } from './connection.ts'
import { keys } from './keys.ts'
import { onReconnect } from './reconnect.ts'
import type { ScriptedRedis } from './scripts.ts'
import { entryOf } from './wire.ts'

/**
 * Reads all partitions of one member by one XREAD, on a connection of its own: on one server they may be asked together.
 *
 * @param redis any other connection to the same server, to wake the blocked one.
 */
export function singleReader(
  redis: ScriptedRedis,
  blocking: ScriptedRedis,
  reconnected: () => void,
): GroupReader {
  let clientId: number | undefined
  let waiting: object | undefined
  const prefix = prefixOf(blocking)
  onReconnect(blocking, reconnected)
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
        return (answer ?? []).map(([key, entries]) => ({
          at: partitions.get(key.slice(prefix.length)) as PartitionId,
          entries: entries.map(entryOf),
        }))
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
