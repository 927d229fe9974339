// Where groups are in a partition, and what is parked: read for the manifest of an archive, put back by a restore.
import type { GroupState } from '../archive/manifest.ts'
import type { PartitionId } from '../event.ts'
import { compareEntryIds } from '../log/entry-id.ts'
import { answerTo } from './connection.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'

/** An event at which a group may stand. */
export type GroupCursor = Omit<GroupState, 'parked'>

/** Where groups are now, for the manifest. */
export async function groupStates(
  redis: ScriptedRedis,
  at: PartitionId,
  groups: readonly string[],
): Promise<Record<string, GroupState>> {
  const states = groups.map(async (group) => {
    const [[entry_id, position, event_id], parked] = await Promise.all([
      ask('read groups', redis.hmget(keys.subscription(at, group), 'entry_id', 'position', 'event_id')),
      ask('read groups', redis.hgetall(keys.parked(at, group))),
    ])
    if (!entry_id || !event_id) return []
    return [[group, { entry_id, position: Number(position), event_id, parked }] as const]
  })
  return Object.fromEntries((await Promise.all(states)).flat())
}

/** Groups go on where they were, or at the end of what was restored. One that has begun there already is left alone. */
export async function placeGroups(
  redis: ScriptedRedis,
  at: PartitionId,
  groups: Readonly<Record<string, GroupState>>,
  last: GroupCursor,
): Promise<void> {
  for (const [group, { parked, ...was }] of Object.entries(groups)) {
    const cursor = was.position > last.position ? last : was
    const key = keys.subscription(at, group)
    if (
      cursor.position === 0 ||
      (await ask('restore: place groups', redis.hsetnx(key, 'position', cursor.position))) === 0
    )
      continue
    await ask('restore: place groups', redis.hset(key, cursor))
    for (const [parkedKey, value] of Object.entries(parked)) {
      const [first = ''] = value.split('|', 1)
      if (compareEntryIds(first, last.entry_id) <= 0)
        await ask('restore: place groups', redis.hset(keys.parked(at, group), parkedKey, value))
    }
  }
}

const ask = <T>(attempted: string, answer: Promise<T>) => answerTo<T>(attempted, answer)
