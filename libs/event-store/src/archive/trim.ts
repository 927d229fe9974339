// What leaves Redis: only what is archived, the oldest first.
import pLimit from 'p-limit'
import type { PartitionId } from '../event.ts'
import type { Observer } from '../observer.ts'
import type { ArchivedLog, EntryAt } from './archived-log.ts'

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

/** @returns what trims once, and tells whether Redis uses more than it should all the same. */
export function trimmer(options: TrimOptions) {
  const { partitions, archivedLog, step, observer, signal } = options

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

  const isPressed = ({ usedBytes, maxBytes }: Trimmed) =>
    maxBytes > 0 && usedBytes > options.memoryTarget * maxBytes

  /** Of those that Redis has too little room for: the one whose first event is the oldest. */
  function oldestOf(all: ReadonlyMap<PartitionId, Trimmed>): [PartitionId, Trimmed] | undefined {
    const pressed = [...all].filter(
      ([, stands]) => isPressed(stands) && stands.archived.position - 1 > stands.trimmed,
    )
    return pressed.sort(([, a], [, b]) => msOf(a.firstEntry) - msOf(b.firstEntry))[0]
  }

  /** One that was looked at before others were trimmed may have room by now. */
  async function byMemory(all: Map<PartitionId, Trimmed>): Promise<void> {
    for (let oldest = oldestOf(all); oldest && !signal.aborted; oldest = oldestOf(all)) {
      const [at] = oldest
      const before = await step(at, null)
      all.set(at, before)
      if (!isPressed(before)) continue
      const stands = await trimTo(at, before, { position: before.trimmed + 1 + eventsInTurn })
      // The last node of a stream stays: no more is to be had here.
      all.set(
        at,
        stands.trimmed > before.trimmed ? stands : { ...stands, archived: { position: 0, entryId: '' } },
      )
    }
  }

  return async function trim(): Promise<{ readonly pressed: boolean }> {
    const limit = pLimit(atOnce)
    const looks = partitions.map(async (at) => [at, await limit(() => bySettings(at))] as const)
    const all = new Map(await Promise.all(looks))
    await byMemory(all)
    const pressed = [...all].find(([, stands]) => isPressed(stands))
    return { pressed: pressed !== undefined && isPressed(await step(pressed[0], null)) }
  }
}

const msOf = (entryId: string) => (entryId === '' ? Number.POSITIVE_INFINITY : Number.parseInt(entryId, 10))
