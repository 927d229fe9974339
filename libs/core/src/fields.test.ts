import { expect, test } from 'vitest'
import { refusedFields, shown } from './fields.ts'

const problems = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ path: `items.${n}`, message: 'expected string, got 7' }))

test('an error message names the input and up to five of its fields, and the error has all of them', () => {
  expect(refusedFields('request body', problems(1)).message).toBe(
    'request body: items.0: expected string, got 7',
  )
  const many = refusedFields('request body', problems(8), { code: 'conflict' })
  expect(many.message).toMatch(/^request body: items\.0: .*; items\.4: [^;]*; and 3 more$/)
  expect([many.code, many.fields]).toEqual(['conflict', problems(8)])
})

test('a problem of the input as a whole has no path to name', () => {
  const whole = [{ path: '', message: 'expected object, got 7' }]
  expect(refusedFields('request body', whole).message).toBe('request body: expected object, got 7')
})

test('a value is shown as JSON, cut to 80 characters', () => {
  expect([7, Number.NaN, 'a', [1], undefined].map(shown)).toEqual(['7', 'NaN', '"a"', '[1]', 'nothing'])
  expect(shown('x'.repeat(200))).toMatch(/^"x{78}…$/)
})
