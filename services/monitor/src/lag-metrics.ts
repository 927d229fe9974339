import type { GroupLag, Operations, Survey, Watched } from '@ordershop/event-store'
import type { Logger, Metrics } from '@ordershop/service'
import { Gauge } from 'prom-client'
import { headWatch, type LostEvents } from './head-watch.ts'

type Source = {
  readonly ops: Pick<Operations, 'survey'>
  readonly watched: Watched
  /** Called when a partition has fewer events than it had: Redis lost some. */
  readonly onLost: (lost: LostEvents) => void
}

/**
 * Registers lag, parking, owner and length of every partition. Each scrape asks Redis once, whatever the services do;
 * when Redis does not answer the values are absent, never stale, and `eventstore_monitor_up` is 0.
 */
export function lagMetrics(metrics: Metrics, log: Logger, { ops, watched, onLost }: Source): void {
  const gauges = createGauges(metrics)
  const lookAtHeads = headWatch(onLost)
  let up = true
  let running: Promise<void> | undefined
  const known = (survey: Survey) => {
    if (!up) log.info('lag is known again')
    up = true
    fill(gauges, survey)
    lookAtHeads([...survey.lags, ...survey.unread])
  }
  const unknown = (error: unknown) => {
    if (up) log.warn({ err: error }, 'lag is unknown: Redis did not answer')
    up = false
    reset(gauges)
    gauges.up.set(0)
  }
  // A scrape reads all gauges at the same moment, so they share one question.
  const refresh = () => {
    running ??= ops
      .survey(watched)
      .then(known, unknown)
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
    trimmed: gauge('stream_trimmed_events', 'Those of them that have left Redis for the archive', [
      'topic',
      'partition',
    ]),
    progress: gauge('projection_progress_ratio', 'How far a version is built, 0 to 1', [
      'projection',
      'version',
    ]),
    up: gauge('monitor_up', 'Whether this scrape could read Redis: 1, or 0 and no lag is exported', []),
  }
}

function reset(gauges: Gauges): void {
  for (const gauge of Object.values(gauges)) gauge.reset()
}

function fill(gauges: Gauges, { lags, versions, unread }: Survey): void {
  reset(gauges)
  gauges.up.set(1)
  for (const lag of lags) fillPlace(gauges, lag)
  for (const { topic, partition, head } of unread)
    gauges.length.set({ topic, partition: String(partition) }, head)
  for (const { projection, version, progress } of versions)
    gauges.progress.set({ projection, version: String(version) }, progress)
}

function fillPlace(gauges: Gauges, lag: GroupLag): void {
  const { topic, group } = lag
  const partition = String(lag.partition)
  const place = { topic, partition, group }
  gauges.lag.set(place, lag.lag)
  gauges.lagSeconds.set(place, lag.lagMs / 1000)
  gauges.parked.set(place, lag.parkedEvents)
  gauges.parkedAge.set(place, lag.oldestParkedMs / 1000)
  if (lag.owner !== null) gauges.owner.set({ ...place, member: lag.owner }, 1)
  gauges.length.set({ topic, partition }, lag.head)
  gauges.trimmed.set({ topic, partition }, lag.trimmed)
}
