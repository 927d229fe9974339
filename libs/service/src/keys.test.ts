import { expect, test } from 'vitest'
import { knownKeysIn, newSigningKey, publicKeyOf, signerIn } from './keys.ts'

const [one, two] = [newSigningKey(), newSigningKey()]
const setOf = (...keys: object[]) => JSON.stringify({ keys })

test('the first of several keys signs', () => {
  expect(signerIn(setOf(one, two)).kid).toBe(one.kid)
  expect(signerIn(setOf(two, one)).kid).toBe(two.kid)
})

test('two keys have two ids', () => {
  expect(one.kid).not.toBe(two.kid)
})

test.each([
  ['nothing', '', 'as a whole: expected object'],
  ['no key', '{"keys":[]}', 'keys: expected array to have >=1 items'],
  ['a private key', setOf(one), 'keys.0: expected no d'],
  ['a key of another kind', setOf({ ...publicKeyOf(one), kty: 'RSA' }), 'keys.0.kty: expected "OKP"'],
  [
    'half a key',
    setOf({ ...publicKeyOf(one), x: one.x.slice(20) }),
    'keys.0.x: expected 32 bytes in base64url',
  ],
  ['a key without an id', setOf({ ...publicKeyOf(one), kid: undefined }), 'keys.0.kid: expected string'],
])('%s is no set of public keys', (_, text, told) => {
  expect(() => knownKeysIn(text)).toThrow(`expected a JWKS of public Ed25519 keys; ${told}`)
})

test('a public key does not sign, and what is wrong with a private one is told without it', () => {
  expect(() => signerIn(setOf(publicKeyOf(one)))).toThrow(
    'JWKS of private Ed25519 keys; keys.0.d: expected string',
  )
  try {
    signerIn(setOf({ ...one, d: `${one.d}!` }))
    expect.fail('expected it to be refused')
  } catch (error) {
    expect(String(error)).toContain('keys.0.d: expected 32 bytes')
    expect(String(error)).not.toContain(one.d)
  }
})
