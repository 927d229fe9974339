import { fileURLToPath } from 'node:url'
import { AppError } from '@ordershop/core'
import { expect, test } from 'vitest'
import { baseSchema, parseConfig } from './config.ts'

const problemsOf = (env: Record<string, string>) => {
  try {
    parseConfig(baseSchema, env)
  } catch (error) {
    if (error instanceof AppError)
      return Object.fromEntries(error.fields.map(({ path, message }) => [path, message]))
  }
  throw new Error('expected the environment to be refused')
}

test('a port is the only required variable of a process', () => {
  const config = parseConfig(baseSchema, { PORT: '5004' })
  expect(config).toMatchObject({
    PORT: 5004,
    HOST: '127.0.0.1',
    STOP_MS: 10_000,
    PARTITIONS: 8,
    LEASE_MS: 5_000,
  })
})

test('an empty variable counts as absent', () => {
  expect(parseConfig(baseSchema, { PORT: '1', HOST: '', REDIS_URL: '' }).HOST).toBe('127.0.0.1')
})

test('every bad variable is named at once, with the value met and what was expected', () => {
  const env = {
    PORT: 'http',
    STOP_MS: '1.5',
    DURABILITY: 'maybe',
    REDIS_URL: 'localhost',
    REDIS_CA_FILE: '/none.pem',
    OPS_PORT: '70000',
    SIGNING_KEYS_FILE: '/none.json',
    CALLER_KEYS_FILE: fileURLToPath(import.meta.url),
  }
  expect(problemsOf(env)).toEqual({
    PORT: 'expected a whole number from 0 to 65535, got "http"',
    STOP_MS: 'expected a whole number from 100 to 600000, got "1.5"',
    DURABILITY: 'expected fsync, memory or replicated:N, got "maybe"',
    REDIS_URL: 'expected redis://… or rediss://…, got "localhost"',
    REDIS_CA_FILE:
      'expected a PEM file (ENOENT: no such file or directory, open \'/none.pem\'), got "/none.pem"',
    OPS_PORT: 'expected a whole number from 0 to 65535, got "70000"',
    SIGNING_KEYS_FILE:
      'expected a key file (ENOENT: no such file or directory, open \'/none.json\'), got "/none.json"',
    CALLER_KEYS_FILE: expect.stringMatching(
      /^expected a key file \(expected a JWKS of public Ed25519 keys; as a whole: expected object\), got ".*config\.test\.ts"$/,
    ),
  })
})

test('a bad Redis URL is named without its password', () => {
  const { REDIS_URL } = problemsOf({ PORT: '1', REDIS_URL: 'http://me:secret@host' })
  expect(REDIS_URL).toBe('expected redis://… or rediss://…, got "http://me:***@host"')
})

test('a password is not told either if it is what makes the URL a bad one', () => {
  for (const password of ['se cret', 'http://se/cret', 'se@cret', 'se"cret']) {
    const { REDIS_URL } = problemsOf({ PORT: '1', REDIS_URL: `redis://me:${password}@the host` })
    expect(REDIS_URL).toBe('expected redis://… or rediss://…, got "redis://me:***@the host"')
  }
})

test('two ways to reach Redis are refused', () => {
  const env = { PORT: '1', REDIS_URL: 'redis://a', REDIS_SENTINELS: 'b:26379' }
  expect(problemsOf(env)).toEqual({
    'REDIS_URL, REDIS_SENTINELS': 'expected only one of them',
  })
})

test('nodes of a Cluster are host and port', () => {
  expect(problemsOf({ PORT: '1', REDIS_CLUSTER_NODES: 'a' }).REDIS_CLUSTER_NODES).toMatch(
    /expected host:port/,
  )
})
