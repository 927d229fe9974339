import type { ArchivedLog } from '../archive/archived-log.ts'
import { allPartitions } from '../log/partition.ts'
import type { GroupLag, ProjectionVersion, Survey, Watched } from '../ops/operations.ts'
import { projectionGroup, type VersionStore } from '../projections/versions.ts'
import { readLag } from './lag.ts'
import type { ScriptedRedis } from './scripts.ts'

type Version = Pick<ProjectionVersion, 'projection' | 'version' | 'group' | 'live'>

/**
 * Surveys everything in one round trip. Which versions of a projection there are is asked together with the lag of those
 * that there were last time; only where that has changed, a second round trip asks for the new one.
 */
export function surveyor(
  redis: ScriptedRedis,
  archived: Pick<ArchivedLog, 'page'>,
  store: VersionStore,
  partitions: number,
) {
  // Before the first rebuild there is version 1.
  const before = new Map<string, readonly number[]>()

  async function versionsOf(projection: string): Promise<Version[]> {
    const { live, building } = await store.versions(projection)
    const numbers = building === null ? [live] : [live, building]
    return numbers.map((version) => ({
      ...{ projection, version, group: projectionGroup(projection, version), live: version === live },
    }))
  }

  const lagOf = (groups: Watched['groups']) => readLag(redis, archived, groups, partitions)

  return async function survey({ groups, projections, unread = [] }: Watched): Promise<Survey> {
    const names = Object.keys(projections)
    const expected = Object.fromEntries(
      names.flatMap((name) =>
        (before.get(name) ?? [1]).map((version) => [projectionGroup(name, version), projections[name] ?? []]),
      ),
    )
    const places = allPartitions(unread, partitions)
    const [found, known, heads] = await Promise.all([
      Promise.all(names.map(versionsOf)),
      lagOf({ ...groups, ...expected }),
      store.heads(places),
    ])
    const present = found.flat()
    for (const [k, name] of names.entries()) before.set(name, found[k]?.map(({ version }) => version) ?? [])
    const fresh = present.filter(({ group }) => !(group in expected))
    const more = await lagOf(
      Object.fromEntries(fresh.map(({ group, projection }) => [group, projections[projection] ?? []])),
    )
    const wanted = new Set([...Object.keys(groups), ...present.map(({ group }) => group)])
    const lags = [...known, ...more].filter(({ group }) => wanted.has(group))
    return {
      lags,
      versions: present.map((version) => ({ ...version, progress: progressOf(version, lags) })),
      unread: places.map((at, k) => ({ ...at, head: heads[k] ?? 0 })),
    }
  }
}

function progressOf({ group }: Version, lags: readonly GroupLag[]): number {
  const own = lags.filter((lag) => lag.group === group)
  const total = own.reduce((sum, { head }) => sum + head, 0)
  return total === 0 ? 1 : own.reduce((sum, { position }) => sum + position, 0) / total
}
