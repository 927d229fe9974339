import { dashboard, graph, labelVariable, number } from './panels.ts'

const shop = 'namespace=~"$namespace"'
// Those who wait for events: the archive is a minute late by design, and has a row of its own.
const consumers = 'group!="archive"'
const read = `${shop}, group=~"$group", ${consumers}`
const archive = `${shop}, group="archive"`

/** One series a partition, also while two monitors export it. */
const perPartition = (metric: string) => `max by (namespace, topic, partition, group) (${metric}{${read}})`
const perGroup = (metric: string) => `sum by (group) (${perPartition(metric)})`
const perTopic = (metric: string, selector = shop) =>
  `sum by (topic) (max by (namespace, topic, partition) (${metric}{${selector}}))`
const rateBy = (labels: string, selector: string) =>
  `sum by (${labels}) (rate(${selector}[$__rate_interval]))`
const quantile = (q: number, labels: string, selector: string) =>
  `histogram_quantile(${q}, ${rateBy(`le${labels}`, selector)})`

const ownerless = `${perPartition('eventstore_consumer_lag_events')} unless on (namespace, topic, partition, group) eventstore_partition_owner_info{${read}}`
// What is not there is counted as 0: no data must mean that nobody exports it.
const noneOf = (labels: string, expr: string, all: string) =>
  `count by (${labels}) (${expr}) or 0 * count by (${labels}) (${all})`

const appends = rateBy('topic', `eventstore_append_total{${shop}}`)
const refused = rateBy('topic', `eventstore_append_total{${shop}, result="unavailable"}`)

const now = [
  number({
    title: 'Lag',
    shows: 'Events not yet handled, over all groups and projections.',
    bad: 'it keeps growing. A peak that subsides is a burst.',
    unit: 'short',
    queries: { events: `sum(${perPartition('eventstore_consumer_lag_events')})` },
  }),
  number({
    title: 'Oldest unhandled event',
    bad: 'over 60 s: mails, decisions on orders, or pages are late.',
    unit: 's',
    limit: 60,
    queries: { age: `max(${perPartition('eventstore_consumer_lag_seconds')})` },
  }),
  number({
    title: 'Parked events',
    bad: 'any: a group handles no more events of these entities until `ordershop-ops parked replay`.',
    unit: 'short',
    limit: 1,
    queries: { events: `sum(${perPartition('eventstore_parked_events')})` },
  }),
  number({
    title: 'Partitions without owner',
    bad: 'any, for longer than a lease and a heartbeat: its events are not handled.',
    unit: 'short',
    limit: 1,
    queries: {
      partitions: `count(${ownerless}) or 0 * count(${perPartition('eventstore_consumer_lag_events')})`,
    },
  }),
  number({
    title: 'Lost history',
    shows: 'How often a group or the monitor found that Redis had lost events, in the time range.',
    bad: 'any: acknowledged events are gone.',
    unit: 'short',
    limit: 1,
    queries: { times: `sum(increase(eventstore_history_forks_total{${read}}[$__range]))` },
  }),
  number({
    title: 'Appends refused',
    shows: 'Share of appends that Redis refused.',
    bad: 'any: writes are answered with 503.',
    unit: 'percentunit',
    limit: 0.001,
    queries: {
      share: `(sum(${refused}) or 0 * sum(${appends})) / sum(${appends})`,
    },
  }),
]

const append = [
  graph({
    title: 'Appends by topic',
    bad: 'a topic falls to zero while the shop is in use.',
    unit: 'ops',
    queries: { '{{topic}}': appends },
  }),
  graph({
    title: 'Appends by result',
    shows: '`repeated`: the command was known already. `conflict`: it is decided again.',
    bad: 'any `unavailable`; `conflict` near `ok`: many writers contend for the same entity.',
    unit: 'ops',
    queries: { '{{result}}': rateBy('result', `eventstore_append_total{${shop}}`) },
  }),
  graph({
    title: 'Append latency',
    shows: 'From the call to the answer, including the wait for the disk or a replica, and retries.',
    bad: 'p99 over 100 ms: the disk of Redis is slow, or Redis is busy.',
    unit: 's',
    limit: 0.1,
    queries: {
      p50: quantile(0.5, '', `eventstore_append_duration_seconds_bucket{${shop}}`),
      p99: quantile(0.99, '', `eventstore_append_duration_seconds_bucket{${shop}}`),
    },
  }),
  graph({
    title: 'Events in the log',
    bad: 'a falling line: Redis has lost history.',
    unit: 'short',
    queries: {
      '{{topic}}': perTopic('eventstore_stream_length_events'),
    },
  }),
]

const groups = [
  graph({
    title: 'Lag in events',
    shows: 'Exact, even for a group that is not running.',
    bad: 'a line that keeps climbing: the group is slower than the writers, or is stuck.',
    unit: 'short',
    queries: { '{{group}}': perGroup('eventstore_consumer_lag_events') },
  }),
  graph({
    title: 'Lag in seconds',
    shows: 'Age of the oldest unhandled event.',
    bad: 'over 60 s, or a straight line upwards: a partition is stuck.',
    unit: 's',
    limit: 60,
    queries: { '{{group}}': `max by (group) (${perPartition('eventstore_consumer_lag_seconds')})` },
  }),
  graph({
    title: 'Events handled',
    bad: 'zero while there is lag.',
    unit: 'ops',
    queries: { '{{group}}': rateBy('group', `eventstore_handled_total{${read}}`) },
  }),
  graph({
    title: 'Outcomes of handlers',
    bad: '`parked`: a handler kept failing. `paused`: Redis or the mail server is away. `retried`: it fails occasionally.',
    unit: 'ops',
    queries: { '{{group}} {{result}}': rateBy('group, result', `eventstore_handled_total{${read}}`) },
  }),
  graph({
    title: 'Handler p99',
    bad: 'near the lease (5 s): an owner stuck in a handler loses its partition.',
    unit: 's',
    limit: 5,
    queries: {
      '{{group}}': quantile(0.99, ', group', `eventstore_handler_duration_seconds_bucket{${read}}`),
    },
  }),
  graph({
    title: 'In flight',
    shows: 'Events read but not finished; at most 1,024 a partition.',
    bad: 'at the limit: the handlers are the bottleneck.',
    unit: 'short',
    queries: { '{{group}}': `sum by (group) (eventstore_in_flight_events{${read}})` },
  }),
]

const owners = [
  graph({
    title: 'Partitions by owner',
    bad: 'members of a group differ by more than one for longer than a rolling update.',
    unit: 'short',
    queries: {
      '{{group}} {{member}}': `count by (group, member) (eventstore_partition_owner_info{${read}})`,
    },
  }),
  graph({
    title: 'Partitions without owner',
    bad: 'above zero for longer than a lease and a heartbeat.',
    unit: 'short',
    limit: 1,
    queries: { '{{group}}': noneOf('group', ownerless, perPartition('eventstore_consumer_lag_events')) },
  }),
  graph({
    title: 'Rebalances',
    shows: 'Partitions claimed or given up.',
    bad: 'it never settles: members come and go, or their event loops block longer than the lease.',
    unit: 'ops',
    queries: { '{{group}}': rateBy('group', `eventstore_rebalances_total{${read}}`) },
  }),
  graph({
    title: 'Redelivered events and refused writes',
    shows: 'Both are harmless in themselves: handlers expect repeats, and a late owner writes nothing.',
    bad: 'a steady rate: owners keep losing their leases.',
    unit: 'ops',
    queries: {
      '{{group}} redelivered': rateBy('group', `eventstore_redelivered_total{${read}}`),
      '{{group}} refused': rateBy('group', `eventstore_fenced_writes_total{${read}}`),
    },
  }),
]

const parked = [
  graph({
    title: 'Parked events',
    bad: 'any. If it climbs, every event of a group fails: a bug, not one bad event.',
    unit: 'short',
    limit: 1,
    queries: { '{{group}}': perGroup('eventstore_parked_events') },
  }),
  graph({
    title: 'Age of the oldest parked event',
    bad: 'over an hour: unattended.',
    unit: 's',
    limit: 3600,
    queries: { '{{group}}': `max by (group) (${perPartition('eventstore_oldest_parked_age_seconds')})` },
  }),
]

const archiving = [
  graph({
    title: 'Behind',
    shows: 'Age of the oldest event that is not archived.',
    bad: 'over ten minutes: the archiver does not run, fails, or is too slow. About a minute is normal.',
    unit: 's',
    limit: 600,
    queries: { '{{topic}}': `max by (topic) (eventstore_consumer_lag_seconds{${archive}})` },
  }),
  graph({
    title: 'Events that are not archived',
    bad: 'a line that keeps climbing. Saw teeth are segments.',
    unit: 'short',
    queries: {
      '{{topic}}': perTopic('eventstore_consumer_lag_events', archive),
    },
  }),
  graph({
    title: 'Events archived',
    bad: 'zero while there are events that are not archived.',
    unit: 'ops',
    queries: { '{{topic}}': rateBy('topic', `eventstore_archive_events_total{${shop}}`) },
  }),
  graph({
    title: 'Bytes archived',
    shows: 'Bytes of segments a second: so fast the archive grows.',
    bad: 'more than was planned for.',
    unit: 'Bps',
    queries: { '{{topic}}': rateBy('topic', `eventstore_archive_bytes_total{${shop}}`) },
  }),
  graph({
    title: 'Events trimmed, entities gone',
    shows: 'Archived events that leave Redis, and entities that leave with their last one.',
    bad: 'zero while the memory of Redis is above its target: see *Memory* of dashboard *Redis*.',
    unit: 'ops',
    queries: {
      '{{topic}}': rateBy('topic', `eventstore_trimmed_events_total{${shop}}`),
      '{{topic}}, entities': rateBy('topic', `eventstore_chilled_entities_total{${shop}}`),
    },
  }),
  graph({
    title: 'Events in Redis',
    shows: 'Those that have not left it for the archive.',
    bad: 'a climb while the memory of Redis is above its target.',
    unit: 'short',
    queries: {
      '{{topic}}': `${perTopic('eventstore_stream_length_events')} - ${perTopic('eventstore_stream_trimmed_events')}`,
    },
  }),
  graph({
    title: 'Blocks read',
    shows: 'Blocks of the archive that reads of what has left Redis needed: from the memory of a process, or from the place of the archive, at which a bucket costs a request each.',
    bad: 'many from the archive at all times: what is read again and again has left Redis; let more events stay.',
    unit: 'ops',
    queries: { '{{topic}} from {{from}}': rateBy('topic, from', `eventstore_archive_blocks_total{${shop}}`) },
  }),
  graph({
    title: 'Waiting for the archive',
    shows: 'Seconds a second that reads of what has left Redis take: so many are under way on average.',
    bad: 'about as many as there are readers: they wait for the archive, and do little else.',
    unit: 'short',
    queries: { reads: `sum(rate(eventstore_archive_read_duration_seconds_sum{${shop}}[$__rate_interval]))` },
  }),
  graph({
    title: 'Failures',
    shows: 'Attempts to archive or trim a partition that failed; each is made again.',
    bad: '*unavailable* at a steady rate: Redis or the place of the archive. *broken* at all: log and archive are two histories, or a segment is not what was written.',
    unit: 'ops',
    queries: { '{{topic}} {{reason}}': rateBy('topic, reason', `eventstore_archive_failures_total{${shop}}`) },
  }),
  graph({
    title: 'Duration of a segment',
    shows: 'Read, written, read back and recorded.',
    bad: 'p99 over 10 s: its store is slow. A member that is at a segment for longer than its lease, 30 s, may lose it.',
    unit: 's',
    limit: 10,
    queries: {
      p50: quantile(0.5, '', `eventstore_archive_duration_seconds_bucket{${shop}}`),
      p99: quantile(0.99, '', `eventstore_archive_duration_seconds_bucket{${shop}}`),
    },
  }),
]

const projections = [
  graph({
    title: 'Progress of projections',
    shows: 'Share of the log that a version has folded; a version under construction climbs to 1.',
    bad: 'a line stuck below 1.',
    unit: 'percentunit',
    max: 1,
    queries: {
      '{{projection}} v{{version}}': `min by (projection, version) (eventstore_projection_progress_ratio{${shop}})`,
    },
  }),
  graph({
    title: 'Lag of projections by topic',
    bad: 'over 60 s for the live version: readers see stale rows, and writes are answered with 202.',
    unit: 's',
    limit: 60,
    queries: {
      '{{group}} {{topic}}': `max by (group, topic) (eventstore_consumer_lag_seconds{${shop}, group=~".+[.]v[0-9]+"})`,
    },
  }),
]

export const eventStore = dashboard(
  'ordershop-event-store',
  'OrderShop / Event store',
  'How fast events are written, how far every consumer group is behind, and who handles what.',
  [
    labelVariable('namespace', 'namespace', 'eventstore_append_total'),
    labelVariable('group', 'group', `eventstore_consumer_lag_events{${shop}, ${consumers}}`),
  ],
  {
    Now: now,
    Append: append,
    'Consumer groups': groups,
    Owners: owners,
    Parking: parked,
    Projections: projections,
    Archive: archiving,
  },
)
