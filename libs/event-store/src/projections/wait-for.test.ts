import { describe, expect, test } from 'vitest'
import type { PartitionId } from '../event.ts'
import { cursorWatch } from './wait-for.ts'

/** A cursor per partition that tests move, and a count of the round trips. */
function cursors() {
  const positions = new Map<number, number>()
  let reads = 0
  const wait = cursorWatch(async (partitions: readonly PartitionId[]) => {
    reads++
    return partitions.map(({ partition }) => positions.get(partition) ?? 0)
  })
  return { positions, wait, reads: () => reads }
}
const at = (partition: number, position: number) => ({ topic: 'order', partition, position })

describe('waiting for a cursor', () => {
  test('ends when every position is reached', async () => {
    const { positions, wait } = cursors()
    const waited = wait([at(1, 5), at(2, 3)], 5_000)
    positions.set(1, 5)
    positions.set(2, 4)
    expect(await waited).toBe(true)
  })

  test('ends with false at the bound', async () => {
    const { positions, wait } = cursors()
    positions.set(1, 5)
    expect(await wait([at(1, 5), at(2, 1)], 20)).toBe(false)
  })

  test('of many waiters costs one poller', async () => {
    const { positions, wait, reads } = cursors()
    const waited = Array.from({ length: 500 }, (_, k) => wait([at(k % 8, 1)], 5_000))
    for (let partition = 0; partition < 8; partition++) positions.set(partition, 1)
    expect(await Promise.all(waited)).toEqual(Array(500).fill(true))
    expect(reads()).toBeLessThan(5)
  })

  test('that is known to be stuck is answered at once, until it moves', async () => {
    const { positions, wait, reads } = cursors()
    expect(await wait([at(1, 9)], 2_100)).toBe(false)
    const before = reads()
    expect(await wait([at(1, 9)], 60_000)).toBe(false)
    expect(reads() - before).toBeLessThanOrEqual(2)
    positions.set(1, 9)
    expect(await wait([at(1, 9)], 60_000)).toBe(true)
  })
})
