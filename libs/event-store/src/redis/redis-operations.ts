import { AppError } from '@ordershop/core'
import type { ArchivedLog } from '../archive/archived-log.ts'
import type { Log } from '../log/log.ts'
import { allPartitions } from '../log/partition.ts'
import type { Operations, ProjectionStatus } from '../ops/operations.ts'
import { verifyTopic } from '../ops/verify.ts'
import { projectionGroup, type VersionStore } from '../projections/versions.ts'
import { redisError } from './connection.ts'
import { discover } from './discover.ts'
import { readLag } from './lag.ts'
import { parkedOperations } from './parked.ts'
import type { DecodeEntry } from './parked-key.ts'
import { redisAudit } from './redis-audit.ts'
import type { ScriptedRedis } from './scripts.ts'
import { serverOf } from './server.ts'
import { surveyor } from './survey.ts'

/** Operations on Redis. */
export function redisOperations(
  redis: ScriptedRedis,
  log: Log,
  archived: Pick<ArchivedLog, 'page'>,
  versions: VersionStore,
  partitions: number,
  decode: DecodeEntry,
): Operations {
  const failed =
    (attempted: string) =>
    (error: unknown): never => {
      throw redisError(attempted, error)
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

  const survey = surveyor(redis, archived, versions, partitions)

  return {
    survey: (watched) => survey(watched).catch(failed('survey')),
    lag: (groups) => readLag(redis, archived, groups, partitions).catch(failed('read lag')),
    ...parkedOperations({ redis, log, decode }, partitions),
    server: () => serverOf(redis),
    discover: () => discover(redis),
    ...redisAudit(redis),

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

    verify: (topic) => verifyTopic(log, versions, topic, partitions, decode),
  }
}
