import { expect, test } from 'vitest'
import { measure } from './measure.ts'

function contender(name: string, figures: readonly number[], order: string[]) {
  let round = 0
  return {
    name,
    run: async () => {
      order.push(name)
      return figures[round++] as number
    },
  }
}

test('contenders take turns, the first round does not count, and ratios are of the same round', async () => {
  const order: string[] = []
  const ours = contender('ours', [1, 100, 200, 300, 400, 500], order)
  const raw = contender('raw', [1_000, 50, 400, 150, 200, 250], order)
  const found = await measure('append', {
    name: 'one',
    unit: 'events/s',
    contenders: [ours, raw],
    atLeast: { raw: 0.85 },
  })
  expect(order.slice(0, 6)).toEqual(['ours', 'raw', 'raw', 'ours', 'ours', 'raw'])
  expect(found).toEqual({
    suite: 'append',
    name: 'one',
    unit: 'events/s',
    rounds: 5,
    figures: [
      { name: 'ours', median: 300 },
      { name: 'raw', median: 200, ratio: { median: 2, min: 0.5, max: 2 }, atLeast: 0.85 },
    ],
  })
})
