import { expect, test } from 'vitest'
import { shopFlow } from './flow.ts'

test('the flow of the shop is its table of services: every edge joins two nodes, and an order can be followed', () => {
  const { nodes, edges } = shopFlow()
  const ids = new Set(nodes.map(({ id }) => id))
  expect(ids.size).toBe(nodes.length)
  expect(edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([])
  const arrows = edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`)
  expect(arrows).toEqual(
    expect.arrayContaining([
      'service:gateway http service:order',
      'service:order appends topic:order',
      'topic:order reads service:inventory',
      'topic:order reads service:read-model',
      'service:read-model appends rows:read-model',
      'rows:read-model reads service:gateway',
    ]),
  )
  expect(nodes).toContainEqual({ id: 'service:crm', kind: 'service', title: 'crm', group: 'crm' })
})
