import type { AppendAnswer, Log, WireAppend } from '../log/log.ts'
import type { RawEntry } from '../redis/wire.ts'
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
    async append(at, append) {
      const { commandId, entityId, expected, events } = append
      const partition = state.partition(at)
      const before = tokenOf(partition, entityId)
      let { version = 0 } = partition.versions.get(entityId) ?? {}
      const conflict: AppendAnswer | undefined = [before, String(version), 'any'].includes(expected)
        ? undefined
        : { result: 'conflict', token: before }
      const known = partition.commands.get(commandId)
      if (known) return repeated(partition, known, append, conflict)
      if (conflict) return conflict
      for (let i = 0; i < events.length; i += 4) write(partition, entityId, ++version, events.slice(i, i + 4))
      const position = partition.entries.length
      if (events.length > 0) partition.commands.set(commandId, { position, count: events.length / 4 })
      for (const wake of state.waiting) wake()
      return { result: 'stored', position, token: tokenOf(partition, entityId) }
    },

    async walkBack(at, entityId, { commandId, revision, limit, from }) {
      const nothing = { known: false, head: '0@', snapshot: '', next: '', entries: [] }
      const partition = state.partition(at)
      if (partition.commands.has(commandId)) return { ...nothing, known: true }
      const found = partition.versions.get(entityId)
      if (!found) return nothing
      const head = tokenOf(partition, entityId)
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

function tokenOf({ versions }: PartitionState, entityId: string): string {
  const { version = 0, entryId = '' } = versions.get(entityId) ?? {}
  return `${version}@${entryId}`
}

/** The answer to an append under a command id that is known, as `append.lua` gives it. */
function repeated(
  { entries }: PartitionState,
  { position, count }: { position: number; count: number },
  { entityId, events }: WireAppend,
  conflict: AppendAnswer | undefined,
): AppendAnswer {
  const stored = entries.slice(position - count, position)
  const [entryId, last] = stored.at(-1) as RawEntry
  const isSame = ([, fields]: RawEntry, k: number) =>
    fields[11] === events[4 * k + 1] && fields[15] === events[4 * k + 3]
  const same = events.length === 0 || (events.length === 4 * count && stored.every(isSame))
  if (last[5] !== entityId) return { result: 'reused', entityId: last[5] as string }
  if (!same) return conflict ?? { result: 'reused', entityId }
  return { result: 'repeated', position, token: `${last[7]}@${entryId}` }
}

/** The entry with exactly this id. */
export function entryAt({ entries }: PartitionState, entryId: string): RawEntry | undefined {
  const entry = entries[indexAfter(entries, entryId) - 1]
  return entry?.[0] === entryId ? entry : undefined
}
