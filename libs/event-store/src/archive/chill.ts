// Entities whose last event has left Redis leave it too, a few at a time.
import { setTimeout as delay } from 'node:timers/promises'
import { describeError } from '@ordershop/core'
import pLimit from 'p-limit'
import { type PartitionId, partitionName } from '../event.ts'
import type { Observer } from '../observer.ts'
import { indexSizes } from './write-index.ts'

/** Looks at some entities from a cursor on, `0` for the first, and lets those go that may; see `chill.lua`. */
export type ChillStep = (
  at: PartitionId,
  cursor: string,
) => Promise<{ readonly cursor: string; readonly left: number }>

export type ChillOptions = {
  readonly step: ChillStep
  /** Keeps the index of a partition short, so that its cold entities are found fast; the position up to which there are runs. */
  readonly index: (at: PartitionId) => Promise<number>
  readonly observer: Observer
  readonly signal: AbortSignal
}

/** One pass over a partition looks at every entity that Redis has, so there is not one for each event. */
const passEachMs = 10_000
/** Of one call: then other partitions wait to be sealed. */
const stepsAtOnce = 50
/** Between two steps, so that Redis is free most of the time, and an append that looks an entity up comes between. */
const pauseMs = 20
/** Events that are trimmed behind the last run before the index is looked after: that costs a listing. */
const eventsPerIndex = indexSizes.fewest
const partitionsAtOnce = 16

/** Where a member is with a partition; `done` is the position up to which events were trimmed then. */
type Pass = {
  cursor: string
  from: number
  done: number
  /** Up to where there are runs, if that is known. */
  indexed?: number
  indexing?: Promise<void> | undefined
  notBefore: number
  failed: boolean
}

/** @returns what lets entities go of partitions, given the position of the last event of each that was trimmed. */
export function chiller({ step, index, observer, signal }: ChillOptions) {
  const passes = new Map<string, Pass>()
  const limit = pLimit(partitionsAtOnce)
  const indexInTurn = pLimit(1)

  function passOf(at: PartitionId): Pass {
    const name = partitionName(at)
    const known = passes.get(name)
    const pass: Pass = known ?? { cursor: '0', from: 0, done: 0, notBefore: 0, failed: false }
    passes.set(name, pass)
    return pass
  }

  /** Resolves once there are runs for what was trimmed, or it is not worth one. One partition is worked on at a time. */
  function indexed(at: PartitionId, pass: Pass, trimmed: number): Promise<void> {
    const isDue = pass.indexed === undefined || trimmed - pass.indexed >= eventsPerIndex
    if (!pass.indexing && !isDue) return Promise.resolve()
    pass.indexing ??= indexInTurn(() => index(at))
      .then((position) => {
        pass.indexed = position
      })
      .finally(() => {
        pass.indexing = undefined
      })
    return pass.indexing
  }

  async function walk(at: PartitionId, pass: Pass, trimmed: number, whole: boolean): Promise<void> {
    if (pass.cursor === '0') {
      pass.from = trimmed
      pass.notBefore = performance.now() + passEachMs
      const indexing = indexed(at, pass, trimmed)
      // Else nobody waits for it: segments are sealed, and room is made, while it is worked on.
      if (whole) await indexing
      else indexing.catch((error: unknown) => tellOf(at, pass, error))
    }
    for (let steps = 0; (whole || steps < stepsAtOnce) && !signal.aborted; steps++) {
      const { cursor, left } = await step(at, pass.cursor)
      pass.cursor = cursor
      if (left > 0) observer.chilled?.({ ...at, entities: left })
      if (cursor === '0') {
        pass.done = pass.from
        return
      }
      if (left > 0) await delay(pauseMs)
    }
  }

  async function chillOne(at: PartitionId, trimmed: number, now: boolean): Promise<void> {
    const pass = passOf(at)
    const isUnderWay = pass.cursor !== '0'
    const isDue = trimmed > pass.done && (now || performance.now() >= pass.notBefore)
    if (!isUnderWay && !isDue) return
    try {
      await walk(at, pass, trimmed, now)
      pass.failed = false
    } catch (error) {
      tellOf(at, pass, error)
    }
  }

  function tellOf(at: PartitionId, pass: Pass, error: unknown): void {
    if (!pass.failed)
      observer.log?.('error', 'cannot let entities leave Redis', { ...at, error: describeError(error) })
    pass.failed = true
  }

  /** @param now whole passes, and at once; else a part of one, and now and then. */
  return async function chill(trimmed: ReadonlyMap<PartitionId, number>, now: boolean): Promise<void> {
    await Promise.all([...trimmed].map(([at, position]) => limit(() => chillOne(at, position, now))))
  }
}
