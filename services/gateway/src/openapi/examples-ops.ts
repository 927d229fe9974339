// Examples of what operators ask.
import type { Example } from './example.ts'
import { recorded } from './examples-log.ts'

const { topic, partition, key, entry_id } = recorded
const place = { topic, partition }
const lag = { group: 'crm', head: 17, trimmed: 0, position: 17, lag: 0, lagMs: 0, owner: 'crm-1' }
const parkedKey = {
  ...{ ...place, group: 'crm', key, first: entry_id, last: entry_id, events: 1 },
  ...{ parkedAt: recorded.recorded_at, reason: 'the template is not known' },
}
const standing = { projection: 'read-model', live: 1, building: null, progress: 1, events: 17 }
const version = { projection: 'read-model', version: 1, group: 'read-model.v1', live: true, progress: 1 }
const parked = { parameters: { group: 'crm', topic, key } }
const decision = { ...parked, body: { reason: 'sent by hand', first: entry_id }, answer: {} }
const service = { parameters: { service: 'crm' }, body: {}, answer: {} }

export const opsExamples: readonly [string, Example][] = [
  [
    'me',
    {
      answer: {
        ...{ auth: 'optional', actor: null, roles: ['read', 'write', 'ops'], shop: true },
        ...{ trace_url: null, open_to_all: false },
      },
    },
  ],
  [
    'opsGroups',
    {
      answer: {
        lags: [{ ...place, ...lag, disputed: false, parkedKeys: 0, parkedEvents: 0, oldestParkedMs: 0 }],
        ...{ versions: [version], unread: [{ topic: 'delivery', partition, head: 3 }] },
        at: recorded.recorded_at,
      },
    },
  ],
  [
    'opsFlow',
    {
      answer: {
        nodes: [{ id: 'crm', kind: 'service', title: 'crm' }],
        edges: [{ from: 'order', to: 'crm', kind: 'reads' }],
      },
    },
  ],
  ['opsParked', { answer: { keys: [], complete: true } }],
  [
    'opsParkedKey',
    { ...parked, answer: { parked: parkedKey, events: [recorded], complete: true, decisions: [] } },
  ],
  ['opsReplay', { ...parked, body: {}, answer: {} }],
  ['opsSkip', decision],
  ['opsDiscard', decision],
  ['opsProjection', { parameters: { name: 'read-model' }, answer: standing }],
  [
    'opsRebuild',
    { parameters: { name: 'read-model' }, body: {}, answer: { ...standing, building: 2, progress: 0 } },
  ],
  [
    'opsStorage',
    {
      answer: {
        redis: {
          ...{ version: '7.0.15', used_bytes: 4_194_304, max_bytes: null },
          ...{ policy: 'noeviction', durability: 'fsync' },
        },
        archive: { url: 'http://127.0.0.1:5010', partitions: [{ ...place, archived_to: 17 }] },
      },
    },
  ],
  [
    'opsProcesses',
    {
      answer: {
        drivable: true,
        processes: [{ service: 'crm', instance: 'crm-1', state: 'ready', ready: true, port: 5006 }],
      },
    },
  ],
  ['opsStart', service],
  ['opsStop', service],
]
