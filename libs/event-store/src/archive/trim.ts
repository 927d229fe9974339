// What leaves Redis: only what is archived, the oldest first.
import { describeError, errorCode } from '@ordershop/core'
import pLimit from 'p-limit'
import { type PartitionId, partitionName } from '../event.ts'
import type { Observer } from '../observer.ts'
import type { ArchivedLog, EntryAt } from './archived-log.ts'
import { failureOf } from './failure.ts'

/** What stays in Redis of what is archived. */
export type TrimSettings = {
  /** Events of each partition that stay, the newest. Default: all. */
  readonly keepEvents: number
  /** Events stay that Redis stored no longer ago than this, in milliseconds. Default: all. */
  readonly keepMs: number
  /**
   * While Redis uses more than this part of its `maxmemory`, the oldest events of all partitions leave it, whatever else
   * would let them stay. Default 0.6; without a `maxmemory` none do.
   */
  readonly memoryTarget: number
}

export const keepAll: TrimSettings = {
  keepEvents: Number.POSITIVE_INFINITY,
  keepMs: Number.POSITIVE_INFINITY,
  memoryTarget: 0.6,
}

/** How a partition stands after a step. */
export type Trimmed = {
  readonly removed: number
  /** Position of the last event that is not in Redis any more. */
  readonly trimmed: number
  /** The first entry that is, or ''. */
  readonly firstEntry: string
  readonly head: number
  readonly archived: EntryAt
  readonly usedBytes: number
  /** 0: without a limit. */
  readonly maxBytes: number
}

/** Takes out at most some events before `keep`, none without it; see `trim.lua`. */
export type TrimStep = (at: PartitionId, keep: EntryAt | null) => Promise<Trimmed>

export type TrimOptions = TrimSettings & {
  readonly partitions: readonly PartitionId[]
  readonly archivedLog: ArchivedLog
  readonly step: TrimStep
  readonly observer: Observer
  readonly signal: AbortSignal
}

/** Events that leave one partition before the next is looked at for older ones: more than a block has. */
const eventsInTurn = 1_024
/** Partitions that are asked at once. */
const atOnce = 16

/** How all partitions stand that could be looked at. */
export type TrimmedAll = {
  /**
   * 0 unless Redis uses more than it should although no more could go: then the part of the memory between its target and
   * its `maxmemory` that is used.
   */
  readonly pressure: number
  /** Of each partition the position of the last event that is not in Redis any more. */
  readonly trimmed: ReadonlyMap<PartitionId, number>
}

/** @returns what trims once. */
export function trimmer(options: TrimOptions) {
  const { partitions, archivedLog, step, observer, signal } = options
  // Told of once.
  const refused = new Set<string>()

  /** Up to the block that has what `place` names, which stays; up to the end of the archive when that has no such block. */
  async function trimTo(
    at: PartitionId,
    stands: Trimmed,
    place: Parameters<ArchivedLog['blockWith']>[1],
  ): Promise<Trimmed> {
    const isBehind = 'position' in place && place.position >= stands.archived.position
    const block = isBehind ? null : await archivedLog.blockWith(at, place)
    // The archive may have more by now than Redis has recorded.
    const keep = block && block.position < stands.archived.position ? block : stands.archived
    let now = stands
    for (let removed = -1; removed !== 0 && now.trimmed < keep.position - 1 && !signal.aborted; ) {
      now = await step(at, keep)
      removed = now.removed
    }
    const events = now.trimmed - stands.trimmed
    if (events > 0) observer.trimmed?.({ ...at, events })
    return now
  }

  async function bySettings(at: PartitionId): Promise<Trimmed> {
    const { keepEvents, keepMs } = options
    let stands = await step(at, null)
    if (stands.head - stands.trimmed > keepEvents)
      stands = await trimTo(at, stands, { position: stands.head - keepEvents + 1 })
    const oldest = Date.now() - keepMs
    if (msOf(stands.firstEntry) < oldest) stands = await trimTo(at, stands, { entryId: `${oldest}-0` })
    return stands
  }

  /** One partition that cannot be trimmed leaves the others alone; `null`. @throws AppError `unavailable`. */
  async function unlessRefused(at: PartitionId, work: () => Promise<Trimmed>): Promise<Trimmed | null> {
    const name = partitionName(at)
    try {
      const stands = await work()
      refused.delete(name)
      return stands
    } catch (error) {
      if (errorCode(error) === 'unavailable') throw error
      if (!refused.has(name))
        observer.log?.('error', 'cannot trim what is archived', { ...at, error: describeError(error) })
      refused.add(name)
      observer.archiveFailed?.({ ...at, reason: failureOf(error) })
      return null
    }
  }

  const pressureOf = ({ usedBytes, maxBytes }: Trimmed) => {
    const target = options.memoryTarget * maxBytes
    return usedBytes > target && target < maxBytes ? (usedBytes - target) / (maxBytes - target) : 0
  }
  const isPressed = (stands: Trimmed) => pressureOf(stands) > 0

  const hasMore = ({ archived, trimmed }: Trimmed) => archived.position - 1 > trimmed

  /** Of those that Redis has too little room for: the one whose first event is the oldest. */
  function oldestOf(all: ReadonlyMap<PartitionId, Trimmed>): [PartitionId, Trimmed] | undefined {
    const pressed = [...all].filter(([, stands]) => isPressed(stands) && hasMore(stands))
    return pressed.sort(([, a], [, b]) => msOf(a.firstEntry) - msOf(b.firstEntry))[0]
  }

  /** Lets some events of a partition go, if there is too little room still. */
  async function makeRoom(at: PartitionId): Promise<Trimmed> {
    const stands = await step(at, null)
    if (!isPressed(stands)) return stands
    return trimTo(at, stands, { position: stands.trimmed + 1 + eventsInTurn })
  }

  return async function trim(): Promise<TrimmedAll> {
    const limit = pLimit(atOnce)
    const looks = partitions.map(async (at) => {
      const stands = await limit(() => unlessRefused(at, () => bySettings(at)))
      return stands ? [[at, stands] as const] : []
    })
    const all = new Map((await Promise.all(looks)).flat())
    const trimmed = new Map([...all].map(([at, stands]) => [at, stands.trimmed]))
    const spent = [...all.values()].filter((stands) => isPressed(stands) && !hasMore(stands))
    let pressure = Math.max(0, ...spent.map(pressureOf))
    for (let oldest = oldestOf(all); oldest && !signal.aborted; oldest = oldestOf(all)) {
      const [at, before] = oldest
      const stands = await unlessRefused(at, () => makeRoom(at))
      if (stands) trimmed.set(at, stands.trimmed)
      // The last node of a stream stays: no more is to be had of it then.
      const isSpent = !stands || (isPressed(stands) && stands.trimmed === before.trimmed)
      if (isSpent) {
        all.delete(at)
        pressure = Math.max(pressure, pressureOf(stands ?? before))
      } else all.set(at, stands)
    }
    return { pressure, trimmed }
  }
}

const msOf = (entryId: string) => (entryId === '' ? Number.POSITIVE_INFINITY : Number.parseInt(entryId, 10))
