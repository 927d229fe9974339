import { keys, type PartitionId } from '../log/keys.ts'
import type { ScriptedRedis } from '../log/scripts.ts'
import { allPartitions } from '../project/rows.ts'
import type { GroupLag, Operations } from './operations.ts'

type Place = PartitionId & { readonly group: string }
type Reply = [Error | null, unknown]

/**
 * Lag by subtraction: head minus cursor, both contiguous positions, so it is exact whoever is down. One round trip,
 * and a second for the age of the oldest unhandled event where there is any.
 */
export async function readLag(
  redis: ScriptedRedis,
  groups: Parameters<Operations['lag']>[0],
  partitions: number,
): Promise<GroupLag[]> {
  const places = Object.entries(groups).flatMap(([group, topics]) =>
    allPartitions(topics, partitions).map((at) => ({ ...at, group })),
  )
  const pipeline = redis.pipeline()
  pipeline.time()
  for (const place of places) {
    pipeline.hget(keys.head(place), 'position')
    pipeline.hmget(keys.subscription(place, place.group), 'position', 'member', 'until', 'entry_id')
    pipeline.hvals(keys.parked(place, place.group))
  }
  const [time, ...replies] = (await pipeline.exec()) as Reply[]
  const [seconds, micros] = value<[string, string]>(time)
  const nowMs = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)
  const found = places.map((place, k) => describe(place, nowMs, replies.slice(3 * k, 3 * k + 3)))
  await addAges(redis, nowMs, found)
  return found.map(({ lag }) => lag)
}

function value<T>(reply: Reply | undefined): T {
  const [error, answer] = reply ?? [new Error('no answer'), null]
  if (error) throw error
  return answer as T
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Found = { lag: Mutable<GroupLag>; after: string }

function describe(place: Place, nowMs: number, replies: Reply[]): Found {
  const head = Number(value<string | null>(replies[0]) ?? 0)
  const [position, member, until, entryId] = value<(string | null)[]>(replies[1])
  const parked = value<string[]>(replies[2]).map((entry) => entry.split('|'))
  const at = Number(position ?? 0)
  const lag: Mutable<GroupLag> = {
    ...place,
    head,
    position: at,
    lag: head - at,
    lagMs: 0,
    owner: member && Number(until) > nowMs ? member : null,
    parkedKeys: parked.length,
    parkedEvents: parked.reduce((sum, [, , events]) => sum + Number(events), 0),
    oldestParkedMs: parked.reduce((oldest, [, , , since]) => Math.max(oldest, nowMs - Number(since)), 0),
  }
  return { lag, after: entryId ?? '0-0' }
}

async function addAges(redis: ScriptedRedis, nowMs: number, found: readonly Found[]): Promise<void> {
  const behind = found.filter(({ lag }) => lag.lag > 0)
  if (behind.length === 0) return
  const pipeline = redis.pipeline()
  for (const { lag, after } of behind) pipeline.xrange(keys.events(lag), `(${after}`, '+', 'COUNT', 1)
  const replies = (await pipeline.exec()) as Reply[]
  behind.forEach(({ lag }, k) => {
    const [entry] = value<[string, string[]][]>(replies[k])
    if (entry) lag.lagMs = Math.max(0, nowMs - Number(entry[0].split('-')[0]))
  })
}
