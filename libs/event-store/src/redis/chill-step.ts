import type { ChillStep } from '../archive/chill.ts'
import { partitionName } from '../event.ts'
import { answerTo } from './connection.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'

/** Entities that are looked at by one call of the script: a millisecond where all of them go. */
const entitiesAtOnce = 150

/** See `chill.lua`. */
export function chillStep(redis: ScriptedRedis): ChillStep {
  return async (at, from) => {
    const named = [keys.versions, keys.snapshots, keys.head, keys.cold].map((key) => key(at))
    const asked = redis.chill(...named, from, entitiesAtOnce)
    const [cursor, left] = await answerTo<[string, number]>(`let entities of ${partitionName(at)} go`, asked)
    return { cursor, left }
  }
}
