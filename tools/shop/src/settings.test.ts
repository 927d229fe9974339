import { serviceNames } from '@ordershop/contracts'
import { expect, test } from 'vitest'
import { serviceProgram } from './programs.ts'
import { shopSettings } from './settings.ts'

const SHOP_DIR = '/var/shop'

test('every service runs, and the log is archived in the folder of the shop', () => {
  const { services, env } = shopSettings({ SHOP_DIR })
  expect(services).toEqual(serviceNames)
  expect(env.ARCHIVE_URL).toBe('file:///var/shop/archive')
})

test('or where ARCHIVE_URL says', () => {
  const ARCHIVE_URL = 's3://bucket/prefix'
  expect(shopSettings({ SHOP_DIR, ARCHIVE_URL, SHOP_ARCHIVE: 'on' }).env.ARCHIVE_URL).toBe(ARCHIVE_URL)
})

test('and what is to stay in Redis of what is archived is told to the services as it is given', () => {
  const kept = { ARCHIVE_KEEP_EVENTS: '1000', ARCHIVE_KEEP_MS: '60000', ARCHIVE_MEMORY_TARGET: '0.5' }
  expect(shopSettings({ SHOP_DIR, ...kept }).env).toMatchObject(kept)
})

test('with SHOP_ARCHIVE=off nothing is, and no process hears of an archive', () => {
  const { services, env } = shopSettings({ SHOP_DIR, ARCHIVE_URL: 's3://bucket', SHOP_ARCHIVE: 'off' })
  expect(services).toEqual(serviceNames.filter((name) => name !== 'archiver'))
  expect(env).not.toHaveProperty('ARCHIVE_URL')
})

test('with SHOP_ARCHIVE=served the others read it at the archiver, which has it where it would be', () => {
  const served = shopSettings({ SHOP_DIR, SHOP_ARCHIVE: 'served' })
  expect(served.env.ARCHIVE_URL).toBe('file:///var/shop/archive')
  const surroundings = { redisPort: 6390, portsOf: () => [] }
  const urlOf = (service: 'archiver' | 'order') =>
    serviceProgram(served, service, 1, surroundings).command().env.ARCHIVE_URL
  expect(urlOf('archiver')).toBe('file:///var/shop/archive')
  expect(urlOf('order')).toBe('http://127.0.0.1:5010')
})

test('a word that is neither is refused', () => {
  expect(() => shopSettings({ SHOP_DIR, SHOP_ARCHIVE: 'no' })).toThrow(
    'SHOP_ARCHIVE: got no, expected on, off or served',
  )
})

test('with SHOP_HEAP_MIB each process has a heap as on a cluster, else as Node has it', () => {
  const argsWith = (env: NodeJS.ProcessEnv) => {
    const surroundings = { redisPort: 6390, portsOf: () => [] }
    return serviceProgram(shopSettings({ SHOP_DIR, ...env }), 'order', 1, surroundings).command().args
  }
  expect(argsWith({ SHOP_HEAP_MIB: '192' })).toContain('--max-old-space-size=192')
  expect(argsWith({}).join()).not.toContain('space-size')
  expect(() => argsWith({ SHOP_HEAP_MIB: '8' })).toThrow('SHOP_HEAP_MIB: got 8')
})
