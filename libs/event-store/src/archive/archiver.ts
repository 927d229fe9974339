import { setTimeout as delay } from 'node:timers/promises'
import { backoffMs, describeError } from '@ordershop/core'
import pLimit from 'p-limit'
import { type PartitionId, partitionName } from '../event.ts'
import type { Observer } from '../observer.ts'
import { failureOf } from './failure.ts'
import { type Sealed, type SealOptions, seal } from './seal.ts'

/** What an archiver is told. */
export type ArchiverOptions = SealOptions & {
  readonly partitions: readonly PartitionId[]
  /** Of each partition: the position of its last event, and the one up to which it is archived. */
  readonly positions: () => Promise<readonly { readonly head: number; readonly archived: number }[]>
  /** A segment is sealed when the oldest event that is not archived was noticed so long ago, in milliseconds, or when it is full. */
  readonly ageMs: number
  /** Puts small segments of a partition together, if there are many. */
  readonly compact: (at: PartitionId) => Promise<unknown>
  /** Trims what is archived, and tells whether Redis has too little room all the same; with `now`, all that may go goes now. */
  readonly trim: (now: boolean) => Promise<{ readonly pressed: boolean }>
  readonly observer: Observer
}

const lookEachMs = 1_000
const again = { baseMs: 1_000, maxMs: 30_000 }
/** While Redis has too little room, segments are sealed at this part of their age: what is not archived cannot be trimmed. */
const pressedAge = 0.1

/** A member that archives. */
export type RunningArchiver = ReturnType<typeof runArchiver>

/** Whether there are many small segments is looked at after so many: it costs a listing. */
const sealsPerLook = 16

/** What one member remembers of a partition. */
type Waiting = { since: number; failures: number; notBefore: number }

/**
 * Archives partitions as they come due, one after the other, so that one segment is in memory. Members share the work: one
 * that finds a partition held leaves it to who holds it. A partition that fails is tried again later, and told of once.
 */
export function runArchiver(options: ArchiverOptions) {
  const { partitions, observer } = options
  const ended = new AbortController()
  const waiting = new Map<string, Waiting>()
  const sealedOf = new Map<string, number>()
  // One segment is in memory, whoever asks.
  const inTurn = pLimit(1)
  let failedLooks = 0
  let pressed = false

  async function sealAll(at: PartitionId, onlyFull: boolean): Promise<void> {
    let sealed: Sealed
    do {
      const began = performance.now()
      sealed = await seal(options, at, onlyFull)
      if (sealed.result !== 'sealed') break
      const { events, bytes } = sealed
      observer.archived?.({ ...at, events, bytes, seconds: (performance.now() - began) / 1_000 })
      const before = sealedOf.get(partitionName(at)) ?? 0
      sealedOf.set(partitionName(at), before + 1)
      // The first time too: a member that is often restarted would never come to it.
      if (before % sealsPerLook === 0) await options.compact(at)
    } while (sealed.full && !ended.signal.aborted)
  }

  /** A partition of which so many events are left to archive; forgotten when none are. */
  function waitingOf(at: PartitionId, left: number): Waiting {
    const name = partitionName(at)
    const known = waiting.get(name) ?? { since: performance.now(), failures: 0, notBefore: 0 }
    if (left === 0) waiting.delete(name)
    else waiting.set(name, known)
    return known
  }

  async function look(): Promise<void> {
    const positions = await options.positions()
    for (const [k, at] of partitions.entries()) {
      const { head, archived } = positions[k] as (typeof positions)[number]
      const left = Math.max(0, head - archived)
      const known = waitingOf(at, left)
      const ageMs = pressed ? options.ageMs * pressedAge : options.ageMs
      const isOld = left > 0 && performance.now() - known.since >= ageMs
      const isDue = (isOld || left >= options.events) && performance.now() >= known.notBefore
      if (!isDue || ended.signal.aborted) continue
      try {
        await inTurn(() => sealAll(at, !isOld))
        waiting.delete(partitionName(at))
      } catch (error) {
        if (known.failures === 0)
          observer.log?.('error', 'cannot archive', { ...at, error: describeError(error) })
        observer.archiveFailed?.({ ...at, reason: failureOf(error) })
        known.notBefore = performance.now() + backoffMs(again, known.failures++)
      }
    }
    pressed = (await options.trim(false)).pressed
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      try {
        await look()
        failedLooks = 0
      } catch (error) {
        // The first one may come before the connection is there.
        if (++failedLooks === 2)
          observer.log?.('error', 'cannot look what is to archive, or trim it', {
            error: describeError(error),
          })
      }
      await delay(lookEachMs, undefined, { signal: ended.signal }).catch(() => {})
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
      for (const at of behind) await inTurn(() => sealAll(at, false))
      await options.trim(true)
    },
    /** Ends after the segment at hand. */
    async stop(): Promise<void> {
      ended.abort()
      await stopped
    },
  }
}
