import { expect, test } from 'vitest'
import type { Recorded } from '../api/shapes.ts'
import { tailBuffer } from './tail-buffer.ts'

const event = (position: number) => ({ event_id: String(position), position }) as Recorded

test('the newest are kept up to the limit, and every one is counted', () => {
  const buffer = tailBuffer(3)
  for (let position = 1; position <= 1_000; position++) buffer.add(event(position), 0)
  expect(buffer.newest(10).map(({ position }) => position)).toEqual([1_000, 999, 998])
  expect(buffer.newest(1).map(({ position }) => position)).toEqual([1_000])
  expect(buffer.seen).toBe(1_000)
})

test('the rate is that of the last five whole seconds', () => {
  const buffer = tailBuffer(10)
  for (let ms = 0; ms < 10_000; ms += 10) buffer.add(event(ms), ms)
  expect(buffer.rate(10_000)).toBe(100)
  expect(buffer.rate(20_000)).toBe(0)
})
