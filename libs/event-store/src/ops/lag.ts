import { keys, type PartitionId } from '../log/keys.ts'
import type { ScriptedRedis } from '../log/scripts.ts'
import { allPartitions } from '../project/rows.ts'
import type { GroupLag, Operations } from './operations.ts'

type Place = PartitionId & { readonly group: string }
type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Found = { readonly lag: Mutable<GroupLag>; readonly after: string }

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
  const [[seconds, micros], ...answers] = await Promise.all([
    redis.time(),
    ...places.map((place) => ask(redis, place)),
  ])
  const nowMs = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)
  const found = answers.map((answer, k) => describe(places[k] as Place, nowMs, answer))
  await Promise.all(found.map(({ lag, after }) => addAge(redis, nowMs, lag, after)))
  return found.map(({ lag }) => lag)
}

function ask(redis: ScriptedRedis, place: Place) {
  return Promise.all([
    redis.hget(keys.head(place), 'position'),
    redis.hmget(keys.subscription(place, place.group), 'position', 'member', 'until', 'entry_id'),
    redis.hvals(keys.parked(place, place.group)),
  ])
}

function describe(place: Place, nowMs: number, answer: Awaited<ReturnType<typeof ask>>): Found {
  const [headPosition, [cursorPosition, member, until, entryId], parkedValues] = answer
  const [head, position] = [Number(headPosition), Number(cursorPosition)]
  const parked = parkedValues.map((value) => value.split('|'))
  const lag: Mutable<GroupLag> = {
    ...{ ...place, head, position, lag: head - position, lagMs: 0 },
    owner: member && Number(until) > nowMs ? member : null,
    parkedKeys: parked.length,
    parkedEvents: parked.reduce((sum, [, , events]) => sum + Number(events), 0),
    oldestParkedMs: parked.reduce((oldest, [, , , since]) => Math.max(oldest, nowMs - Number(since)), 0),
  }
  return { lag, after: entryId ?? '0-0' }
}

async function addAge(
  redis: ScriptedRedis,
  nowMs: number,
  lag: Mutable<GroupLag>,
  after: string,
): Promise<void> {
  if (lag.lag <= 0) return
  const [entry] = await redis.xrange(keys.events(lag), `(${after}`, '+', 'COUNT', 1)
  if (entry) lag.lagMs = Math.max(0, nowMs - Number(entry[0].split('-')[0]))
}
