import { expect, test } from 'vitest'
import { afterLast, before } from './edits.ts'

test('lines are put before the only place of an anchor', () => {
  expect(before('end\n', 'two\n')('one\nend\n', 'a.ts')).toBe('one\ntwo\nend\n')
})

test('lines are put after the last line that matches', () => {
  expect(afterLast(/^\| .*/, '| c\n')('| a\n| b\n\nend\n', 'a.md')).toBe('| a\n| b\n| c\n\nend\n')
})

test('an anchor that is missing or not unique is named with its file', () => {
  expect(() => before('end', '')('one', 'a.ts')).toThrow(
    'a.ts: expected "end" once, to write before it, found it 0',
  )
  expect(() => before('one', '')('one one', 'a.ts')).toThrow('found it 2 times')
  expect(() => afterLast(/^\| .*/, '')('one', 'a.md')).toThrow('a.md: expected a line like /^\\| .*/')
})
