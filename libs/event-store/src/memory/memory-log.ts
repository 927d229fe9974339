import type { LogEntry, NewEntry } from '../log/entry.ts'
import { indexAfter } from '../log/entry-id.ts'
import type { Log } from '../log/log.ts'
import { answerToRepeat, conflictOf } from '../log/repeated.ts'
import type { MemoryState, PartitionState } from './state.ts'

/** The log in memory, by the rules of the scripts on Redis. Command ids are kept for good. */
export function memoryLog(state: MemoryState): Log {
  return {
    async append(at, append) {
      const { commandId, writes } = append
      const partition = state.partition(at)
      const tokensNow = () => writes.map(({ entityId }) => tokenOf(partition, entityId))
      const known = partition.commands.get(commandId)
      if (known) {
        const stored = partition.entries.slice(known.position - known.count, known.position)
        return answerToRepeat(stored, append, tokensNow())
      }
      const conflict = conflictOf(append, tokensNow())
      if (conflict) return conflict
      const before = partition.entries.length
      for (const { entityId, entries } of writes)
        for (const entry of entries) write(partition, entityId, entry)
      const position = partition.entries.length
      if (position > before && commandId !== '')
        partition.commands.set(commandId, { position, count: position - before })
      for (const wake of state.waiting) wake()
      return { result: 'stored', position, tokens: tokensNow() }
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
          // A copy, as one from another process is: whoever folds on may change it.
          return { ...nothing, head, snapshot: structuredClone(snapshot), entries }
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
      const first = after === '' ? 0 : indexAfter(entries, after, idOf)
      return entries.slice(first, first + count)
    },

    async end(at) {
      const { entries } = state.partition(at)
      return { entryId: entries.at(-1)?.entryId ?? '0-0', position: entries.length, trimmed: 0 }
    },

    async saveSnapshot(at, entityId, snapshot) {
      // As it comes back from another process.
      const kept = JSON.parse(JSON.stringify(snapshot.state))
      state.partition(at).snapshots.set(entityId, { ...snapshot, state: kept })
    },
  }
}

function write(partition: PartitionState, entityId: string, entry: NewEntry): void {
  const now = Math.max(Date.now(), partition.lastMs)
  partition.sequence = now === partition.lastMs ? partition.sequence + 1 : 0
  partition.lastMs = now
  const entryId = `${now}-${partition.sequence}`
  const { version: before = 0, entryId: previous = '' } = partition.versions.get(entityId) ?? {}
  const version = before + 1
  const position = partition.entries.length + 1
  const stored = { ...entry, key: entry.key ?? entityId, problem: undefined }
  partition.entries.push({ ...stored, entryId, position, entityId, version, previous })
  partition.versions.set(entityId, { version, entryId })
}

function tokenOf({ versions }: PartitionState, entityId: string): string {
  const { version = 0, entryId = '' } = versions.get(entityId) ?? {}
  return `${version}@${entryId}`
}

const idOf = ({ entryId }: LogEntry) => entryId

/** The entry with exactly this id. */
export function entryAt({ entries }: PartitionState, entryId: string): LogEntry | undefined {
  const entry = entries[indexAfter(entries, entryId, idOf) - 1]
  return entry?.entryId === entryId ? entry : undefined
}
