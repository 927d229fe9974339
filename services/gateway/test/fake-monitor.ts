// A monitor of a shop in which nothing has happened.
import type { UpstreamRequest } from '../src/upstreams.ts'

const decidedAt = '2026-01-02T03:04:05.678Z'
const status = { projection: 'read-model', live: 1, building: null, progress: 1, events: 0 }
const place = { topic: 'order', partition: 0, group: 'crm', key: 'o1' }
const parked = {
  ...{ ...place, first: '1-0', last: '1-0', events: 1 },
  ...{ parkedAt: decidedAt, reason: 'poison' },
}
const unreadable = { entry_id: '1-0', raw: { data: 'x' }, problem: 'expected JSON' }

const answers: readonly [RegExp, unknown][] = [
  [/\/groups$/, { lags: [], versions: [], unread: [], at: decidedAt }],
  [/\/flow$/, { nodes: [{ id: 'topic:order', kind: 'topic', title: 'order' }], edges: [] }],
  [/\/parked$/, { keys: [parked], complete: true }],
  [/\/parked\/\w+\/\w+\/[^/]+$/, { parked, events: [unreadable], complete: true, decisions: [] }],
  [/\/projections\/[^/]+(\/rebuild)?$/, status],
  [
    /\/storage$/,
    {
      redis: { version: '8.0.2', used_bytes: 1, max_bytes: null, policy: 'noeviction', durability: 'fsync' },
      archive: null,
    },
  ],
  [/\/processes$/, { drivable: false, processes: [] }],
]

export function fakeMonitor({ path }: UpstreamRequest): unknown {
  return answers.find(([pattern]) => pattern.test(path))?.[1] ?? {}
}
