import type { Log } from '../log/log.ts'
import type { RawEntry } from '../log/wire.ts'
import { indexAfter, type MemoryState, type PartitionState } from './state.ts'

/** The log in memory, by the rules of `append.lua` and `load.lua`. Command ids are kept for good. */
export function memoryLog(state: MemoryState): Log {
  function write(partition: PartitionState, entity: string, version: number, event: readonly string[]): void {
    const now = Math.max(Date.now(), partition.lastMs)
    partition.sequence = now === partition.lastMs ? partition.sequence + 1 : 0
    partition.lastMs = now
    const entryId = `${now}-${partition.sequence}`
    const [eventId = '', type = '', meta = '', data = ''] = event
    const previous = partition.versions.get(entity)?.entryId ?? ''
    const position = String(partition.entries.length + 1)
    const head = ['position', position, 'event_id', eventId, 'entity', entity, 'version', String(version)]
    partition.entries.push([entryId, [...head, 'prev', previous, 'type', type, 'meta', meta, 'data', data]])
    partition.versions.set(entity, { version, entryId })
  }

  return {
    async append(at, { commandId, entityId, expected, events }) {
      const partition = state.partition(at)
      const known = partition.answers.get(commandId)
      if (known) return `R${known}`
      let version = partition.versions.get(entityId)?.version ?? 0
      if (expected !== 'any' && expected !== String(version)) return `C${version}`
      for (let i = 0; i < events.length; i += 4) write(partition, entityId, ++version, events.slice(i, i + 4))
      const answer = `${version}:${partition.entries.length}`
      partition.answers.set(commandId, answer)
      for (const wake of state.waiting) wake()
      return `O${answer}`
    },

    async walkBack(at, entityId, { commandId, revision, limit, from }) {
      const nothing = { answer: '', head: '', snapshot: '', next: '', entries: [] }
      const partition = state.partition(at)
      const answer = partition.answers.get(commandId)
      if (answer) return { ...nothing, answer }
      const found = partition.versions.get(entityId)
      if (!found) return nothing
      const head = `${found.version}@${found.entryId}`
      const stored = partition.snapshots.get(entityId)
      const [snapVersion, snapEntry, snapRevision] = stored?.split('|', 3) ?? []
      const usable = revision !== '' && snapRevision === revision
      const entries: RawEntry[] = []
      let id = from === '' ? found.entryId : from
      while (id !== '' && entries.length < limit) {
        const entry = entryAt(partition, id)
        if (!entry) break
        if (usable && entry[1][7] === snapVersion && id === snapEntry)
          return { ...nothing, head, snapshot: stored as string, entries }
        entries.push(entry)
        id = entry[1][9] as string
      }
      return { ...nothing, head, next: id, entries }
    },

    async lastEntries(at, entityIds) {
      const partition = state.partition(at)
      return entityIds.map((entityId) => {
        const found = partition.versions.get(entityId)
        return (found && entryAt(partition, found.entryId)) ?? null
      })
    },

    async page(at, after, count) {
      const { entries } = state.partition(at)
      const first = after === '' ? 0 : indexAfter(entries, after)
      return entries.slice(first, first + count)
    },

    async saveSnapshot(at, entityId, { version, position, entryId, revision, state: kept }) {
      const value = `${version}|${entryId}|${revision}|${JSON.stringify({ position, state: kept })}`
      state.partition(at).snapshots.set(entityId, value)
    },
  }
}

/** The entry with exactly this id. */
export function entryAt({ entries }: PartitionState, entryId: string): RawEntry | undefined {
  const entry = entries[indexAfter(entries, entryId) - 1]
  return entry?.[0] === entryId ? entry : undefined
}
