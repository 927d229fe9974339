import { expect, test } from 'vitest'
import type { Flow, GroupLag, Groups } from '../api/shapes.ts'
import { trafficOf } from './rates.ts'

const flow: Flow = {
  nodes: [
    { id: 's', kind: 'service', title: 'order' },
    { id: 't', kind: 'topic', title: 'order' },
    { id: 'p', kind: 'service', title: 'read-model', group: 'read-model' },
  ],
  edges: [
    { from: 's', to: 't', kind: 'appends' },
    { from: 't', to: 'p', kind: 'reads' },
  ],
}
const at = (time: string, head: number, position: number): Groups => ({
  at: time,
  unread: [],
  versions: [{ projection: 'read-model', version: 2, group: 'read-model.v2', live: true, progress: 1 }],
  lags: [
    {
      group: 'read-model.v2',
      topic: 'order',
      partition: 0,
      head,
      position,
      lag: head - position,
    } as GroupLag,
  ],
})

test('an arrow carries what was appended or handled between two looks, and tells what waits', () => {
  const traffic = trafficOf(flow, at('2026-01-01T00:00:00Z', 100, 100), at('2026-01-01T00:00:02Z', 300, 150))
  expect([...traffic.values()]).toEqual([
    { perSecond: 100, lag: null },
    { perSecond: 25, lag: 150 },
  ])
})

test('one look alone tells no rate', () => {
  const [appends, reads] = trafficOf(flow, undefined, at('2026-01-01T00:00:00Z', 3, 1)).values()
  expect(appends).toEqual({ perSecond: null, lag: null })
  expect(reads).toEqual({ perSecond: null, lag: 2 })
})
