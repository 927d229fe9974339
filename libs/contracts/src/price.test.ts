import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centsOf, priceOf } from './price.ts'

describe('prices', () => {
  test('are converted by digits, where multiplying would lose a cent', () => {
    expect(1.15 * 100).not.toBe(115)
    expect([0, 0.01, 1.15, 19.99, 20, 8.2, 9_999_999.99].map(centsOf)).toEqual([
      0, 1, 115, 1999, 2000, 820, 999_999_999,
    ])
  })

  test('survive the way into cents and back, every one of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (cents) => centsOf(priceOf(cents)) === cents),
    )
  })

  test.each([19.999, -1, 1e-7, 1e21, Number.NaN, Number.POSITIVE_INFINITY])('refuse %d', (price) => {
    expect(() => centsOf(price)).toThrow(`price ${price}: expected currency units with at most two decimals`)
  })
})
