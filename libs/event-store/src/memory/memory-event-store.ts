import { defaultStateCacheBytes } from '../deciding/state-cache.ts'
import type { AnyEvent, Catalog } from '../event.ts'
import type { EventStore } from '../event-store.ts'
import type { Observer } from '../observer.ts'
import { stopKeepingMs, type VersionStore } from '../projections/versions.ts'
import { storeFrom } from '../store.ts'
import { memoryGroups } from './memory-groups.ts'
import { memoryLog } from './memory-log.ts'
import { memoryRows } from './memory-rows.ts'
import { type MemoryState, memoryState } from './state.ts'

/** Options of `memoryEventStore`. */
export type MemoryEventStoreOptions<E extends AnyEvent> = {
  readonly catalog: Catalog<E>
  /** Partitions of every topic. Default 8. */
  readonly partitions?: number
  /** As in `redisEventStore`. */
  readonly stateCacheBytes?: number
  readonly observer?: Observer
}

/**
 * An event store in this process's memory, for tests of what is built on top: the same code as `redisEventStore` but for
 * the last layer, and it passes the same conformance suite. Nothing outlives the process.
 */
export function memoryEventStore<E extends AnyEvent>(options: MemoryEventStoreOptions<E>): EventStore<E> {
  const { catalog, partitions = 8, stateCacheBytes = defaultStateCacheBytes, observer = {} } = options
  const state = memoryState()
  const parts = {
    log: memoryLog(state),
    groups: memoryGroups(state),
    versions: memoryVersions(state),
    queryRows: memoryRows(state),
  }
  return storeFrom(parts, { catalog, clientName: 'memory', partitions, stateCacheBytes, observer })
}

function memoryVersions(state: MemoryState): VersionStore {
  const projection = (name: string) => {
    const fresh = { live: 1, building: null, retiring: null, retireAt: 0 }
    if (!state.projections.has(name)) state.projections.set(name, fresh)
    return state.projections.get(name) as NonNullable<ReturnType<typeof state.projections.get>>
  }
  return {
    async versions(name) {
      const { live, building, retiring, retireAt } = projection(name)
      const left = retiring === null ? Number.POSITIVE_INFINITY : retireAt - Date.now()
      return { live, building, retiring, retirable: left <= 0, deletable: left <= -stopKeepingMs }
    },
    async startBuilding(name, version) {
      const found = projection(name)
      if (found.building !== null) return false
      found.building = version
      return true
    },
    async switchTo(name, version, keepMs) {
      const found = projection(name)
      if (found.building !== version) return false
      Object.assign(found, {
        live: version,
        building: null,
        retiring: found.live,
        retireAt: Date.now() + keepMs,
      })
      return true
    },
    positions: async (group, partitions) => partitions.map((at) => state.group(at, group).cursor.position),
    heads: async (partitions) => partitions.map((at) => state.partition(at).entries.length),
    async deleteVersion(name, version, partitions) {
      const group = `${name}.v${version}`
      for (const at of partitions) {
        const { rows, groups } = state.partition(at)
        groups.delete(group)
        for (const row of rows.keys()) if (row.startsWith(`${group}/`)) rows.delete(row)
      }
      projection(name).retiring = null
    },
  }
}
