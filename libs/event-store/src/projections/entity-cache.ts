import type { PartitionId } from '../event.ts'
import type { QueryRows } from '../rows/row.ts'
import type { EntityCache } from './projection.ts'
import { projectionGroup, type VersionStore } from './versions.ts'
import { cursorWatch } from './wait-for.ts'

/** How long a reader keeps using the version it knows; the previous version is kept for a minute. */
const lookEveryMs = 1_000

/** Reads a projection's live rows, whatever store they lie in. */
export function entityCache(projection: string, store: VersionStore, queryRows: QueryRows): EntityCache {
  let known: { group: string; at: number } | undefined

  async function liveGroup(): Promise<string> {
    if (known && performance.now() - known.at < lookEveryMs) return known.group
    const at = performance.now()
    const { live } = await store.versions(projection)
    known = { group: projectionGroup(projection, live), at }
    return known.group
  }

  const waitFor = cursorWatch(async (partitions: readonly PartitionId[]) =>
    store.positions(await liveGroup(), partitions),
  )
  return {
    query: async (queries) => (queries.length === 0 ? [] : queryRows(await liveGroup(), queries)),
    waitFor,
  }
}
