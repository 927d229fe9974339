import { fileURLToPath } from 'node:url'
import { baseSchema, parseConfig } from '@ordershop/service'
import { expect, test } from 'vitest'
import { groupSettings, storeSettings } from './store-settings.ts'

const configOf = (env: Record<string, string>) => parseConfig(baseSchema, { PORT: '1', ...env })

test('by default the store is the Redis of this machine, with 8 partitions, on disk', () => {
  expect(storeSettings(configOf({}))).toEqual({
    redis: { url: 'redis://127.0.0.1:6379' },
    partitions: 8,
    durability: 'fsync',
  })
})

test('Sentinels, credentials and a certificate authority become settings of the store', () => {
  const { redis, durability } = storeSettings(
    configOf({
      REDIS_SENTINELS: 'a:26379, b:26380',
      REDIS_MASTER_NAME: 'shop',
      REDIS_PASSWORD: 'p',
      REDIS_CA_FILE: fileURLToPath(import.meta.url),
      DURABILITY: 'replicated:2',
    }),
  )
  expect(redis).toMatchObject({ sentinels: ['a:26379', 'b:26380'], masterName: 'shop', password: 'p' })
  expect(redis.ca).toContain('certificate authority become settings')
  expect(durability).toEqual({ replicated: 2 })
})

test('nodes of a Cluster are given to the store as they are', () => {
  const { redis } = storeSettings(configOf({ REDIS_CLUSTER_NODES: 'a:7000,b:7001' }))
  expect(redis).toEqual({ cluster: ['a:7000', 'b:7001'] })
})

test('handing partitions over leaves time for draining HTTP before a stop is cut short', () => {
  const settings = groupSettings(configOf({ STOP_MS: '10000', LEASE_MS: '3000' }))
  expect(settings).toEqual({ leaseMs: 3_000, stopMs: 4_000 })
})
