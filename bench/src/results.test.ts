import { expect, test } from 'vitest'
import { pageWith, readPage, readResults } from './results.ts'

test('the tables of docs/performance.md are those of bench/results.json', () => {
  expect(readPage()).toBe(pageWith(readResults()))
})
