import { eventually } from '@ordershop/core/testing'
import { expect, test } from 'vitest'
import { cursorStore } from './cursor-store.ts'
import { type Advance, beginning, type Groups } from './groups.ts'
import type { Lease } from './lease.ts'
import { inHandWindow } from './window.ts'

/** The cursor of a partition whose store answers OK, and the positions that were stored. */
function cursor({ restsBelow }: { restsBelow: number }) {
  const stored: number[] = []
  const window = inHandWindow()
  const ended = new AbortController()
  const advance = async (_at: unknown, _group: string, { to }: Advance) => {
    stored.push(to.position)
    return 'OK' as const
  }
  const store = cursorStore({
    ...{ at: { topic: 'account', partition: 0 }, group: 'g', observer: {}, signal: ended.signal },
    ...{ start: beginning, window, restsBelow },
    groups: { advance } as unknown as Groups,
    lease: { token: 't', leaseMs: 5_000, renewed: () => {} } as unknown as Lease,
    ...{ onStored: () => {}, onAsked: () => {}, onLost: () => {}, onRefused: () => {} },
  })
  let position = 0
  /** So many events are read; those that are done have been handled. */
  const take = (events: number, done = true) => {
    for (let n = 0; n < events; n++) {
      const at = { entryId: `${++position}-0`, position, eventId: `e${position}` }
      window.push({ cursor: at, key: 'a', done, rows: [] })
    }
    if (done) store.poke()
  }
  return { store, stored, take, end: () => ended.abort() }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('a cursor that nobody waits for is stored a few times a second, whatever has finished by then', async () => {
  const { stored, take } = cursor({ restsBelow: 512 })
  const began = performance.now()
  for (let n = 0; n < 100; n++) {
    take(1)
    await turn()
  }
  await eventually(() => expect(stored.at(-1)).toBe(100))
  // One each 200 ms, and one more for where the first of them fell.
  expect(stored.length).toBeLessThanOrEqual(2 + (performance.now() - began) / 200)
})

test('it is stored at once where it is waited for: by rows, by what may be in hand, by a lease, by who leaves', async () => {
  const rows = cursor({ restsBelow: 0 })
  rows.take(1)
  await turn()
  expect(rows.stored).toEqual([1])
  const full = cursor({ restsBelow: 10 })
  full.take(9)
  await turn()
  expect(full.stored).toEqual([])
  full.take(1)
  await turn()
  expect(full.stored).toEqual([10])
  const { store, stored, take } = cursor({ restsBelow: 10 })
  take(1)
  store.renew()
  await turn()
  expect(stored).toEqual([1])
  take(1)
  await store.flush()
  expect(stored).toEqual([1, 2])
})

test('an owner that has lost its partition stores nothing that has finished', async () => {
  const { stored, take, end, store } = cursor({ restsBelow: 512 })
  take(1)
  end()
  expect(await store.confirm()).toBe(false)
  await new Promise((resolve) => setTimeout(resolve, 210)) // when it would have been stored
  expect(stored).toEqual([])
})
