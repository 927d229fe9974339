import { type PartitionId, partitionName } from '../event.ts'
import type { GroupReader, ReadFrom } from '../groups/groups.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { redisError } from './connection.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'
import { entryOf } from './wire.ts'

type Page = { readonly at: PartitionId; readonly entries: readonly LogEntry[] }
type Reading = { readonly after: string; done?: Page; readonly settled: Promise<void> }
type Line = { readonly redis: ScriptedRedis; reading?: Reading }

/**
 * Reads the partitions of one member on a Cluster: each on a connection of its own to its slot's master, because one
 * XREAD may not name two slots, and a blocking one would hold up all else of its node.
 *
 * @param openLine opens a connection to the master that holds a key now.
 * @param reconnected called when a line broke, by a failover, a moved slot or a dead host: what was read from it may
 *   not be the new master's history.
 */
export function clusterReader(
  openLine: (key: string) => ScriptedRedis,
  reconnected: () => void,
): GroupReader {
  const lines = new Map<string, Line>()
  let woken = Promise.withResolvers<void>()
  let closed = false

  function lineOf(at: PartitionId): Line {
    const name = partitionName(at)
    const line = lines.get(name) ?? { redis: openLine(keys.events(at)) }
    lines.set(name, line)
    return line
  }

  function begin(line: Line, { at, after }: ReadFrom, count: number, blockMs: number): Reading {
    const answer = line.redis.call(
      'XREAD',
      'COUNT',
      count,
      'BLOCK',
      blockMs,
      'STREAMS',
      keys.events(at),
      after,
    )
    const settled = (answer as Promise<[string, RawEntry[]][] | null>).then(
      (streams) => {
        reading.done = { at, entries: (streams?.[0]?.[1] ?? []).map(entryOf) }
      },
      () => broken(at, line),
    )
    const reading: Reading = { after, settled }
    return reading
  }

  function broken(at: PartitionId, line: Line): void {
    line.redis.disconnect()
    if (lines.get(partitionName(at)) !== line) return
    lines.delete(partitionName(at))
    if (!closed) reconnected()
  }

  return {
    async read(from, count, blockMs) {
      closeUnless(lines, new Set(from.map(({ at }) => partitionName(at))))
      woken = Promise.withResolvers<void>()
      const readings = from.map((each) => {
        const line = lineOf(each.at)
        // A read under way is waited for, unless it began somewhere else: its answer would be of no use.
        if (line.reading?.after !== each.after) line.reading = begin(line, each, count, blockMs)
        return { line, reading: line.reading as Reading }
      })
      await Promise.race([woken.promise, ...readings.map(({ reading }) => reading.settled)]).catch(
        (error) => {
          throw redisError('wait for events', error)
        },
      )
      return readings.flatMap(({ line, reading }) => {
        if (!reading.done) return []
        if (line.reading === reading) delete line.reading
        return reading.done.entries.length > 0 ? [reading.done] : []
      })
    },
    wake: () => woken.resolve(),
    close() {
      closed = true
      closeUnless(lines, new Set())
    },
  }
}

/** Closes the lines of partitions that are not read any more. */
function closeUnless(lines: Map<string, Line>, wanted: ReadonlySet<string>): void {
  for (const [name, line] of lines) {
    if (wanted.has(name)) continue
    lines.delete(name)
    line.redis.disconnect()
  }
}
