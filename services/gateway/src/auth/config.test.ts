import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '@ordershop/core'
import { baseSchema, parseConfig } from '@ordershop/service'
import { expect, test } from 'vitest'
import { authVariables, checkAuth, isOpenToAll } from './config.ts'

const dir = mkdtempSync(join(tmpdir(), 'auth-'))
const fileOf = (name: string, text: string) => {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}
const keysFile = fileOf('keys', '# none yet\n')
const badKeys = fileOf('bad-keys', 'till abc read')
const jwksFile = fileOf('jwks.json', '{"keys":[]}')
const schema = baseSchema.extend(authVariables).superRefine(checkAuth)
const parsed = (env: Record<string, string>) => parseConfig(schema, { PORT: '0', ...env })
const refusal = (env: Record<string, string>) => {
  try {
    parsed(env)
  } catch (error) {
    if (error instanceof AppError)
      return error.fields.map(({ path, message }) => `${path}: ${message}`).join('; ')
  }
  throw new Error('expected the environment to be refused')
}

const issued = { AUTH_ISSUER: 'https://id.example', AUTH_AUDIENCE: 'shop' }
const url = 'https://id.example/jwks'

test.each([
  {},
  { AUTH: 'required', AUTH_API_KEYS_FILE: keysFile },
  { AUTH: 'optional', AUTH_JWKS_URL: url, ...issued },
  { AUTH: 'required', AUTH_JWKS_FILE: jwksFile, ...issued, AUTH_API_KEYS_FILE: keysFile },
])('%j says how callers are told', (env: Record<string, string>) => {
  expect(parsed(env)).toMatchObject({ AUTH: env.AUTH ?? 'none', AUTH_CLOCK_SKEW_SECONDS: 30 })
  expect(parsed(env).AUTH_ALGORITHMS).not.toContain('HS256')
})

test.each<[Record<string, string>, RegExp]>([
  [{ AUTH: 'required' }, /^AUTH: expected none, or AUTH_JWKS_URL, .*got "required"$/],
  [{ AUTH_API_KEYS_FILE: keysFile }, /^AUTH: expected optional or required/],
  [{ AUTH: 'yes' }, /^AUTH: .*"none"\|"optional"\|"required".*got "yes"$/],
  [
    { AUTH: 'required', AUTH_JWKS_URL: url },
    /AUTH_ISSUER: expected the issuer.*AUTH_AUDIENCE: expected the aud/,
  ],
  [{ AUTH: 'required', AUTH_API_KEYS_FILE: keysFile, AUTH_ISSUER: 'x' }, /AUTH_JWKS_URL: expected where/],
  [{ AUTH: 'required', AUTH_JWKS_URL: url, AUTH_JWKS_FILE: jwksFile, ...issued }, /expected only one of/],
  [
    { AUTH: 'required', AUTH_JWKS_URL: 'id.example', ...issued },
    /AUTH_JWKS_URL: expected https:\/\/host\/path/,
  ],
  [{ AUTH: 'required', AUTH_JWKS_FILE: keysFile, ...issued }, /AUTH_JWKS_FILE: expected a JSON Web Key Set/],
  [{ AUTH: 'required', AUTH_API_KEYS_FILE: badKeys }, /AUTH_API_KEYS_FILE: .*line 1: hash: expected 64/],
  [{ AUTH: 'required', AUTH_API_KEYS_FILE: join(dir, 'none') }, /AUTH_API_KEYS_FILE: .*ENOENT/],
  ...['none', 'HS256', 'RS256,HS512', 'rs256', ','].map(
    (AUTH_ALGORITHMS): [Record<string, string>, RegExp] => [
      { AUTH: 'required', AUTH_JWKS_URL: url, ...issued, AUTH_ALGORITHMS },
      /AUTH_ALGORITHMS: expected some of RS256/,
    ],
  ),
  [
    { AUTH: 'required', AUTH_JWKS_URL: url, ...issued, AUTH_CLOCK_SKEW_SECONDS: '301' },
    /AUTH_CLOCK_SKEW_SECONDS: expected a whole number from 0 to 300/,
  ],
])('%j is refused', (env, message) => {
  expect(refusal(env)).toMatch(message)
})

test.each([
  ['0.0.0.0', 'none', true],
  ['::', 'none', true],
  ['10.0.0.1', 'none', true],
  ['0.0.0.0', 'required', false],
  ['127.0.0.1', 'none', false],
  ['127.1.2.3', 'none', false],
  ['::1', 'none', false],
  ['localhost', 'none', false],
  ['localhost.example', 'none', true],
])('a gateway on %s with AUTH=%s is open to all: %s', (HOST, AUTH, open) => {
  expect(isOpenToAll({ HOST, AUTH })).toBe(open)
})
