import { keys, type PartitionId } from '../log/keys.ts'
import type { ScriptedRedis } from '../log/scripts.ts'
import { allPartitions } from '../project/rows.ts'
import type { GroupLag, Operations } from './operations.ts'

type Place = PartitionId & { readonly group: string }

/** See `lag.lua`. */
type Answer = [
  nowMs: number,
  head: number,
  position: number,
  owner: string | null,
  oldest: string | null,
  parkedKeys: number,
  parkedEvents: number,
  parkedSinceMs: number | null,
]

/**
 * Lag by subtraction: head minus cursor, both contiguous positions and read at one moment, so it is exact whoever is
 * down. One round trip (on a Cluster one to each node) over a connection that pipelines.
 */
export async function readLag(
  redis: ScriptedRedis,
  groups: Parameters<Operations['lag']>[0],
  partitions: number,
): Promise<GroupLag[]> {
  const places = Object.entries(groups).flatMap(([group, topics]) =>
    allPartitions(topics, partitions).map((at) => ({ ...at, group })),
  )
  return Promise.all(places.map((place) => lagOf(redis, place)))
}

async function lagOf(redis: ScriptedRedis, place: Place): Promise<GroupLag> {
  const { group } = place
  const answer = await redis.lag(
    keys.head(place),
    keys.events(place),
    keys.subscription(place, group),
    keys.parked(place, group),
  )
  const [nowMs, head, position, owner, oldest, parkedKeys, parkedEvents, parkedSinceMs] = answer as Answer
  return {
    ...place,
    head,
    position,
    lag: head - position,
    lagMs: oldest === null ? 0 : Math.max(0, nowMs - Number(oldest.split('-')[0])),
    owner,
    parkedKeys,
    parkedEvents,
    oldestParkedMs: parkedSinceMs === null ? 0 : Math.max(0, nowMs - parkedSinceMs),
  }
}
