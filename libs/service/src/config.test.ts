import { fileURLToPath } from 'node:url'
import { AppError } from '@ordershop/core'
import { expect, test } from 'vitest'
import { baseSchema, groupSettings, parseConfig, storeSettings } from './config.ts'

const problemsOf = (env: Record<string, string>) => {
  try {
    parseConfig(baseSchema, env)
  } catch (error) {
    if (error instanceof AppError)
      return Object.fromEntries(error.fields.map(({ path, message }) => [path, message]))
  }
  throw new Error('expected the environment to be refused')
}

test('a port is all that a process must be told', () => {
  const config = parseConfig(baseSchema, { PORT: '5004' })
  expect(config).toMatchObject({
    PORT: 5004,
    HOST: '127.0.0.1',
    STOP_MS: 10_000,
    PARTITIONS: 8,
    LEASE_MS: 5_000,
  })
  expect(storeSettings(config)).toEqual({
    redis: { url: 'redis://127.0.0.1:6379' },
    partitions: 8,
    durability: 'fsync',
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
  }
  expect(problemsOf(env)).toEqual({
    PORT: 'expected a whole number from 0 to 65535, got "http"',
    STOP_MS: 'expected a whole number from 100 to 600000, got "1.5"',
    DURABILITY: 'expected fsync, memory or replicated:N, got "maybe"',
    REDIS_URL: 'expected redis://… or rediss://…, got "localhost"',
    REDIS_CA_FILE: 'expected a readable PEM file, got "/none.pem"',
  })
})

test('a bad Redis URL is named without its password', () => {
  const { REDIS_URL } = problemsOf({ PORT: '1', REDIS_URL: 'http://me:secret@host' })
  expect(REDIS_URL).toBe('expected redis://… or rediss://…, got "http://me:***@host"')
})

test('two ways to reach Redis are one too many', () => {
  const env = { PORT: '1', REDIS_URL: 'redis://a', REDIS_SENTINELS: 'b:26379' }
  expect(problemsOf(env)).toEqual({
    'REDIS_URL, REDIS_SENTINELS': 'expected only one of them',
  })
})

test('Sentinels, credentials and a certificate authority become settings of the store', () => {
  const file = fileURLToPath(import.meta.url)
  const env = {
    PORT: '1',
    REDIS_SENTINELS: 'a:26379, b:26380',
    REDIS_MASTER_NAME: 'shop',
    REDIS_PASSWORD: 'p',
    REDIS_CA_FILE: file,
    DURABILITY: 'replicated:2',
  }
  const { redis, durability } = storeSettings(parseConfig(baseSchema, env))
  expect(redis).toMatchObject({ sentinels: ['a:26379', 'b:26380'], masterName: 'shop', password: 'p' })
  expect(redis.ca).toContain('certificate authority become settings')
  expect(durability).toEqual({ replicated: 2 })
})

test('nodes of a Cluster are host and port', () => {
  const config = parseConfig(baseSchema, { PORT: '1', REDIS_CLUSTER_NODES: 'a:7000,b:7001' })
  expect(storeSettings(config).redis).toEqual({ cluster: ['a:7000', 'b:7001'] })
  expect(problemsOf({ PORT: '1', REDIS_CLUSTER_NODES: 'a' }).REDIS_CLUSTER_NODES).toMatch(
    /expected host:port/,
  )
})

test('handing partitions over leaves time for draining HTTP before a stop is cut short', () => {
  const config = parseConfig(baseSchema, { PORT: '1', STOP_MS: '10000', LEASE_MS: '3000' })
  expect(groupSettings(config)).toEqual({ leaseMs: 3_000, stopMs: 4_000 })
})
