import { expect, test } from 'vitest'
import { accelerated, usesOf } from './promql.ts'

test('a metric is listed with the labels that it is selected, grouped and joined by', () => {
  expect(
    usesOf(
      'sum by (group) (rate(handled_total{result="ok"}[5m])) / on (group) group_left () max by (group) (lag{topic!=""})',
    ),
  ).toEqual([
    { metric: 'handled_total', labels: ['group', 'result'] },
    { metric: 'lag', labels: ['group', 'topic'] },
  ])
})

test('the right side of a join must have what it is joined on, and no more', () => {
  expect(usesOf('count by (group) (lag unless on (topic) owner or on () spare)')).toEqual([
    { metric: 'lag', labels: ['group', 'topic'] },
    { metric: 'owner', labels: ['topic'] },
    { metric: 'spare', labels: ['group'] },
  ])
})

test('what is left out may be missing', () => {
  expect(usesOf('sum without (pod) (lag) - ignoring (member) owner')).toEqual([
    { metric: 'lag', labels: [] },
    { metric: 'owner', labels: [] },
  ])
})

test('an expression that cannot be read is refused', () => {
  expect(() => usesOf('sum by (group) (lag')).toThrow('cannot read')
  expect(() => usesOf('{job="shop"}')).toThrow('metric')
})

test('in an accelerated expression, ranges, offsets and limits in seconds are shorter, and nothing else', () => {
  expect(
    accelerated(
      'max_over_time(forks_total[1h] offset 1h) > 5 or max by (group) (lag_seconds) > 60 and x > 60',
      60,
    ),
  ).toBe(
    'max_over_time(forks_total[60000ms] offset 60000ms) > 5 or max by (group) (lag_seconds) > 1 and x > 60',
  )
})
