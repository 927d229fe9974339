import { apiKeyLine, newApiKey, parseApiKeys } from '@ordershop/contracts'
import { expect, test } from 'vitest'
import { byApiKey } from './api-keys.ts'

const key = newApiKey()
const expires = '2027-01-01T00:00:00Z'
const listed = parseApiKeys(
  [
    apiKeyLine(newApiKey(), { name: 'till', roles: 'read' }),
    apiKeyLine(key, { name: 'warehouse', roles: 'write', expires }),
  ].join('\n'),
)

test('a key is its name’s, until the moment at which it expires', () => {
  let now = Date.parse(expires) - 1
  const identify = byApiKey(
    () => listed,
    () => now,
  )
  expect(identify(key)).toEqual({
    ...{ id: 'key/warehouse', actor: 'warehouse', roles: new Set(['read', 'write']) },
  })
  now++
  expect(() => identify(key)).toThrow(/got one that expired at 2027-01-01/)
})

test.each([newApiKey(), key.slice(0, -1), `${key}A`, '', listed[1]?.hash.toString('hex') ?? ''])(
  'what is not listed is nobody’s, be it the hash of a key: %#',
  (presented) => {
    const identify = byApiKey(() => listed)
    expect(() => identify(presented)).toThrow(expect.objectContaining({ code: 'unauthorized' }))
  },
)

test('a key is gone as soon as it is not listed', () => {
  let keys = listed
  const identify = byApiKey(
    () => keys,
    () => 0,
  )
  identify(key)
  keys = []
  expect(() => identify(key)).toThrow(/got an unknown one/)
})
