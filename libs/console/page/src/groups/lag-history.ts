import type { GroupLag } from '../api/shapes.ts'

/** How far a partition was behind at one moment. */
type Behind = { readonly lag: number; readonly lagMs: number }
export type Sample = { readonly at: number; readonly behind: ReadonlyMap<string, Behind> }

/** Ten minutes of one sample a second. */
const most = 600

const partitionOf = ({ group, topic, partition }: Pick<GroupLag, 'group' | 'topic' | 'partition'>): string =>
  `${group}/${topic}:${partition}`

/** The history with what was just seen; the oldest goes when it is full. The same moment twice counts once. */
export function withSample(
  history: readonly Sample[],
  at: number,
  lags: readonly GroupLag[],
): readonly Sample[] {
  if (history.at(-1)?.at === at) return history
  const behind = new Map(lags.map((lag) => [partitionOf(lag), { lag: lag.lag, lagMs: lag.lagMs }]))
  return [...history.slice(-(most - 1)), { at, behind }]
}

/** A line for each partition, in the unit asked for: events, or seconds. */
export function linesOf(
  history: readonly Sample[],
  partitions: readonly GroupLag[],
  unit: 'events' | 'seconds',
) {
  return partitions.map((place) => ({
    label: `${place.topic}:${place.partition}`,
    values: history.map(({ behind }) => {
      const found = behind.get(partitionOf(place))
      if (!found) return null
      return unit === 'events' ? found.lag : found.lagMs / 1_000
    }),
  }))
}
