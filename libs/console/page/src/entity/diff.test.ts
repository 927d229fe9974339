import { expect, test } from 'vitest'
import { differences } from './diff.ts'

test('what differs is told by its path, and nothing else', () => {
  const before = { name: 'Lamp', lines: [{ quantity: 1 }, { quantity: 2 }], gone: 1 }
  const after = { name: 'Lamp', lines: [{ quantity: 1 }, { quantity: 3 }], price: null }
  expect(differences(before, after)).toEqual([
    { path: 'lines.1.quantity', before: 2, after: 3 },
    { path: 'gone', before: 1, after: undefined },
    { path: 'price', before: undefined, after: null },
  ])
  expect(differences(before, structuredClone(before))).toEqual([])
})

test('a list is not compared with an object', () => {
  expect(differences({ a: [] }, { a: {} })).toEqual([{ path: 'a', before: [], after: {} }])
})
