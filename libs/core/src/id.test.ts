import { expect, test } from 'vitest'
import { newId } from './id.ts'

test('ten thousand ids are UUIDs of version 7, all different, each greater than the one before', () => {
  const ids = Array.from({ length: 10_000 }, newId)
  expect(
    ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toEqual(ids.toSorted())
})

test('their random bits do not recur when the random bytes are renewed', () => {
  const tails = Array.from({ length: 10_000 }, () => newId().slice(-8))
  expect(new Set(tails).size).toBeGreaterThan(9_900)
})
