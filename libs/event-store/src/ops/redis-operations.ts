import { AppError } from '@ordershop/core'
import { redisError } from '../log/connection.ts'
import { keys, type PartitionId } from '../log/keys.ts'
import type { Log } from '../log/log.ts'
import type { ScriptedRedis } from '../log/scripts.ts'
import { allPartitions, projectionGroup } from '../project/rows.ts'
import type { VersionStore } from '../project/versions.ts'
import { readLag } from './lag.ts'
import type { Operations, ParkedKey, ProjectionStatus } from './operations.ts'
import { surveyor } from './survey.ts'
import { verifyTopic } from './verify.ts'

/** Operations on Redis. `verifyData` throws for an entry that cannot be decoded. */
export function redisOperations(
  redis: ScriptedRedis,
  log: Log,
  versions: VersionStore,
  partitions: number,
  verifyData: (at: PartitionId, entry: Awaited<ReturnType<Log['page']>>[number]) => void,
): Operations {
  const failed =
    (attempted: string) =>
    (error: unknown): never => {
      throw redisError(attempted, error)
    }

  async function parkedIn(at: PartitionId, group: string): Promise<ParkedKey[]> {
    const fields = await redis.hgetall(keys.parked(at, group)).catch(failed('read parked'))
    return Object.entries(fields).map(([key, value]) => {
      const [first = '', last = '', events, parkedAt, ...reason] = value.split('|')
      const parkedAtIso = new Date(Number(parkedAt)).toISOString()
      return {
        ...at,
        group,
        key,
        first,
        last,
        events: Number(events),
        parkedAt: parkedAtIso,
        reason: reason.join('|'),
      }
    })
  }

  async function parked(group: string, topics: readonly string[]): Promise<ParkedKey[]> {
    const found = await Promise.all(allPartitions(topics, partitions).map((at) => parkedIn(at, group)))
    return found.flat().sort((a, b) => a.parkedAt.localeCompare(b.parkedAt))
  }

  async function status(projection: string, topics: readonly string[]): Promise<ProjectionStatus> {
    const { live, building } = await versions.versions(projection)
    const all = allPartitions(topics, partitions)
    const group = projectionGroup(projection, building ?? live)
    const [heads, positions] = await Promise.all([versions.heads(all), versions.positions(group, all)])
    const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0)
    return {
      projection,
      live,
      building,
      progress: sum(heads) === 0 ? 1 : Math.min(1, sum(positions) / sum(heads)),
    }
  }

  const survey = surveyor(redis, versions, partitions)

  return {
    survey: (watched) => survey(watched).catch(failed('survey')),
    lag: (groups) => readLag(redis, groups, partitions).catch(failed('read lag')),
    parked,

    async replayParked(group, topics, only) {
      const chosen = (await parked(group, topics)).filter(
        ({ topic, key }) => !only || (topic === only.topic && key === only.key),
      )
      await Promise.all(
        chosen.map((at) => redis.sadd(keys.replay(at, group), at.key).catch(failed('ask for replay'))),
      )
      return chosen.length
    },

    projection: status,

    async rebuild(projection, topics) {
      const { live, retiring } = await versions.versions(projection)
      if (retiring !== null)
        throw new AppError(
          'conflict',
          `rebuild ${projection}: version ${retiring} is still being retired, expected none; try again within a minute`,
        )
      if (!(await versions.startBuilding(projection, live + 1)))
        throw new AppError('conflict', `rebuild ${projection}: a rebuild is under way, expected none`)
      return status(projection, topics)
    },

    verify: (topic) => verifyTopic(log, versions, topic, partitions, verifyData),
  }
}
