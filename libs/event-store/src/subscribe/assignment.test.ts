import { describe, expect, it } from 'vitest'
import { quota } from './assignment.ts'

const members = (n: number) => Array.from({ length: n }, (_, i) => `member-${i}`)

describe('assignment of partitions', () => {
  it('shares all partitions among live members, none idle while there are enough', () => {
    for (let units = 1; units <= 56; units++)
      for (let n = 1; n <= 12; n++) {
        const live = members(n).reverse()
        const shares = live.map((member) => quota(units, live, member))
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(units)
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
      }
  })

  it('gives nothing to a member whose heartbeat has run out', () => {
    expect(quota(8, members(3), 'member-9')).toBe(0)
  })
})
