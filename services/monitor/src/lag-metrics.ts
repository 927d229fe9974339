import type { GroupLag, Operations, ProjectionStatus } from '@ordershop/event-store'
import type { Log, Metrics } from '@ordershop/service'
import { Gauge } from 'prom-client'
import { headWatch, type LostEvents } from './head-watch.ts'

type Topics = Readonly<Record<string, readonly string[]>>
type Watched = {
  readonly ops: Pick<Operations, 'lag' | 'projection'>
  readonly groups: Topics
  readonly projections: Topics
  /** Called when a partition has fewer events than it had: Redis lost some. */
  readonly onLost: (lost: LostEvents) => void
}

/**
 * Registers lag, parking, owner and length of every partition. Each scrape asks Redis once, whatever the services do;
 * when Redis does not answer the values are absent, never stale.
 */
export function lagMetrics(metrics: Metrics, log: Log, watched: Watched): void {
  const gauges = createGauges(metrics)
  const lookAtHeads = headWatch(watched.onLost)
  let running: Promise<void> | undefined
  // A scrape reads all gauges at the same moment, so they share one question.
  const refresh = () => {
    running ??= ask(watched)
      .then(
        (answer) => {
          fill(gauges, answer)
          lookAtHeads(answer.lags)
        },
        (error: unknown) => {
          reset(gauges)
          log.warn({ err: error }, 'lag is unknown: Redis did not answer')
        },
      )
      .finally(() => {
        running = undefined
      })
    return running
  }
  for (const gauge of Object.values(gauges)) Object.assign(gauge, { collect: refresh })
}

type Gauges = ReturnType<typeof createGauges>

function createGauges(metrics: Metrics) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `eventstore_${name}`, help, labelNames, registers: [metrics] })
  const place = ['topic', 'partition', 'group'] as const
  return {
    lag: gauge('consumer_lag_events', 'Events beyond the cursor of a group', [...place]),
    lagSeconds: gauge('consumer_lag_seconds', 'Age of the oldest event beyond the cursor', [...place]),
    parked: gauge('parked_events', 'Events that wait for replayParked', [...place]),
    parkedAge: gauge('oldest_parked_age_seconds', 'Since when the oldest parked event waits', [...place]),
    owner: gauge('partition_owner_info', 'Who holds the lease of a partition', [...place, 'member']),
    length: gauge('stream_length_events', 'Events of a partition so far', ['topic', 'partition']),
    progress: gauge('projection_progress_ratio', 'How far a version is built, 0 to 1', [
      'projection',
      'version',
    ]),
  }
}

type Answer = { readonly lags: readonly GroupLag[]; readonly statuses: readonly ProjectionStatus[] }

async function ask({ ops, groups, projections }: Watched): Promise<Answer> {
  const names = Object.entries(projections)
  const statuses = await Promise.all(names.map(([name, topics]) => ops.projection(name, topics)))
  const versions = statuses.flatMap(({ projection, live, building }) =>
    [live, building].flatMap((version) =>
      version === null ? [] : [[`${projection}.v${version}`, projections[projection] ?? []] as const],
    ),
  )
  return { lags: await ops.lag({ ...groups, ...Object.fromEntries(versions) }), statuses }
}

function reset(gauges: Gauges): void {
  for (const gauge of Object.values(gauges)) gauge.reset()
}

function fill(gauges: Gauges, { lags, statuses }: Answer): void {
  reset(gauges)
  for (const { topic, partition, group, head, lag, lagMs, owner, parkedEvents, oldestParkedMs } of lags) {
    const place = { topic, partition: String(partition), group }
    gauges.lag.set(place, lag)
    gauges.lagSeconds.set(place, lagMs / 1000)
    gauges.parked.set(place, parkedEvents)
    gauges.parkedAge.set(place, oldestParkedMs / 1000)
    if (owner !== null) gauges.owner.set({ ...place, member: owner }, 1)
    gauges.length.set({ topic, partition: String(partition) }, head)
  }
  for (const { projection, live, building, progress } of statuses) {
    gauges.progress.set({ projection, version: String(building ?? live) }, progress)
  }
}
