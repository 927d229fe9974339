import type { ArchivedLog } from '../archive/archived-log.ts'
import type { PartitionId } from '../event.ts'
import type { LiveMember } from '../groups/assignment.ts'
import { allPartitions } from '../log/partition.ts'
import type { GroupLag, Operations } from '../ops/operations.ts'
import { liveMember } from './heartbeat.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'

type GroupPartition = PartitionId & { readonly group: string }

/** See `lag.lua`. */
type LagReply = [
  nowMs: number,
  head: number,
  position: number,
  owner: string | null,
  oldest: string | null,
  parkedKeys: number,
  parkedEvents: number,
  parkedSinceMs: number | null,
  trimmed: number,
  trimmedBehind: string | null,
]

/**
 * Lag by subtraction: head minus cursor, both contiguous positions and read at one moment, so it is exact whichever process is
 * down. One round trip (on a Cluster one to each node) over a connection that pipelines.
 */
export async function readLag(
  redis: ScriptedRedis,
  archived: Pick<ArchivedLog, 'page'>,
  groups: Parameters<Operations['lag']>[0],
  partitions: number,
): Promise<GroupLag[]> {
  const asked = Object.entries(groups).map(async ([group, topics]) => {
    const places = allPartitions(topics, partitions).map((at) => ({ ...at, group }))
    const answers = places.map((place) => ask(redis, place))
    const [members, ...lags] = await Promise.all([membersOf(redis, group), ...answers])
    return Promise.all(
      places.map(async (place, k) => {
        const reply = lags[k] as LagReply
        return lagOf(place, reply, await oldestEntry(archived, place, reply), members)
      }),
    )
  })
  return (await Promise.all(asked)).flat()
}

type Member = LiveMember & { readonly untilMs: number }

async function membersOf(redis: ScriptedRedis, group: string): Promise<Member[]> {
  const flat = await redis.zrange(keys.members(group), '0', '-1', 'WITHSCORES')
  return flat.flatMap((heartbeat, k) =>
    k % 2 === 0 ? [{ ...liveMember(heartbeat), untilMs: Number(flat[k + 1]) }] : [],
  )
}

function ask(redis: ScriptedRedis, place: GroupPartition): Promise<unknown> {
  const { group } = place
  return redis.lag(
    keys.head(place),
    keys.events(place),
    keys.subscription(place, group),
    keys.parked(place, group),
  )
}

/**
 * Entry id of the first event that the group has not handled. Where the archive that has it does not answer, the first
 * one in Redis is taken for it: lag in events is exact all the same.
 */
async function oldestEntry(
  archived: Pick<ArchivedLog, 'page'>,
  place: GroupPartition,
  [, , , , inRedis, , , , , trimmedBehind]: LagReply,
): Promise<string | null> {
  if (trimmedBehind === null) return inRedis
  const [first] = await archived.page(place, { after: trimmedBehind }, 1).catch(() => [])
  return first?.entryId ?? inRedis
}

function lagOf(
  place: GroupPartition,
  answer: LagReply,
  oldest: string | null,
  members: readonly Member[],
): GroupLag {
  const [nowMs, head, position, owner, , parkedKeys, parkedEvents, parkedSinceMs, trimmed] = answer
  const reads = ({ topics }: Member) => topics === undefined || topics.includes(place.topic)
  return {
    ...place,
    head,
    trimmed,
    position,
    lag: head - position,
    lagMs: oldest === null ? 0 : Math.max(0, nowMs - Number(oldest.split('-')[0])),
    owner,
    disputed: members.some((one) => one.untilMs > nowMs && !reads(one)),
    parkedKeys,
    parkedEvents,
    oldestParkedMs: parkedSinceMs === null ? 0 : Math.max(0, nowMs - parkedSinceMs),
  }
}
