import { dashboard, graph, labelVariable, number } from './panels.ts'

// The metrics of oliver006/redis_exporter.
const redis = 'namespace=~"$namespace", instance=~"$instance"'

const rateBy = (labels: string, selector: string) =>
  `sum by (${labels}) (rate(${selector}[$__rate_interval]))`

const now = [
  number({
    title: 'Answering',
    bad: 'fewer than there are nodes.',
    unit: 'short',
    queries: { nodes: `sum(redis_up{${redis}})` },
  }),
  number({
    title: 'Shortest uptime',
    bad: 'minutes, without a planned restart.',
    unit: 's',
    queries: { uptime: `min(redis_uptime_in_seconds{${redis}})` },
  }),
  number({
    title: 'Last write to the append-only file',
    bad: '0: it failed. What is acknowledged may not be on disk.',
    unit: 'short',
    queries: { '1 = ok': `min(redis_aof_last_write_status{${redis}})` },
  }),
  number({
    title: 'Append-only file',
    bad: '0: it is off, and a crash loses every event since the last snapshot.',
    unit: 'short',
    queries: { '1 = on': `min(redis_aof_enabled{${redis}})` },
  }),
  number({
    title: 'Evicted keys',
    shows: 'Since Redis started.',
    bad: 'any: Redis deletes events to make room. `maxmemory-policy` must be `noeviction`.',
    unit: 'short',
    limit: 1,
    queries: { keys: `sum(redis_evicted_keys_total{${redis}})` },
  }),
  number({
    title: 'Rejected connections',
    shows: 'Since Redis started.',
    bad: 'any: `maxclients` was reached.',
    unit: 'short',
    limit: 1,
    queries: { connections: `sum(redis_rejected_connections_total{${redis}})` },
  }),
]

const memory = [
  graph({
    title: 'Memory',
    shows: '`max` is 0 where `maxmemory` is not set. Above `target` archived events leave Redis.',
    bad: '`used` near `max`: then every write is refused; or above `target`, and it stays there. `rss` twice `used`: fragmentation, or a rewrite under way.',
    unit: 'bytes',
    queries: {
      '{{instance}} used': `redis_memory_used_bytes{${redis}}`,
      '{{instance}} rss': `redis_memory_used_rss_bytes{${redis}}`,
      '{{instance}} max': `redis_memory_max_bytes{${redis}}`,
      '{{instance}} target': `redis_memory_max_bytes{${redis}} * scalar(max(eventstore_memory_target_ratio))`,
    },
  }),
  graph({
    title: 'Fragmentation',
    shows: 'Resident over used memory.',
    bad: 'over 1.5 with more than a few hundred megabytes in use. Below 1: swapping.',
    unit: 'short',
    queries: { '{{instance}}': `redis_mem_fragmentation_ratio{${redis}}` },
  }),
]

const persistence = [
  graph({
    title: 'Append latency as writers see it, p99',
    shows: 'With `appendfsync always` an append waits for the disk; Redis itself does not export how long.',
    bad: 'over 100 ms while commands are quick: the disk is slow.',
    unit: 's',
    limit: 0.1,
    queries: {
      p99: 'histogram_quantile(0.99, sum by (le) (rate(eventstore_append_duration_seconds_bucket[$__rate_interval])))',
    },
  }),
  graph({
    title: 'Size of the append-only file',
    bad: 'it grows and is never rewritten, or fills its volume.',
    unit: 'bytes',
    queries: { '{{instance}}': `redis_aof_current_size_bytes{${redis}}` },
  }),
  graph({
    title: 'Rewrites of the append-only file',
    shows: 'Whether one is under way, and whether the last one succeeded.',
    bad: 'under way for minutes, or the last one is 0: the disk is full, or there is no memory to fork.',
    unit: 'short',
    max: 1,
    queries: {
      '{{instance}} under way': `redis_aof_rewrite_in_progress{${redis}}`,
      '{{instance}} last ok': `redis_aof_last_bgrewrite_status{${redis}}`,
    },
  }),
  graph({
    title: 'Delayed fsyncs',
    shows: 'Writes that had to wait for an fsync in the background (`appendfsync everysec`).',
    bad: 'any: the disk does not keep up.',
    unit: 'ops',
    queries: { '{{instance}}': rateBy('instance', `redis_aof_delayed_fsync{${redis}}`) },
  }),
]

const work = [
  graph({
    title: 'Commands',
    bad: 'zero while the shop is in use.',
    unit: 'ops',
    queries: { '{{instance}}': rateBy('instance', `redis_commands_processed_total{${redis}}`) },
  }),
  graph({
    title: 'Commands by name',
    shows: 'The ten most frequent. `evalsha` are appends, claims and advances.',
    bad: '`keys` or `scan` among them: a client scans the whole keyspace.',
    unit: 'ops',
    queries: { '{{cmd}}': `topk(10, ${rateBy('cmd', `redis_commands_total{${redis}}`)})` },
  }),
  graph({
    title: 'Time in commands',
    shows: 'Seconds of Redis a second, by command; Redis has one for all of them.',
    bad: 'their sum near 1: Redis is the bottleneck.',
    unit: 'percentunit',
    queries: { '{{cmd}}': `topk(10, ${rateBy('cmd', `redis_commands_duration_seconds_total{${redis}}`)})` },
  }),
  graph({
    title: 'Errors answered',
    bad: '`OOM`, `MISCONF`, `NOREPLICAS`, `READONLY`: writes are refused. `NOSCRIPT` after a restart is normal.',
    unit: 'ops',
    queries: { '{{err}}': rateBy('err', `redis_errors_total{${redis}}`) },
  }),
]

const clients = [
  graph({
    title: 'Clients',
    shows: 'A reader waits in a blocking read: blocked is normal here.',
    bad: 'connected climbs and never falls: a client leaks connections.',
    unit: 'short',
    queries: {
      '{{instance}} connected': `redis_connected_clients{${redis}}`,
      '{{instance}} blocked': `redis_blocked_clients{${redis}}`,
    },
  }),
  graph({
    title: 'Replicas',
    bad: 'fewer than configured: with `min-replicas-to-write` writes are refused.',
    unit: 'short',
    queries: { '{{instance}}': `redis_connected_slaves{${redis}}` },
  }),
]

export const redisDashboard = dashboard(
  'ordershop-redis',
  'OrderShop / Redis',
  'The Redis under the event store: memory, disk, commands and clients, as redis_exporter sees them.',
  [
    labelVariable('namespace', 'namespace', 'redis_up'),
    labelVariable('instance', 'instance', 'redis_up{namespace=~"$namespace"}'),
  ],
  { Now: now, Memory: memory, Persistence: persistence, Commands: work, Clients: clients },
)
