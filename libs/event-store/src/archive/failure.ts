import { errorCode } from '@ordershop/core'
import type { ArchiveFailure } from '../observer.ts'

/** `conflict` is another history, `invalid` bytes that are not those that were written: neither passes by itself. */
export function failureOf(error: unknown): ArchiveFailure {
  const code = errorCode(error)
  return code === 'conflict' || code === 'invalid' ? 'broken' : 'unavailable'
}
