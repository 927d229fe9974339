import type { LogEntry, NewEntry } from '../log/entry.ts'
import type { AppendAnswer, EncodedAppend, Log } from '../log/log.ts'
import { indexAfter, type MemoryState, type PartitionState } from './state.ts'

/** The log in memory, by the rules of the scripts on Redis. Command ids are kept for good. */
export function memoryLog(state: MemoryState): Log {
  return {
    async append(at, append) {
      const { commandId, entityId, expected, entries } = append
      const partition = state.partition(at)
      const before = tokenOf(partition, entityId)
      let { version = 0 } = partition.versions.get(entityId) ?? {}
      const conflict: AppendAnswer | undefined =
        expected === 'any' || expected === before || expected === version
          ? undefined
          : { result: 'conflict', token: before }
      const known = partition.commands.get(commandId)
      if (known) return repeated(partition, known, append, conflict)
      if (conflict) return conflict
      for (const entry of entries) write(partition, entityId, ++version, entry)
      const position = partition.entries.length
      if (entries.length > 0) partition.commands.set(commandId, { position, count: entries.length })
      for (const wake of state.waiting) wake()
      return { result: 'stored', position, token: tokenOf(partition, entityId) }
    },

    async walkBack(at, entityId, { commandId, revision, limit, from }) {
      const nothing = { known: false, head: '0@', next: '', entries: [] }
      const partition = state.partition(at)
      if (partition.commands.has(commandId)) return { ...nothing, known: true }
      const found = partition.versions.get(entityId)
      if (!found) return nothing
      const head = tokenOf(partition, entityId)
      const snapshot = partition.snapshots.get(entityId)
      const entries: LogEntry[] = []
      let id = from === '' ? found.entryId : from
      while (id !== '' && entries.length < limit) {
        const entry = entryAt(partition, id)
        if (!entry) break
        const reached = snapshot?.version === entry.version && snapshot.entryId === id
        if (reached && revision !== '' && snapshot.revision === revision)
          return { ...nothing, head, snapshot, entries }
        entries.push(entry)
        id = entry.previous
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

    async saveSnapshot(at, entityId, snapshot) {
      // As it comes back from another process.
      const kept = JSON.parse(JSON.stringify(snapshot.state))
      state.partition(at).snapshots.set(entityId, { ...snapshot, state: kept })
    },
  }
}

function write(partition: PartitionState, entityId: string, version: number, entry: NewEntry): void {
  const now = Math.max(Date.now(), partition.lastMs)
  partition.sequence = now === partition.lastMs ? partition.sequence + 1 : 0
  partition.lastMs = now
  const entryId = `${now}-${partition.sequence}`
  const previous = partition.versions.get(entityId)?.entryId ?? ''
  const position = partition.entries.length + 1
  const stored = { ...entry, key: entry.key ?? entityId, problem: undefined }
  partition.entries.push({ ...stored, entryId, position, entityId, version, previous })
  partition.versions.set(entityId, { version, entryId })
}

function tokenOf({ versions }: PartitionState, entityId: string): string {
  const { version = 0, entryId = '' } = versions.get(entityId) ?? {}
  return `${version}@${entryId}`
}

/** The answer to an append under a command id that is known. */
function repeated(
  partition: PartitionState,
  { position, count }: { position: number; count: number },
  { entityId, entries }: EncodedAppend,
  conflict: AppendAnswer | undefined,
): AppendAnswer {
  const stored = partition.entries.slice(position - count, position)
  const last = stored.at(-1) as LogEntry
  const isSame = ({ type, data }: LogEntry, k: number) =>
    type === entries[k]?.type && data === entries[k].data
  const same = entries.length === 0 || (entries.length === count && stored.every(isSame))
  if (last.entityId !== entityId) return { result: 'reused', entityId: last.entityId }
  if (!same) return conflict ?? { result: 'reused', entityId }
  return { result: 'repeated', position, token: `${last.version}@${last.entryId}` }
}

/** The entry with exactly this id. */
export function entryAt({ entries }: PartitionState, entryId: string): LogEntry | undefined {
  const entry = entries[indexAfter(entries, entryId) - 1]
  return entry?.entryId === entryId ? entry : undefined
}
