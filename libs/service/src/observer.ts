import { Counter, Gauge, Histogram } from 'prom-client'
import type { Logger } from './log.ts'
import { type Happened, scopeOf, tracedAppend, tracedHandling } from './messaging.ts'
import { type Metrics, secondsBuckets } from './metrics.ts'
import { rateLimitedLog } from './rate-limited-log.ts'

type Partition = { topic: string; partition: number; group: string }
type Archived = { topic: string; events: number; bytes: number; seconds: number }

/**
 * What an event store tells of its work, as Prometheus metrics and log lines. Pass it as the store's `observer`.
 * Registers every `eventstore_*` metric that one process knows by itself; lag, parking and owners come from `monitor`.
 */
export function eventStoreObserver(metrics: Metrics, log: Logger) {
  const registers = [metrics]
  const tell = rateLimitedLog(log)
  const count = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers })
  const time = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name, help, labelNames, buckets: secondsBuckets, registers })

  const appends = count('eventstore_append_total', 'Appends settled', ['topic', 'result'])
  const appendSeconds = time('eventstore_append_duration_seconds', 'Call to answer of an append', ['topic'])
  const handled = count('eventstore_handled_total', 'Events that left a handler', [
    'topic',
    'group',
    'result',
  ])
  const handlerSeconds = time('eventstore_handler_duration_seconds', 'One call of a handler', [
    'topic',
    'group',
  ])
  const redelivered = count('eventstore_redelivered_total', 'Events that came again', ['topic', 'group'])
  const rebalances = count('eventstore_rebalances_total', 'Partitions claimed or given up', [
    'topic',
    'group',
  ])
  const fenced = count('eventstore_fenced_writes_total', 'Late writes refused', ['topic', 'group'])
  const forks = count('eventstore_history_forks_total', 'Lost events noticed', ['topic', 'group'])
  const archivedEvents = count('eventstore_archive_events_total', 'Events archived', ['topic'])
  const archivedBytes = count('eventstore_archive_bytes_total', 'Bytes of the segments that were archived', [
    'topic',
  ])
  const archiveFailures = count(
    'eventstore_archive_failures_total',
    'Failures to archive or trim a partition: the archive is broken or another history, or something is unavailable',
    ['topic', 'reason'],
  )
  const trimmedEvents = count('eventstore_trimmed_events_total', 'Archived events that have left Redis', [
    'topic',
  ])
  const chilledEntities = count(
    'eventstore_chilled_entities_total',
    'Entities that have left Redis with their last event',
    ['topic'],
  )
  const archiveReadSeconds = time(
    'eventstore_archive_read_duration_seconds',
    'One read of events that have left Redis; its count is that of the reads',
    [],
  )
  const archiveBlocks = count('eventstore_archive_blocks_total', 'Blocks of segments that reads needed', [
    'topic',
    'from',
  ])
  const archiveSeconds = time(
    'eventstore_archive_duration_seconds',
    'One segment: read, written, read back and recorded; its count is that of the segments',
    ['topic'],
  )
  const inFlight = new Gauge({
    name: 'eventstore_in_flight_events',
    help: 'Events read and not finished',
    labelNames: ['topic', 'partition', 'group'],
    registers,
  })

  const disagree = new Gauge({
    name: 'eventstore_group_topics_disagree',
    help: '1 while live members of the group read different topics, as during a deploy that adds one',
    labelNames: ['group'],
    registers,
  })

  return {
    appended({ topic, result, seconds }: { topic: string; result: string; seconds: number }) {
      appends.inc({ topic, result })
      appendSeconds.observe({ topic }, seconds)
    },
    handled(fact: { topic: string; group: string; result: string; events: number; seconds: number }) {
      const { topic, group, result } = fact
      handled.inc({ topic, group, result }, fact.events)
      handlerSeconds.observe({ topic, group }, fact.seconds)
    },
    redelivered({ topic, group, events }: { topic: string; group: string; events: number }) {
      redelivered.inc({ topic, group }, events)
    },
    owned({ topic, partition, group, owned }: Partition & { owned: boolean }) {
      rebalances.inc({ topic, group })
      // From zero, or the first trouble would be no increase of anything.
      if (owned) for (const trouble of [redelivered, fenced, forks]) trouble.inc({ topic, group }, 0)
      // What is in hand is the new owner's to tell.
      if (!owned) inFlight.remove({ topic, partition: String(partition), group })
    },
    inFlight({ topic, partition, group, events }: Partition & { events: number }) {
      inFlight.set({ topic, partition: String(partition), group }, events)
    },
    fenced({ topic, group }: Partition) {
      fenced.inc({ topic, group })
    },
    disagreed({ group, topics }: { group: string; topics: readonly string[] }) {
      disagree.set({ group }, topics.length > 0 ? 1 : 0)
    },
    forked({ topic, partition, group, lastPosition }: Partition & { lastPosition: number }) {
      forks.inc({ topic, group })
      // All partitions roll back together.
      tell('error', { topic, partition, group, lastPosition }, 'Redis has lost events that were there before')
    },
    archived({ topic, events, bytes, seconds }: Archived) {
      archivedEvents.inc({ topic }, events)
      archivedBytes.inc({ topic }, bytes)
      archiveSeconds.observe({ topic }, seconds)
      trimmedEvents.inc({ topic }, 0)
      chilledEntities.inc({ topic }, 0)
      // From zero, so that a dashboard has a line wherever there is an archive.
      for (const from of ['memory', 'archive']) archiveBlocks.inc({ topic, from }, 0)
      for (const reason of ['broken', 'unavailable']) archiveFailures.inc({ topic, reason }, 0)
    },
    archiveFailed({ topic, reason }: { topic: string; reason: string }) {
      archiveFailures.inc({ topic, reason })
    },
    archiveRead({ seconds }: { seconds: number }) {
      archiveReadSeconds.observe(seconds)
    },
    archiveBlock({ topic, inMemory }: { topic: string; inMemory: boolean }) {
      archiveBlocks.inc({ topic, from: inMemory ? 'memory' : 'archive' })
    },
    trimmed({ topic, events }: { topic: string; events: number }) {
      trimmedEvents.inc({ topic }, events)
    },
    chilled({ topic, entities }: { topic: string; entities: number }) {
      chilledEntities.inc({ topic }, entities)
    },
    appending: tracedAppend,
    handling: tracedHandling,
    log(level: 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown>) {
      const { correlation_id, traceparent, ...rest } = fields as Partial<Happened>
      const line = correlation_id
        ? { ...rest, ...scopeOf({ correlation_id, ...(traceparent ? { traceparent } : {}) }) }
        : rest
      // What is unavailable is so for every partition, and each says so.
      const { error } = fields as { error?: { code?: string } }
      const isEverywhere = level === 'warn' || error?.code === 'unavailable'
      if (level !== 'info' && isEverywhere) tell(level, line, message)
      else log[level](line, message)
    },
  }
}
