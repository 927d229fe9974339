import { expect, test } from 'vitest'
import { apiKeyLine, hashOfKey, newApiKey, parseApiKeys } from './api-keys.ts'
import { rolesOf } from './roles.ts'

const hash = 'a'.repeat(64)

test('a new key is 256 random bits behind a prefix, and its line has its hash, not the key', () => {
  const key = newApiKey()
  expect(key).toMatch(/^osk_[\w-]{43}$/)
  expect(newApiKey()).not.toBe(key)
  const line = apiKeyLine(key, { name: 'warehouse', roles: 'read,write', expires: '2027-01-01T00:00:00Z' })
  expect(line).not.toContain(key)
  expect(parseApiKeys(line)).toEqual([
    {
      name: 'warehouse',
      hash: hashOfKey(key),
      roles: new Set(['read', 'write']),
      expiresAtMs: Date.UTC(2027, 0, 1),
    },
  ])
})

test.each([
  [{ name: 'the till', roles: 'read' }, /^API keys: name: expected 1 to 64 letters.*got "the till"/],
  [{ name: 'till', roles: 'read, write' }, /^API keys: roles: .*got " write"/],
  [{ name: 'till', roles: 'read', expires: '2027-01-01' }, /^API keys: expiry: .*got "2027-01-01"/],
])('no line is made of %j', (described, message) => {
  expect(() => apiKeyLine(newApiKey(), described)).toThrow(message)
})

test('write implies read, ops implies both, and other words give nothing', () => {
  expect(rolesOf(['write'])).toEqual(new Set(['read', 'write']))
  expect(rolesOf(['ops'])).toEqual(new Set(['read', 'write', 'ops']))
  expect(rolesOf(['admin', 'Write', '', 'constructor'])).toEqual(new Set())
})

test('comments and empty lines count for nothing, a file of them has no keys, and a key without a time stays', () => {
  expect(parseApiKeys('# nobody\n\n  \n')).toEqual([])
  const [only] = parseApiKeys(`# for the till\r\n\ttill  ${hash}   read\r\n`)
  expect(only).toMatchObject({ name: 'till', expiresAtMs: Number.POSITIVE_INFINITY })
})

test('two keys may have one name, while one is replaced by the other', () => {
  expect(parseApiKeys(`till ${hash} read\ntill ${'b'.repeat(64)} read`)).toHaveLength(2)
})

test.each([
  [`till ${hash}`, /line 1: expected NAME SHA256 ROLES \[EXPIRES\], got 2 words/],
  [`till ${hash} read 2027-01-01T00:00:00Z more`, /got 5 words/],
  [`\ntil/l ${hash} read`, /line 2: name: expected 1 to 64 letters.*got "til\/l"/],
  [`till ${hash.slice(1)} read`, /hash: expected 64 lower-case hexadecimal digits, got 63 characters/],
  [`till ${hash.toUpperCase()} read`, /hash: expected 64 lower-case/],
  [`till ${hash} read,admin`, /roles: expected some of read,write,ops, got "admin"/],
  [`till ${hash} read,`, /roles: .*got ""/],
  [`till ${hash} read tomorrow`, /expiry: expected a time such as .*, got "tomorrow"/],
  [`till ${hash} read 2027-13-01T00:00:00Z`, /expiry: .*got "2027-13/],
  [`till ${hash} read\ndesk ${hash} write`, /line 2: expected another key than that of line 1/],
  [
    Array.from({ length: 1_001 }, (_, n) => `k ${String(n).padStart(64, '0')} read`).join('\n'),
    /expected at most 1000 keys, got 1001/,
  ],
])('a malformed file is refused, and no hash is repeated: %#', (text, message) => {
  expect(() => parseApiKeys(text)).toThrow(message)
  expect(() => parseApiKeys(text)).not.toThrow(hash)
})
