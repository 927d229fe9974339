import { eventually } from '@ordershop/core/testing'
import { expect, test } from 'vitest'
import { createLog } from './log.ts'
import { rateLimitedLog } from './rate-limited-log.ts'

function told(level = 'info') {
  const lines: { level: string; msg: string; times?: number; n?: number }[] = []
  const log = createLog({ service: 'test', level }, { write: (line) => void lines.push(JSON.parse(line)) })
  return { lines, tell: rateLimitedLog(log, { quietMs: 50, longestQuietMs: 1_000 }) }
}

test('a failure is logged at once, then with its count, and as new after it was gone for a while', async () => {
  const { lines, tell } = told()
  for (let n = 0; n < 5; n++) tell('warn', { n }, 'refused')
  tell('warn', {}, 'something else')
  expect(lines.map(({ msg }) => msg)).toEqual(['refused', 'something else'])
  await eventually(() => lines.length === 3)
  expect(lines[2]).toMatchObject({ level: 'warn', msg: 'refused, again and again', times: 4, n: 4 })
  await eventually(() => {
    tell('warn', {}, 'something else')
    return lines.filter(({ msg }) => msg === 'something else').length === 2
  })
})

test('at level debug each single one is written', () => {
  const { lines, tell } = told('debug')
  for (let n = 0; n < 5; n++) tell('error', { n }, 'refused')
  expect(lines.map(({ level }) => level)).toEqual(['error', 'debug', 'debug', 'debug', 'debug'])
})
