import { errorCode, type RetryOptions } from '@ordershop/core'

/** Repeats what was `unavailable`, soon at first and then each half second, for so many milliseconds. */
export function whileUnavailable(deadlineMs: number): RetryOptions {
  return {
    attempts: Number.POSITIVE_INFINITY,
    baseMs: 20,
    maxMs: 500,
    deadlineMs,
    when: (error) => errorCode(error) === 'unavailable',
  }
}
