import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apiKeyLine, hashOfKey, newApiKey, parseApiKeys } from './api-keys.ts'
import { roles } from './roles.ts'

const leaked = newApiKey()
const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
const words = fc.array(
  fc.oneof(hex, fc.constantFrom('ann', 'read', 'read,write', '#', '__proto__', leaked), fc.string()),
  {
    maxLength: 6,
  },
)
const file = fc.array(words.map((line) => line.join(' '))).map((lines) => lines.join('\n'))

test('any file of API keys is read, or refused by naming a line and neither hash nor key', () => {
  fc.assert(
    fc.property(file, (text) => {
      try {
        for (const key of parseApiKeys(text)) expect(key.hash).toHaveLength(32)
      } catch (error) {
        const { code, message } = error as { code?: string; message: string }
        expect(code).toBe('invalid')
        expect(message).toMatch(/^API keys: line \d+: /)
        const hashes = [leaked, ...(text.match(/[0-9a-f]{64}/g) ?? [])]
        expect(hashes.filter((hash) => message.includes(hash))).toEqual([])
      }
    }),
    { numRuns: 2_000 },
  )
})

test('a line that was made for a key is read as that key, whoever has it', () => {
  const name = fc.stringMatching(/^[\w.-]{1,64}$/).filter((who) => !who.startsWith('osk_'))
  fc.assert(
    fc.property(name, fc.subarray([...roles], { minLength: 1 }), (who, allowed) => {
      const key = newApiKey()
      const [read] = parseApiKeys(apiKeyLine(key, { name: who, roles: allowed.join(',') }))
      expect(read).toMatchObject({ name: who, hash: hashOfKey(key) })
      expect(allowed.every((role) => read?.roles.has(role))).toBe(true)
    }),
  )
})
