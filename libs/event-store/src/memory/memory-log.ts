import type { LogEntry, NewEntry } from '../log/entry.ts'
import type { AppendAnswer, EncodedAppend, Log } from '../log/log.ts'
import { indexAfter, type MemoryState, type PartitionState } from './state.ts'

/** The log in memory, by the rules of the scripts on Redis. Command ids are kept for good. */
export function memoryLog(state: MemoryState): Log {
  return {
    async append(at, append) {
      const { commandId, writes } = append
      const partition = state.partition(at)
      const known = partition.commands.get(commandId)
      if (known) return repeated(partition, known, append)
      const conflict = conflictOf(partition, append)
      if (conflict) return conflict
      const before = partition.entries.length
      for (const { entityId, entries } of writes)
        for (const entry of entries) write(partition, entityId, entry)
      const position = partition.entries.length
      if (position > before) partition.commands.set(commandId, { position, count: position - before })
      for (const wake of state.waiting) wake()
      const tokens = writes.map(({ entityId }) => tokenOf(partition, entityId))
      return { result: 'stored', position, tokens }
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

/** The first write whose entity is not where it is expected. */
function conflictOf(partition: PartitionState, { writes }: EncodedAppend): AppendAnswer | undefined {
  for (const [write, { entityId, expected }] of writes.entries()) {
    const { version = 0 } = partition.versions.get(entityId) ?? {}
    const token = tokenOf(partition, entityId)
    const fits = expected === 'any' || expected === token || expected === version
    if (!fits) return { result: 'conflict', write, token }
  }
  return undefined
}

/** The answer to an append under a command id that is known. */
function repeated(
  partition: PartitionState,
  { position, count }: { position: number; count: number },
  append: EncodedAppend,
): AppendAnswer {
  const { writes } = append
  const stored = partition.entries.slice(position - count, position)
  const last = stored.at(-1) as LogEntry
  const leftAt = new Map(stored.map(({ entityId, version, entryId }) => [entityId, `${version}@${entryId}`]))
  const isOurs = writes.some(({ entityId }) => leftAt.has(entityId))
  const sent = writes.flatMap(({ entityId, entries }) => entries.map((entry) => ({ ...entry, entityId })))
  const isSame = ({ entityId, type, data }: LogEntry, k: number) =>
    entityId === sent[k]?.entityId && type === sent[k].type && data === sent[k].data
  if (sent.length === 0 ? isOurs : sent.length === count && stored.every(isSame)) {
    const tokens = writes.map(({ entityId }) => leftAt.get(entityId) ?? tokenOf(partition, entityId))
    return { result: 'repeated', position, tokens }
  }
  const conflict = isOurs ? conflictOf(partition, append) : undefined
  return conflict ?? { result: 'reused', entityId: last.entityId }
}

/** The entry with exactly this id. */
export function entryAt({ entries }: PartitionState, entryId: string): LogEntry | undefined {
  const entry = entries[indexAfter(entries, entryId) - 1]
  return entry?.entryId === entryId ? entry : undefined
}
