import { AppError } from '@ordershop/core'
import { type Cut, cutOff, planCut } from '../archive/cut.ts'
import type { Objects } from '../archive/objects.ts'
import { type PartitionId, partitionName } from '../event.ts'
import { hasEvent, logStands } from './log-stands.ts'
import type { ScriptedRedis } from './scripts.ts'
import { entryOf } from './wire.ts'

/** `events` of the archive's end were set aside; it ends at `position` now. */
export type CutPartition = PartitionId & { readonly events: number; readonly position: number }

/**
 * Sets aside what an archive has beyond the point where its history and that of the log part, below `cut/<time>/`.
 * Everything is looked at before anything is removed.
 *
 * @throws AppError `conflict` when a log and its archive share nothing: it is another shop's, or Redis is empty.
 */
export async function cutArchive(
  redis: ScriptedRedis,
  objects: Objects,
  all: readonly PartitionId[],
): Promise<readonly CutPartition[]> {
  const cuts: Cut[] = []
  let shared = 0
  for (const at of all) {
    const log = await logStands(redis, at)
    const cut = await planCut(
      { objects, entryOf, isInLog: (_, event) => hasEvent(redis, at, log, event) },
      at,
    )
    if (cut?.after === 0 && log.position > 0)
      throw new AppError(
        'conflict',
        `cut archive ${partitionName(at)}: not even its first event is in the log, expected a log that shares its beginning`,
      )
    shared += cut ? cut.after : log.position
    if (cut) cuts.push(cut)
  }
  if (cuts.length > 0 && shared === 0)
    throw new AppError('conflict', 'cut archive: the log is empty, expected one that was restored')
  const aside = `cut/${new Date().toISOString()}/`
  for (const cut of cuts) await cutOff(objects, cut, aside)
  return cuts.map(({ topic, partition, last, after }) => ({
    ...{ topic, partition },
    events: last - after,
    position: after,
  }))
}
