import type { GroupLag } from '../api/shapes.ts'

/** A group over all of its partitions. */
export type GroupSummary = {
  readonly group: string
  readonly partitions: readonly GroupLag[]
  readonly topics: readonly string[]
  readonly lag: number
  readonly lagMs: number
  readonly owners: readonly string[]
  /** Partitions that nobody reads now. */
  readonly ownerless: number
  readonly parkedKeys: number
  readonly parkedEvents: number
}

/** Groups in the order in which they are told. */
export function summaries(lags: readonly GroupLag[]): readonly GroupSummary[] {
  const byGroup = Map.groupBy(lags, ({ group }) => group)
  return [...byGroup].map(([group, partitions]) => ({
    group,
    partitions,
    topics: [...new Set(partitions.map(({ topic }) => topic))],
    lag: sum(partitions.map(({ lag }) => lag)),
    lagMs: Math.max(...partitions.map(({ lagMs }) => lagMs)),
    owners: [...new Set(partitions.flatMap(({ owner }) => owner ?? []))],
    ownerless: partitions.filter(({ owner }) => owner === null).length,
    parkedKeys: sum(partitions.map(({ parkedKeys }) => parkedKeys)),
    parkedEvents: sum(partitions.map(({ parkedEvents }) => parkedEvents)),
  }))
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)
