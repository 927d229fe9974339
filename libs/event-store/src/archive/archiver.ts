import { setTimeout as delay } from 'node:timers/promises'
import { backoffMs, describeError } from '@ordershop/core'
import pLimit from 'p-limit'
import { type PartitionId, partitionName } from '../event.ts'
import type { Observer } from '../observer.ts'
import { failureOf } from './failure.ts'
import { type SealOptions, seal } from './seal.ts'
import type { TrimmedAll } from './trim.ts'

/** What an archiver is told. */
export type ArchiverOptions = SealOptions & {
  readonly partitions: readonly PartitionId[]
  /** Of each partition: the position of its last event, and the one up to which it is archived. */
  readonly positions: () => Promise<readonly { readonly head: number; readonly archived: number }[]>
  /** A segment is sealed when the oldest event that is not archived was noticed so long ago, in milliseconds, or when it is full. */
  readonly ageMs: number
  /** Puts small segments of a partition together, if there are many. */
  readonly compact: (at: PartitionId) => Promise<unknown>
  /** Trims what is archived, and tells how pressed Redis is all the same; with `now`, all that may go goes now. */
  readonly trim: (now: boolean) => Promise<Pick<TrimmedAll, 'pressure'>>
  readonly observer: Observer
}

/** Segments in memory, whoever asks: while one waits for Redis or the disk, another is worked on. */
const segmentsAtOnce = 2
const lookEachMs = 1_000
const again = { baseMs: 1_000, maxMs: 30_000 }
/**
 * What is not archived cannot be trimmed. So while Redis has too little room, one looks and seals after a tenth of the time;
 * and without waiting at all, however small the segments, where a quarter of what is left above its target is used.
 */
const patience = (pressure: number) => (pressure === 0 ? 1 : pressure < 0.25 ? 0.1 : 0)

/** A member that archives. */
export type RunningArchiver = ReturnType<typeof runArchiver>

/** Whether there are many small segments is looked at after so many: it costs a listing. */
const sealsPerLook = 16

/** What one member remembers of a partition. */
type Waiting = { since: number; failures: number; notBefore: number }

/**
 * Archives partitions as they come due, two at a time, so that two segments are in memory. Members share the work: one
 * that finds a partition held leaves it to who holds it. A partition that fails is tried again later, and told of once.
 */
export function runArchiver(options: ArchiverOptions) {
  const { partitions, observer } = options
  const ended = new AbortController()
  const waiting = new Map<string, Waiting>()
  const sealedOf = new Map<string, number>()
  const some = pLimit(segmentsAtOnce)
  const oneOf = new Map(partitions.map((at) => [partitionName(at), pLimit(1)]))
  /** One segment of a partition, and `segmentsAtOnce` in all. */
  function inTurn<T>(at: PartitionId, work: () => Promise<T>): Promise<T> {
    const one = oneOf.get(partitionName(at)) as ReturnType<typeof pLimit>
    return one(() => some(work))
  }
  let failedLooks = 0
  let pressure = 0
  let trimmedAt = 0

  /** @returns whether there may be more, as the segment is full. */
  async function sealOne(at: PartitionId, onlyFull: boolean): Promise<boolean> {
    const began = performance.now()
    const sealed = await seal(options, at, onlyFull)
    if (sealed.result !== 'sealed') return false
    const { events, bytes, full } = sealed
    observer.archived?.({ ...at, events, bytes, seconds: (performance.now() - began) / 1_000 })
    const before = sealedOf.get(partitionName(at)) ?? 0
    sealedOf.set(partitionName(at), before + 1)
    // The first time too: a member that is often restarted would never come to it.
    if (before % sealsPerLook === 0) await options.compact(at)
    return full
  }

  const isTimeToTrim = () => performance.now() - trimmedAt >= lookEachMs

  // Two at once would each make the room that is needed.
  const oneTrim = pLimit(1)

  async function trim(now = false): Promise<void> {
    trimmedAt = performance.now()
    pressure = (await oneTrim(() => options.trim(now))).pressure
  }

  /** A partition of which so many events are left to archive; forgotten when none are. */
  function waitingOf(at: PartitionId, left: number): Waiting {
    const name = partitionName(at)
    const known = waiting.get(name) ?? { since: performance.now(), failures: 0, notBefore: 0 }
    if (left === 0) waiting.delete(name)
    else waiting.set(name, known)
    return known
  }

  /** @returns whether there may be more to seal at once. */
  async function sealWhatIsDue(at: PartitionId, left: number): Promise<boolean> {
    const known = waitingOf(at, left)
    const isOld = left > 0 && performance.now() - known.since >= options.ageMs * patience(pressure)
    const isDue = (isOld || left >= options.events) && performance.now() >= known.notBefore
    if (!isDue || ended.signal.aborted) return false
    // Where there is much to seal, room is not made after all of it alone.
    if (isTimeToTrim()) await trim()
    try {
      const full = await sealOne(at, !isOld)
      // What a full one leaves has waited as long.
      if (!full) waiting.delete(partitionName(at))
      return full
    } catch (error) {
      if (known.failures === 0)
        observer.log?.('error', 'cannot archive', { ...at, error: describeError(error) })
      observer.archiveFailed?.({ ...at, reason: failureOf(error) })
      known.notBefore = performance.now() + backoffMs(again, known.failures++)
      return false
    }
  }

  /** Seals a segment of each partition that is due; makes room when that is all, and each second. @returns whether there may be more to seal at once. */
  async function look(): Promise<boolean> {
    const positions = await options.positions()
    const sealed = partitions.map((at, k) => {
      const { head, archived } = positions[k] as (typeof positions)[number]
      return inTurn(at, () => sealWhatIsDue(at, Math.max(0, head - archived)))
    })
    const full = (await Promise.all(sealed)).includes(true)
    if (!full || isTimeToTrim()) await trim()
    return full
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      let more = false
      try {
        more = await look()
        failedLooks = 0
      } catch (error) {
        // The first one may come before the connection is there.
        if (++failedLooks === 2)
          observer.log?.('error', 'cannot look what is to archive, or trim it', {
            error: describeError(error),
          })
      }
      await delay(more ? 0 : lookEachMs * patience(pressure), undefined, { signal: ended.signal }).catch(
        () => {},
      )
    }
  }

  const stopped = run()
  return {
    healthy: () => failedLooks < 2,
    /**
     * Archives what is in the log now, however little and young, then trims.
     *
     * @throws what a partition cannot be archived for; `seal` tells.
     */
    async sealNow(): Promise<void> {
      const positions = await options.positions()
      const behind = partitions.filter((_, k) => (positions[k]?.head ?? 0) > (positions[k]?.archived ?? 0))
      for (const at of behind) {
        let full = true
        while (full && !ended.signal.aborted) full = await inTurn(at, () => sealOne(at, false))
      }
      await trim(true)
    },
    /** Ends after the segment at hand. */
    async stop(): Promise<void> {
      ended.abort()
      await stopped
    },
  }
}
