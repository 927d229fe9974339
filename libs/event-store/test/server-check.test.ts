import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { eventually } from '@ordershop/core/testing'
import { freePort, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { keys } from '../src/redis/keys.ts'
import { movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'

const servers: RedisServer[] = []
// Only at the end: those that run side by side have servers of their own.
afterAll(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})
async function server(...options: string[]): Promise<RedisServer> {
  const started = await startRedis(...options)
  servers.push(started)
  return started
}

/** A master, and a replica that has caught up. */
async function replicated(): Promise<{ master: RedisServer; replica: RedisServer }> {
  const master = await server()
  const follows = ['--replicaof', '127.0.0.1', String(master.port)]
  const replica = await server(...follows, '--repl-diskless-sync-delay', '0')
  await eventually(async () => expect(await master.client.info('replication')).toContain('state=online'))
  return { master, replica }
}

/** As an operator may, or Redis itself from 7.4 on when it knows too many; the replica has confirmed all that was before. */
async function forgetScripts(master: RedisServer): Promise<void> {
  await master.client.script('FLUSH')
  await eventually(async () => {
    const replication = await master.client.info('replication')
    const [, confirmed] = /offset=(\d+)/.exec(replication) ?? []
    expect(replication).toContain(`master_repl_offset:${confirmed}`)
  })
}

async function versionOf({ client }: RedisServer): Promise<[number, number]> {
  const [, major, minor] = /redis_version:(\d+)\.(\d+)/.exec(await client.info('server')) ?? []
  return [Number(major), Number(minor)]
}

describe('who waits for an unsuitable Redis', () => {
  const why = /^not ready: Redis [\d.]+ cannot promise fsync: appendonly is no/

  test('is told why when the time is up, or a signal ends the wait, or the store is closed', async () => {
    const redis = await server('--appendonly', 'no')
    const store = openStore(redis.url)
    await eventually(() => expect(store.health().problem).toMatch(/appendonly/))
    const refused = { code: 'unavailable', message: expect.stringMatching(why) }
    await expect(store.ready({ timeoutMs: 1 })).rejects.toMatchObject(refused)
    await expect(store.ready({ signal: AbortSignal.abort() })).rejects.toMatchObject(refused)
    const waiting = store.ready()
    const told = expect(waiting).rejects.toMatchObject(refused)
    await store.close()
    await told
  })

  test('continues as soon as it is fixed', async () => {
    const redis = await server('--appendonly', 'no')
    const store = openStore(redis.url)
    await eventually(() => expect(store.health().problem).toMatch(/appendonly/))
    const ready = store.ready({ timeoutMs: 60_000 })
    await redis.client.config('SET', 'appendonly', 'yes')
    await ready
    await store.close()
  })

  test('reads it on stderr, once, even without an observer', async () => {
    const redis = await server('--appendonly', 'no')
    const program = `
      import { redisEventStore } from '@ordershop/event-store'
      const catalog = { topics: ['account'], schemaVersion: () => 1, parse: (_topic, type, _version, data) => ({ type, data }) }
      const store = redisEventStore({ redis: { url: '${redis.url}' }, catalog, clientName: 'bank' })
      const ends = Date.now() + 30_000
      while (!/appendonly/.test(store.health().problem) && Date.now() < ends) await new Promise((go) => setTimeout(go, 10))
      await store.ready({ timeoutMs: 1_000 }).catch(() => {}) // it is checked again meanwhile
      await store.close()`
    const cwd = fileURLToPath(new URL('..', import.meta.url))
    const args = ['--input-type=module', '--eval', program]
    const { stderr, stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/^event store: .*appendonly is no/)])
    expect(stdout).toBe('')
  })
})

// They wait, for back-off and for appends to be given up.
describe.concurrent('an unsuitable Redis', () => {
  const unfit: [string, string[], RegExp][] = [
    [
      'evicts keys',
      ['--maxmemory-policy', 'allkeys-lru'],
      /maxmemory-policy is allkeys-lru, expected noeviction/,
    ],
    [
      'does not fsync each write',
      ['--appendfsync', 'everysec'],
      /cannot promise fsync: .*appendfsync is everysec/,
    ],
    ['has no append-only file', ['--appendonly', 'no'], /cannot promise fsync: appendonly is no/],
  ]
  for (const [what, options, message] of unfit)
    test(`and ${what} is refused in one clear line, until it is fixed`, async () => {
      const redis = await server(...options)
      const store = openStore(redis.url)
      await eventually(() =>
        expect(store.health()).toMatchObject({ ready: false, problem: expect.stringMatching(message) }),
      )
      await expect(store.append(movement('a', 1))).rejects.toMatchObject({ code: 'unavailable' })
      expect(await redis.client.keys('events:*')).toEqual([])
      expect(store.heard.logs.filter((line) => message.test(line))).toHaveLength(1)
      await redis.client.config('SET', 'maxmemory-policy', 'noeviction')
      await redis.client.config('SET', 'appendonly', 'yes')
      await redis.client.config('SET', 'appendfsync', 'always')
      await store.ready()
      expect(await store.append(movement('a', 1))).toMatchObject({ version: 1 })
      await store.close()
    })

  const withoutConfig: [string, string[], object][] = [
    ['knows no CONFIG, as a managed one,', ['--rename-command', 'CONFIG', ''], {}],
    [
      'lets this user read no CONFIG',
      ['--user', 'app', 'on', '>p', '~*', '+@all', '-config'],
      { username: 'app', password: 'p' },
    ],
  ]
  for (const [what, options, user] of withoutConfig)
    test(`or one that ${what} is used as INFO tells, and as is stated where INFO says nothing`, async () => {
      const redis = await server(...options)
      const settings = { redis: { url: redis.url, ...user } }
      const silent = openStore('', settings)
      const [major, minor] = await versionOf(redis)
      if (major > 7 || minor >= 2) await silent.ready()
      else
        await eventually(() =>
          expect(silent.health().problem).toMatch(/state it by REDIS_APPENDFSYNC=always/),
        )
      const stated = openStore('', { ...settings, appendfsync: 'always' })
      await stated.ready()
      expect(await stated.append(movement('a', 1))).toMatchObject({ version: 1 })
      const memory = openStore('', { ...settings, durability: 'memory' })
      await memory.ready()
      await Promise.all([silent, stated, memory].map((store) => store.close()))
    })

  test('or one without CONFIG that evicts, or has no append-only file, is refused by what INFO tells', async () => {
    const evicting = await server('--rename-command', 'CONFIG', '', '--maxmemory-policy', 'allkeys-lru')
    const volatile = await server('--rename-command', 'CONFIG', '', '--appendonly', 'no')
    const [one, other] = [evicting, volatile].map(({ url }) => openStore(url, { appendfsync: 'always' }))
    await eventually(() => expect(one?.health().problem).toMatch(/maxmemory-policy is allkeys-lru/))
    await eventually(() => expect(other?.health().problem).toMatch(/cannot promise fsync: appendonly is no/))
    await Promise.all([one?.close(), other?.close()])
  })

  test('and lacks a topic that others create is waited for, and told of as no error', async () => {
    const redis = await server()
    const reader = openStore(redis.url, { topics: { creates: ['note'], awaits: ['account'] } })
    await eventually(() => expect(reader.health().problem).toMatch(/^topic account is not there yet/))
    const writer = openStore(redis.url, { topics: { creates: ['account'], awaits: ['note'] } })
    await Promise.all([reader.ready(), writer.ready()])
    expect(await redis.client.exists('head:{account:0}', 'head:{note:7}')).toBe(2)
    const fewer = openStore(redis.url, { partitions: 4, topics: { creates: [], awaits: ['account'] } })
    await eventually(() => expect(fewer.health().problem).toMatch(/has 8 partitions, this process expects 4/))
    await Promise.all([reader, writer, fewer].map((store) => store.close()))
  })

  test('and has a different number of partitions is refused with both numbers', async () => {
    const redis = await server()
    const eight = openStore(redis.url, { partitions: 8 })
    await eight.ready()
    const four = openStore(redis.url, { partitions: 4 })
    await eventually(() =>
      expect(four.health().problem).toMatch(/topic account has 8 partitions, this process expects 4/),
    )
    await Promise.all([eight.close(), four.close()])
  })

  test('or a wrong password, or no server at all, is reported once and retried', async () => {
    const redis = await server()
    await redis.client.config('SET', 'requirepass', 'secret')
    const wrong = openStore(redis.url, { redis: { url: redis.url, password: 'guess' } })
    await eventually(() => expect(wrong.health().problem).toMatch(/WRONGPASS/))
    const nobody = openStore(`redis://127.0.0.1:${await freePort()}`)
    await eventually(() => expect(nobody.health().problem).toMatch(/ECONNREFUSED/))
    expect(nobody.heard.logs).toHaveLength(1)
    await Promise.all([wrong.close(), nobody.close()])
  })
})

describe.concurrent('durability', () => {
  test('memory asks nothing of the disk', async () => {
    const redis = await server('--appendonly', 'no')
    const store = openStore(redis.url, { durability: 'memory' })
    await store.ready()
    expect(await store.append(movement('a', 1))).toMatchObject({ version: 1 })
    expect(store.heard.logs.some((line) => line.includes('a restart of Redis loses events'))).toBe(true)
    await store.close()
  })

  test('replicated waits for the replica, and is unavailable when it is down; the same command settles it', async () => {
    const { master, replica } = await replicated()
    const store = openStore(master.url, { durability: { replicated: 1 } })
    await store.ready()
    await store.append(movement('a', 1))
    const place = { topic: 'account', partition: store.partitionOf('a') }
    expect(await replica.client.xlen(keys.events(place))).toBe(1)

    replica.pause()
    const command = movement('a', 2)
    await expect(store.append(command)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/0 replicas confirmed .* outcome is unknown/),
    })
    replica.resume()
    expect(await store.append(command)).toMatchObject({ version: 2, repeated: true })
    expect(await store.readEntity({ topic: 'account', entityId: 'a' })).toHaveLength(2)
    expect(await replica.client.xlen(keys.events(place))).toBe(2)
    await store.close()
  })

  test('replicated holds for an append whose script Redis no longer has', async () => {
    const { master, replica } = await replicated()
    const store = openStore(master.url, { durability: { replicated: 1 } })
    await store.ready()
    await store.append(movement('a', 1))
    await forgetScripts(master)
    replica.pause()
    await expect(store.append(movement('a', 2))).rejects.toMatchObject({ code: 'unavailable' })
    replica.resume()
    await forgetScripts(master)
    expect(await store.append(movement('a', 3))).toMatchObject({ version: 3 })
    await store.close()
  })
})

describe('consumers of a replicated store', () => {
  test('handle nothing while no replica confirms: what they see may be a history about to be lost', async () => {
    const { master, replica } = await replicated()
    const store = openStore(master.url, { durability: { replicated: 1 } })
    const writer = openStore(master.url, { durability: 'fsync' })
    await Promise.all([store.ready(), writer.ready()])
    const handled: number[] = []
    store.subscribe({
      ...quick,
      leaseMs: 5_000,
      group: 'watchers',
      topics: ['account'],
      on: { moved: ({ version }) => void handled.push(version) },
    })
    await writer.append(movement('a', 1))
    await eventually(() => handled.length === 1)

    replica.pause()
    await writer.append(movement('a', 2))
    // Long enough for any other consumer: two confirmations are tried meanwhile.
    const waits = async () =>
      Number(/cmdstat_wait:calls=(\d+)/.exec(await master.client.info('commandstats'))?.[1])
    const before = await waits()
    await eventually(async () => expect(await waits()).toBeGreaterThanOrEqual(before + 2))
    expect(handled).toEqual([1])
    replica.resume()
    await eventually(() => expect(handled).toEqual([1, 2]))
    await Promise.all([store.close(), writer.close()])
  })
})

describe('command ids', () => {
  test('are known for an hour at least, across the rotation of their hashes', async () => {
    const redis = await server()
    const store = openStore(redis.url)
    await store.ready()
    const place = { topic: 'account', partition: store.partitionOf('a') }
    const old = movement('a', 1)
    const first = await store.append(old)
    const hourPasses = () => redis.client.hincrby(keys.head(place), 'rotated', -3_600)
    await hourPasses()
    expect(await store.append(old)).toEqual({ ...first, repeated: true })
    await hourPasses()
    await store.append(movement('a', 2))
    expect(await store.append(old)).toEqual({ ...first, repeated: true })
    expect(await store.readEntity({ topic: 'account', entityId: 'a' })).toHaveLength(2)
    await store.close()
  })
})
