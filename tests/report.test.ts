import { deepStrictEqual } from 'node:assert'
import { test } from 'vitest'
import { countTests } from './report.ts'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((outcome) => ({ status: outcome })),
})

test('passed and failed tests are counted over all files', () => {
  const testResults = [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed', 'failed')]
  deepStrictEqual(countTests({ testResults }), { passed: 3, failed: 2 })
})

test('a file that cannot be loaded is a failure', () => {
  deepStrictEqual(countTests({ testResults: [file('failed')] }), { passed: 0, failed: 1 })
})

test('a skipped test is a failure: nothing skips silently', () => {
  deepStrictEqual(countTests({ testResults: [file('passed', 'passed', 'skipped')] }), {
    passed: 1,
    failed: 1,
  })
})
