import { AppError } from '@ordershop/core'
import type { Operations, Watched } from '@ordershop/event-store'

/** What is watched now; of a store whose groups are discovered it may change. */
export type WatchedNow = () => Watched | Promise<Watched>

/** Every group that reads something, by the name that it reads under, and its topics: of a projection one for each version. */
export async function groupsAndTopics(
  ops: Pick<Operations, 'survey'>,
  watched: Watched,
): Promise<{
  readonly topics: ReadonlyMap<string, readonly string[]>
  readonly parking: ReadonlySet<string>
}> {
  const { lags, versions } = await ops.survey(watched)
  const projected = versions.map(({ group, projection }) => [group, watched.projections[projection] ?? []])
  return {
    topics: new Map([...Object.entries(watched.groups), ...(projected as [string, readonly string[]][])]),
    parking: new Set(lags.filter(({ parkedKeys }) => parkedKeys > 0).map(({ group }) => group)),
  }
}

/** What a map has by a name. @throws AppError `not_found` with the names that it has. */
export function named<Value>(what: string, known: ReadonlyMap<string, Value>, name: string): Value {
  const found = known.get(name)
  if (found !== undefined) return found
  const names = [...known.keys()].join(', ') || 'none'
  throw new AppError('not_found', `${what} ${name}: no such ${what}, expected one of ${names}`)
}
