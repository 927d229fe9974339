import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

test('Sentinels, credentials and certificates become settings of the store, the files by name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'))
  const written = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const [ca, password] = [written('ca.crt', '-----BEGIN CERTIFICATE-----'), written('password', 'p')]
  const { redis, durability, appendfsync } = storeSettings(
    configOf({
      REDIS_SENTINELS: 'a:26379, b:26380',
      REDIS_MASTER_NAME: 'shop',
      REDIS_USERNAME: 'order',
      REDIS_PASSWORD_FILE: password,
      REDIS_CA_FILE: ca,
      REDIS_APPENDFSYNC: 'always',
      DURABILITY: 'replicated:2',
    }),
  )
  expect(redis).toEqual({
    ...{ sentinels: ['a:26379', 'b:26380'], masterName: 'shop' },
    ...{ username: 'order', passwordFile: password, caFile: ca },
  })
  expect({ durability, appendfsync }).toEqual({ durability: { replicated: 2 }, appendfsync: 'always' })
  expect(() => configOf({ REDIS_PASSWORD: 'p', REDIS_PASSWORD_FILE: password })).toThrow(/only one of them/)
  expect(() => configOf({ REDIS_CERT_FILE: ca })).toThrow(
    /REDIS_CERT_FILE, REDIS_KEY_FILE: expected both or none/,
  )
  expect(() => configOf({ REDIS_CA_FILE: password })).toThrow(/REDIS_CA_FILE: expected a PEM file/)
  rmSync(folder, { recursive: true })
})

test('nodes of a Cluster are given to the store as they are', () => {
  const { redis } = storeSettings(configOf({ REDIS_CLUSTER_NODES: 'a:7000,b:7001' }))
  expect(redis).toEqual({ cluster: ['a:7000', 'b:7001'] })
})

test('handing partitions over leaves time for draining HTTP before a stop is cut short', () => {
  const settings = groupSettings(configOf({ STOP_MS: '10000', LEASE_MS: '3000' }))
  expect(settings).toEqual({ leaseMs: 3_000, stopMs: 4_000 })
})
