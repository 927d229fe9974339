import { expect, test } from 'vitest'
import { kneeOf, type Step } from './judge.ts'

const step = (rate: number, but: Partial<Step> = {}): Step => ({
  ...{ rate, decided: rate, failed: 0, p95: 20, p99: 30 },
  ...but,
})

test('the knee is the last rate that held', () => {
  expect(kneeOf([step(100), step(200), step(300, { p95: 150 })], 100)).toBe(200)
})

test('a rate that holds after one that did not is disregarded', () => {
  expect(kneeOf([step(100), step(200, { p95: 150 }), step(300)], 100)).toBe(100)
})

test('where every rate holds the knee is not below the last', () => {
  expect(kneeOf([step(100), step(200)], 100)).toBe(200)
})

test.each<[string, Partial<Step>]>([
  ['answers come too late', { p95: 100 }],
  ['requests fail', { failed: 0.01 }],
  ['orders are left out', { decided: 90 }],
])('there is none when at the first rate %s', (_, but) => {
  expect(kneeOf([step(100, but), step(200)], 100)).toBeUndefined()
})
