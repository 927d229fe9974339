import { describe, expect, test } from 'vitest'
import { partitionOf } from './partition.ts'

// Published: a writer in another language must give the same. CRC-32 of '123456789' is 0xcbf43926 by definition.
const vectors = [
  ['', 0x00000000],
  ['123456789', 0xcbf43926],
  ['customer', 0x81398e09],
  ['0199c1e2-7b4f-7cc3-a1d2-3f5b6c7d8e9f', 0xe398037d],
  ['Zürich', 0xd30ba93e],
] as const

describe('partition of a key', () => {
  test('is the CRC-32 of its UTF-8 bytes modulo the partitions', () => {
    for (const [key, crc] of vectors) {
      expect(partitionOf(key, 8), key).toBe(crc % 8)
      expect(partitionOf(key, 2 ** 32), key).toBe(crc)
    }
  })

  test('spreads ten thousand keys evenly, within a tenth of the mean', () => {
    const counts = new Array<number>(8).fill(0)
    for (let i = 0; i < 10_000; i++) {
      const partition = partitionOf(`entity-${i}`, 8)
      counts[partition] = (counts[partition] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 1_250)).toBeLessThan(125)
  })
})
