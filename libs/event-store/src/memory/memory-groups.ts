import { setTimeout as delay } from 'node:timers/promises'
import type { LiveMember } from '../groups/assignment.ts'
import {
  type Advance,
  type AdvanceAnswer,
  claimsUntilCareful,
  type GroupReader,
  type Groups,
} from '../groups/groups.ts'
import type { LogEntry } from '../log/entry.ts'
import { compareEntryIds, indexAfter } from '../log/entry-id.ts'
import { entryAt } from './memory-log.ts'
import { writeRow } from './memory-rows.ts'
import { refusedRow } from './refused-row.ts'
import type { GroupState, MemoryState, PartitionState } from './state.ts'

const idOf = ({ entryId }: LogEntry) => entryId

/** Consumer groups in memory, by the rules of `claim.lua` and `advance.lua`. */
export function memoryGroups(state: MemoryState): Groups {
  return {
    async beat(group, self, leaseMs) {
      const members = state.members.get(group) ?? new Map<string, { live: LiveMember; until: number }>()
      state.members.set(group, members)
      if (leaseMs === 0) members.delete(self.member)
      else members.set(self.member, { live: self, until: Date.now() + leaseMs })
      for (const [name, { until }] of members) if (until <= Date.now()) members.delete(name)
      return [...members.values()].map(({ live }) => live)
    },

    async claim(at, group, { token, member, leaseMs, remembered, maxInHand }) {
      const held = state.group(at, group)
      if (held.token !== '' && held.until > Date.now() && held.member !== member) return null
      const ended = countClaim(held, state.partition(at).entries.length, member, maxInHand)
      Object.assign(held, { token, member, until: Date.now() + leaseMs })
      const entry = remembered.eventId === '' ? undefined : entryAt(state.partition(at), remembered.entryId)
      const remembers =
        remembered.eventId === '' || (entry !== undefined && entry.eventId === remembered.eventId)
      const carefulUntil = held.careful > held.cursor.position ? held.careful : 0
      const suspects = { carefulUntil, convicted: held.trial, endedReplays: ended }
      return { cursor: held.cursor, parkedKeys: [...held.parked.keys()], remembers, ...suspects }
    },

    async mark(at, group, token, mark) {
      const held = state.group(at, group)
      if (held.token !== token) return false
      if (mark.kind === 'try') Object.assign(held, { trial: mark.position, trialBy: token })
      else if (mark.kind === 'replay') held.replaying.add(mark.key)
      else held.replaying.delete(mark.key)
      return true
    },

    async advance(at, group, advance) {
      return advanceIn(state.partition(at), state.group(at, group), group, advance)
    },

    async release(at, group, token) {
      const held = state.group(at, group)
      if (held.token !== token) return
      if (held.trialBy === token) Object.assign(held, { trial: 0, trialBy: '' })
      Object.assign(held, { token: '', member: '', until: 0 })
    },

    replicated: false,

    requests: async (at, group) => new Map(state.group(at, group).requests),

    async requestDone(at, group, key) {
      state.group(at, group).requests.delete(key)
    },

    async decide(at, group, { token, key, first, next }) {
      const held = state.group(at, group)
      if (held.token !== token) return 'FENCED'
      if (!held.requests.has(key)) return 'OK'
      const parked = held.parked.get(key)
      if (parked?.first !== first) return 'STALE'
      if (next === '') held.parked.delete(key)
      else held.parked.set(key, { ...parked, first: next, events: parked.events - 1 })
      held.requests.delete(key)
      return 'OK'
    },

    parkedRange: async (at, group, key) => state.group(at, group).parked.get(key) ?? null,

    async range(at, from, last, count) {
      const { entries } = state.partition(at)
      const start = 'first' in from ? from.first : from.after
      const includes = 'first' in from && entryAt(state.partition(at), start) !== undefined
      const found = entries.slice(indexAfter(entries, start, idOf) - (includes ? 1 : 0))
      return found.filter(({ entryId }) => compareEntryIds(entryId, last) <= 0).slice(0, count)
    },

    reader: () => memoryReader(state),
    onReconnect: () => () => {},
  }
}

/** What `claim.lua` does before it grants a lease; the keys whose replay ended the owner before. */
function countClaim(held: GroupState, head: number, member: string, maxInHand: number): string[] {
  const ended = [...held.replaying]
  held.replaying.clear()
  const { position } = held.cursor
  const livesOn = held.token === '' || held.member === member
  if (livesOn && held.trialBy === held.token) held.trial = 0
  if (!livesOn && head > position) {
    const inHand = Math.min(head, position + maxInHand)
    if (position < held.claimsUntil) held.claims++
    else Object.assign(held, { claims: 1, claimsUntil: inHand })
    if (held.claims >= claimsUntilCareful) held.careful = Math.max(held.careful, inHand)
  }
  if (held.trial <= position) Object.assign(held, { trial: 0, trialBy: '' })
  if (livesOn) return []
  for (const key of ended) held.requests.delete(key)
  return ended
}

function advanceIn(
  partition: PartitionState,
  held: GroupState,
  group: string,
  advance: Advance,
): AdvanceAnswer {
  const { token, leaseMs, from, to, parks, rows, unpark } = advance
  if (held.token !== token) return 'FENCED'
  const entry = entryAt(partition, to.entryId)
  if (to.eventId !== '' && (!entry || entry.eventId !== to.eventId)) return 'FORK'
  const moves = held.cursor.eventId !== to.eventId
  if (moves && held.cursor.eventId !== from.eventId) return 'STALE'
  held.until = Date.now() + leaseMs
  const ok = held.requests.size > 0 ? 'ASKED' : 'OK'
  if (!moves && from.eventId !== to.eventId) return ok
  const refused = refusedRow(partition.rows, group, rows)
  if (refused) return refused
  if (unpark) {
    const parked = held.parked.get(unpark.key)
    if ((parked?.first ?? '') === unpark.next) return ok
    if (parked?.first !== unpark.first) return 'STALE'
    if (unpark.next === '') held.parked.delete(unpark.key)
    else held.parked.set(unpark.key, { ...parked, first: unpark.next, events: parked.events - 1 })
  }
  for (const { key, entryId } of parks) {
    const { first, events } = held.parked.get(key) ?? { first: entryId, events: 0 }
    held.parked.set(key, { first, last: entryId, events: events + 1 })
  }
  for (const write of rows) writeRow(partition.rows, group, write)
  held.cursor = to
  return ok
}

function memoryReader(state: MemoryState): GroupReader {
  let nap = new AbortController()
  const wake = () => nap.abort()
  state.waiting.add(wake)

  return {
    async read(from, count, blockMs) {
      const found = () =>
        from.flatMap(({ at, after }) => {
          const { entries } = state.partition(at)
          const first = indexAfter(entries, after, idOf)
          const page = entries.slice(first, first + count)
          return page.length > 0 ? [{ at, entries: page }] : []
        })
      const now = found()
      // A turn of the event loop between two reads, as a round trip would give.
      await (now.length > 0
        ? new Promise(setImmediate)
        : delay(blockMs, undefined, { signal: nap.signal }).catch(() => {}))
      nap = new AbortController()
      return now.length > 0 ? now : found()
    },
    wake,
    close: () => state.waiting.delete(wake),
  }
}
