import { expect, test } from 'vitest'
import { tables } from './tables.ts'

const ratio = { median: 0.9, min: 0.812, max: 12.3 }

test('a suite is one table: medians, ratios with their spread, and whether each aim is met', () => {
  const figures = [
    { name: 'ours', median: 43_210.4 },
    { name: 'raw', median: 48_011, ratio, atLeast: 0.85 },
    { name: 'BullMQ', median: 1.234, ratio, atLeast: 2.4 },
  ]
  const result = { suite: 'append', unit: 'events/s', rounds: 5 }
  expect(
    tables([
      { ...result, name: 'a', figures },
      { ...result, name: 'b', figures: figures.slice(0, 1) },
    ]).split('\n'),
  ).toEqual([
    '| append | unit | ours | raw | BullMQ | aim |',
    '| --- | --- | --- | --- | --- | --- |',
    '| a | events/s | 43,210 | 48,011 (0.90 ×, 0.81-12) | 1.23 (0.90 ×, 0.81-12) | raw 0.85 ×: held, BullMQ 2.4 ×: **missed** |',
    '| b | events/s | 43,210 |  |  |  |',
    '',
  ])
})
