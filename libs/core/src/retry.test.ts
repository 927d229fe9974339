import { expect, test } from 'vitest'
import { AppError } from './error.ts'
import { retry } from './retry.ts'

const soon = { attempts: 5, baseMs: 1, maxMs: 2 }

/** Fails so many times, and counts what it was called. */
function failing(times: number, error: Error) {
  const action = async () => {
    if (action.calls++ < times) throw error
    return 'done'
  }
  action.calls = 0
  return action
}

test('an action is repeated until it succeeds, and no more often than it may be', async () => {
  const twice = failing(2, new Error('not yet'))
  expect(await retry(twice, soon)).toBe('done')
  expect(twice.calls).toBe(3)
  const always = failing(Number.POSITIVE_INFINITY, new Error('never'))
  await expect(retry(always, soon)).rejects.toThrow('never')
  expect(always.calls).toBe(5)
})

test('an error that is not worth it is thrown at once', async () => {
  const action = failing(1, new AppError('invalid', 'no'))
  await expect(retry(action, { ...soon, when: () => false })).rejects.toThrow('no')
  expect(action.calls).toBe(1)
})

test('an error that says how long a repeat is in vain is waited for, or thrown at once where that is too late', async () => {
  const full = (retryAfterMs: number) => new AppError('unavailable', 'full', { retryAfterMs })
  const patient = failing(1, full(20))
  const started = performance.now()
  expect(await retry(patient, { ...soon, deadlineMs: 60_000 })).toBe('done')
  expect(performance.now() - started).toBeGreaterThanOrEqual(19)
  const hopeless = failing(1, full(60_000))
  await expect(retry(hopeless, { ...soon, deadlineMs: 60_000 })).rejects.toThrow('full')
  expect(hopeless.calls).toBe(1)
})
