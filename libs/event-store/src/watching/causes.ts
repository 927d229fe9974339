// What an event came from and what it led to.
import { AppError } from '@ordershop/core'
import type { AnyEvent, Catalog, PartitionId } from '../event.ts'
import type { Log } from '../log/log.ts'
import { type Readable, readable } from '../log/readable.ts'
import { type Budget, type Found, isEventId, searchesIn } from './search.ts'

/** Entries that one question may look at, all partitions together. */
const mostSearched = 20_000
const mostAncestors = 100
const mostEffects = 1_000

/** Options of `findEvent` and `causes`. */
export type SearchOptions = {
  /** Entries that may be looked at, all partitions together; default 20,000. */
  readonly searchAtMost?: number
}

/** An event and what it led to, in order of time. */
export type Effects<E extends AnyEvent = AnyEvent> = {
  readonly event: Readable<E>
  readonly effects: readonly Effects<E>[]
}

export type Causes<E extends AnyEvent = AnyEvent> = {
  /** What it came from, oldest first; the first was caused by a command. */
  readonly ancestors: readonly Readable<E>[]
  readonly tree: Effects<E>
  /** False when there may be more than was looked at: a bound was met. */
  readonly complete: boolean
  /** Entries that were looked at. */
  readonly searched: number
}

/** The `findEvent` and `causes` of a store. */
export function causesFrom<E extends AnyEvent>(
  log: Log,
  catalog: Catalog<E>,
  all: () => readonly PartitionId[],
) {
  const { scan, find } = searchesIn(log, all)
  const show = ({ at, entry }: Found) => readable(catalog, at, entry)
  const budgetOf = ({ searchAtMost = mostSearched }: SearchOptions): Budget => ({
    most: searchAtMost,
    used: 0,
  })

  async function required(eventId: string, budget: Budget): Promise<Found> {
    const found = await find(eventId, budget)
    if (found) return found
    const looked =
      budget.used >= budget.most ? `not among ${budget.used} entries of its time` : 'not in the log'
    throw new AppError('not_found', `find event ${eventId}: it is ${looked}`)
  }

  async function ancestorsOf(event: Found, budget: Budget) {
    const ancestors: Found[] = []
    for (let { entry } = event; ; ) {
      const { causationId, correlationId } = entry
      // The id of a command is both.
      if (causationId === correlationId || !isEventId(causationId)) return { ancestors, complete: true }
      const cause = await find(causationId, budget)
      if (!cause) return { ancestors, complete: budget.used < budget.most }
      if (ancestors.length >= mostAncestors) return { ancestors, complete: false }
      ancestors.unshift(cause)
      entry = cause.entry
    }
  }

  /** Everything of its correlation from then on, by what caused it. */
  async function effectsOf(event: Found, budget: Budget) {
    const { entry } = event
    const byCause = new Map<string, Found[]>()
    let kept = 0
    // On a Cluster each master has a clock of its own.
    const after = `${Math.max(0, msOf(event) - clockSkewMs)}-0`
    const all = await scan(after, Number.MAX_SAFE_INTEGER, budget, (found) => {
      if (found.entry.correlationId !== entry.correlationId || found.entry.eventId === entry.eventId)
        return false
      if (kept >= mostEffects) return true
      kept++
      const { causationId } = found.entry
      byCause.set(causationId, [...(byCause.get(causationId) ?? []), found])
      return false
    })
    return { byCause, complete: all && kept < mostEffects }
  }

  function treeOf(
    found: Found,
    byCause: ReadonlyMap<string, readonly Found[]>,
    above: ReadonlySet<string>,
  ): Effects<E> {
    const { eventId } = found.entry
    const met = new Set([...above, eventId])
    const caused = (byCause.get(eventId) ?? []).filter(({ entry }) => !met.has(entry.eventId))
    const inOrder = caused.toSorted(
      (a, b) => msOf(a) - msOf(b) || (a.entry.eventId < b.entry.eventId ? -1 : 1),
    )
    return { event: show(found), effects: inOrder.map((effect) => treeOf(effect, byCause, met)) }
  }

  return {
    findEvent: async (eventId: string, options: SearchOptions = {}): Promise<Readable<E>> =>
      show(await required(eventId, budgetOf(options))),

    async causes(eventId: string, options: SearchOptions = {}): Promise<Causes<E>> {
      const budget = budgetOf(options)
      const found = await required(eventId, budget)
      const up = await ancestorsOf(found, budget)
      const down = await effectsOf(found, budget)
      return {
        ancestors: up.ancestors.map(show),
        tree: treeOf(found, down.byCause, new Set()),
        complete: up.complete && down.complete,
        searched: budget.used,
      }
    },
  }
}

const clockSkewMs = 5_000
const msOf = ({ entry }: Found) => Number(entry.entryId.split('-')[0])
