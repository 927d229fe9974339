import { AppError } from '@ordershop/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cursor,
  etagOf,
  expectedVersion,
  idempotencyKey,
  isCurrent,
  maxWaitSeconds,
  preferredWait,
} from './headers.ts'

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('*', '""', 'W/"1"', '"1-2-3", "4-5-6"', 'wait=5', 'wait=99999999999', 'wait="5"; wait=1'),
  fc.tuple(fc.nat(), fc.nat(), fc.nat()).map((numbers) => `"${numbers.join('-')}"`),
)
const headers = fc.dictionary(
  fc.constantFrom('if-match', 'if-none-match', 'prefer', 'idempotency-key'),
  value,
)

/** What it answers, or the status of its refusal. */
function statusOrResult<T>(read: () => T): T | number {
  try {
    return read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return 400
    return (error as { status: number }).status
  }
}

test('whatever stands in the headers is read or refused, and a refusal is 400 or 412', () => {
  fc.assert(
    fc.property(headers, (sent) => {
      const version = statusOrResult(() => expectedVersion({ headers: sent }))
      if (typeof version === 'number') expect([400, 412]).toContain(version)
      else expect(version ?? '1@0-0').toMatch(/^[1-9]\d{0,14}@\d{1,20}-\d{1,20}$/)
      const key = statusOrResult(() => idempotencyKey({ headers: sent }))
      expect(key === undefined || key === 400 || key === sent['idempotency-key']).toBe(true)
      const wait = preferredWait({ headers: sent }) ?? 0
      expect(wait >= 0 && wait <= maxWaitSeconds).toBe(true)
      const found = { row: { version: '3', entry_id: '5-0' } } as Parameters<typeof isCurrent>[1]
      expect(typeof isCurrent({ headers: sent }, found)).toBe('boolean')
    }),
    { numRuns: 2_000 },
  )
})

test('the ETag of an entity is the version that If-Match then names, and current', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 15 - 1 }), fc.nat(), fc.nat(), (version, ms, sequence) => {
      const row = { version: String(version), entry_id: `${ms}-${sequence}` }
      const found = { row, productIds: [] } as unknown as Parameters<typeof etagOf>[0]
      const { etag = '' } = etagOf(found)
      expect(expectedVersion({ headers: { 'if-match': etag } })).toBe(`${version}@${ms}-${sequence}`)
      expect(isCurrent({ headers: { 'if-none-match': `"x", W/${etag}` } }, found)).toBe(true)
    }),
  )
})

test('the id of an entity is a cursor, and so is that of an order with its billing', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (one, other) => {
      expect([one, `${one}:${other}`].every((text) => cursor.test(text))).toBe(true)
      expect([`${one}:`, `${one}\n`, `${one}${other}`].some((text) => cursor.test(text))).toBe(false)
    }),
  )
})
