// How far behind every consumer group is: as `shop lag` shows it, a line a group and topic; for operators, one a partition.
import type { GroupLag, Operations } from '@ordershop/event-store'
import { watchedBy } from '@ordershop/shop'
import type { Report } from './command.ts'
import { table } from './table.ts'

/** Everything that the shop's groups and projections have to tell, the archive's where the environment names one. */
export const surveyShop = (ops: Pick<Operations, 'survey'>, env: NodeJS.ProcessEnv) =>
  ops.survey(watchedBy(env))

/** The partitions of each group and topic added up, in the order in which they come. */
export function lagTable(lags: readonly GroupLag[]): string {
  const lines = Map.groupBy(lags, ({ topic, group }) => `${topic} ${group}`)
  const disputed = Map.groupBy(
    lags.filter((lag) => lag.disputed),
    ({ group }) => group,
  )
  const notes = [...disputed].map(([group, ofGroup]) => {
    const topics = [...new Set(ofGroup.map(({ topic }) => topic))].join(', ')
    return `${group}: not every member reads ${topics}`
  })
  return [table([...lines.values()].map(lineOf)), ...notes].join('\n')
}

function lineOf(partitions: GroupLag[]) {
  const { topic = '', group = '' } = partitions[0] ?? {}
  const sum = (value: (one: GroupLag) => number) => partitions.reduce((total, one) => total + value(one), 0)
  return {
    topic,
    group,
    lag: sum(({ lag }) => lag),
    seconds: Math.round(Math.max(...partitions.map(({ lagMs }) => lagMs)) / 1_000),
    parked: sum(({ parkedEvents }) => parkedEvents),
    owner: ownersOf(partitions),
  }
}

/** Members by the end of their names, which is what differs; how many partitions they hold when it is not all. */
function ownersOf(partitions: readonly GroupLag[]): string {
  const owned = partitions.flatMap(({ owner }) => (owner === null ? [] : [owner]))
  if (owned.length === 0) return '-'
  const members = [...new Set(owned)].sort().map((member) => `…${member.slice(-6)}`)
  const held = owned.length < partitions.length ? ` (${owned.length} of ${partitions.length})` : ''
  return `${members.join(' ')}${held}`
}

/** A line for each partition that has events, or for all. */
export async function lagReport(ops: Operations, env: NodeJS.ProcessEnv, all: boolean): Promise<Report> {
  const { lags } = await surveyShop(ops, env)
  const rows = lags
    .filter(({ head }) => all || head > 0)
    .map((one) => ({
      group: one.group,
      partition: `${one.topic}:${one.partition}`,
      events: one.head,
      lag: one.lag,
      'lag s': Math.round(one.lagMs / 1_000),
      parked: one.parkedEvents,
      owner: one.owner,
      disputed: one.disputed ? 'yes' : '-',
    }))
  return { rows, none: 'the log is empty' }
}
