import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestCause } from './cause.ts'
import { knownKeysIn, newSigningKey, publicKeyOf, signerIn } from './keys.ts'

const key = newSigningKey()
const changed = fc.dictionary(
  fc.constantFrom('kty', 'crv', 'kid', 'x', 'd', 'use', '__proto__'),
  fc.jsonValue(),
)
const keySet = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.array(changed.map((more) => ({ ...key, ...more }))).map((keys) => JSON.stringify({ keys })),
  fc.array(changed.map((more) => ({ ...publicKeyOf(key), ...more }))).map((keys) => JSON.stringify({ keys })),
)

test('any key set is read, or refused as invalid without a word of a key', () => {
  fc.assert(
    fc.property(keySet, (text) => {
      for (const read of [signerIn, knownKeysIn])
        try {
          read(text)
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid' })
          expect((error as Error).message).not.toContain(key.d)
        }
    }),
    { numRuns: 1_000 },
  )
})

test('whatever stands in its headers, a request has a cause of plain words', () => {
  const name = fc.constantFrom(
    'x-command-id',
    'x-correlation-id',
    'x-actor',
    'x-expected-version',
    'traceparent',
  )
  fc.assert(
    fc.property(fc.dictionary(name, fc.string({ unit: 'binary' })), (headers) => {
      const { commandId, correlationId, actor = 'a' } = requestCause({ headers })
      for (const word of [commandId, correlationId, actor]) expect(word).toMatch(/^[!-~]{1,255}$/)
    }),
    { numRuns: 1_000 },
  )
})
