import type { Snapshot } from '../entity.ts'
import { type PartitionId, partitionName } from '../event.ts'
import type { LiveMember } from '../groups/assignment.ts'
import type { Cursor, ParkedRequest } from '../groups/groups.ts'
import type { LogEntry } from '../log/entry.ts'

/** What Redis keeps of one partition, in Maps. */
export type PartitionState = {
  readonly entries: LogEntry[]
  readonly versions: Map<string, { version: number; entryId: string }>
  /** Command id → position of the last of so many events that it stored. */
  readonly commands: Map<string, { position: number; count: number }>
  readonly snapshots: Map<string, Snapshot>
  readonly groups: Map<string, GroupState>
  readonly rows: Map<string, Row>
  lastMs: number
  sequence: number
}

/** A group's lease, cursor and parked keys in one partition. */
export type GroupState = {
  token: string
  member: string
  until: number
  cursor: Cursor
  readonly parked: Map<string, { first: string; last: string; events: number }>
  readonly requests: Map<string, ParkedRequest>
  readonly replaying: Set<string>
  claims: number
  claimsUntil: number
  careful: number
  trial: number
  trialBy: string
}

/** A row of a projection: a hash, a set, a list, or a sorted set. */
export type Row = Map<string, string> | Set<string> | string[] | SortedSet
export type SortedSet = { readonly scores: Map<string, number> }

/** Everything the memory store holds. */
export type MemoryState = {
  partition(at: PartitionId): PartitionState
  group(at: PartitionId, group: string): GroupState
  readonly members: Map<string, Map<string, { live: LiveMember; until: number }>>
  readonly projections: Map<
    string,
    { live: number; building: number | null; retiring: number | null; retireAt: number }
  >
  /** Readers that wait for events. */
  readonly waiting: Set<() => void>
}

const calm = { claims: 0, claimsUntil: 0, careful: 0, trial: 0, trialBy: '' }

/** An empty store. */
export function memoryState(): MemoryState {
  const partitions = new Map<string, PartitionState>()

  function partition(at: PartitionId): PartitionState {
    const name = partitionName(at)
    let state = partitions.get(name)
    if (!state) {
      const maps = {
        versions: new Map(),
        commands: new Map(),
        snapshots: new Map(),
        groups: new Map(),
        rows: new Map(),
      }
      state = { entries: [], ...maps, lastMs: 0, sequence: 0 }
      partitions.set(name, state)
    }
    return state
  }

  function group(at: PartitionId, name: string): GroupState {
    const { groups } = partition(at)
    let state = groups.get(name)
    if (!state) {
      const cursor = { entryId: '0-0', position: 0, eventId: '' }
      state = {
        token: '',
        member: '',
        until: 0,
        cursor,
        parked: new Map(),
        requests: new Map(),
        replaying: new Set(),
        ...calm,
      }
      groups.set(name, state)
    }
    return state
  }

  return { partition, group, members: new Map(), projections: new Map(), waiting: new Set() }
}
