import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chainOf } from '../src/archive/chain.ts'
import { folderObjects } from '../src/archive/folder.ts'
import type { Objects } from '../src/archive/objects.ts'
import type { ArchiveOptions } from '../src/archive/options.ts'
import type { RawEntry } from '../src/log/entry.ts'
import { movement } from '../src/testing/ledger.ts'
import { openStore } from './harness.ts'

const soon = { ageMs: 0, events: 100, topics: ['account'] }

describe('an archive of the log', () => {
  let redis: RedisServer
  let folder: string
  let objects: Objects
  const stores: ReturnType<typeof openStore>[] = []
  beforeEach(async () => {
    redis = await startRedis()
    folder = mkdtempSync(join(tmpdir(), 'archive-'))
    objects = folderObjects(folder)
  })
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()))
    await redis.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  function open(more: Parameters<typeof openStore>[1] = { partitions: 2 }) {
    const store = openStore(redis.url, more)
    stores.push(store)
    return store
  }
  const archive = (store: ReturnType<typeof openStore>, more: Partial<ArchiveOptions> = {}) =>
    store.archive({ objects, ...soon, ...more })

  async function write(store: ReturnType<typeof openStore>, count: number, entity = 'a'): Promise<void> {
    await Promise.all(Array.from({ length: count }, (_, n) => store.append(movement(`${entity}${n % 7}`, n))))
  }
  const logged = (partition: number) =>
    redis.client.xrange(`events:{account:${partition}}`, '-', '+') as Promise<unknown> as Promise<RawEntry[]>
  async function archived(partition: number): Promise<RawEntry[]> {
    const entries: RawEntry[] = []
    for await (const page of chainOf(objects, { topic: 'account', partition }).entries())
      entries.push(...page)
    return entries
  }
  const failures = (store: ReturnType<typeof openStore>) =>
    store.heard.logs.filter((message) => message.startsWith('cannot'))
  /** Everything that is in the log is in the archive, once, as it is stored. */
  async function expectWhole(partitions = 2): Promise<void> {
    for (let partition = 0; partition < partitions; partition++) {
      const log = await logged(partition)
      await eventually(async () => expect((await archived(partition)).length).toBe(log.length))
      expect(await archived(partition)).toEqual(log)
      const { position } = await redis.client.hgetall(`sub:{account:${partition}}:archive`)
      await eventually(async () =>
        expect(await redis.client.hget(`sub:{account:${partition}}:archive`, 'position')).toBe(
          await redis.client.hget(`head:{account:${partition}}`, 'position'),
        ),
      )
      expect(position).toBeDefined()
    }
  }

  test('has every entry as it is stored, in segments of the size that was asked for, and goes on where it was', async () => {
    const store = open()
    await write(store, 950)
    await redis.client.xadd('events:{account:0}', '*', 'by', 'hand')
    await write(store, 10)
    const member = archive(store)
    await expectWhole()
    await member.stop()
    await write(store, 333)
    archive(store)
    await expectWhole()
    const names = await objects.list('account/0/segments/', { limit: 100 })
    expect(names.length).toBeGreaterThanOrEqual(4)
  })

  test('takes what has waited long enough, and a full segment at once', async () => {
    const store = open({ partitions: 1 })
    archive(store, { ageMs: 3_600_000, events: 50 })
    await write(store, 170)
    // Full ones; what is left of the last is younger than an hour.
    await eventually(async () => expect((await archived(0)).length).toBe(150))
    expect(await archived(0)).toEqual((await logged(0)).slice(0, 150))
  })

  test('is shared by members, whose segments neither overlap nor leave anything out', async () => {
    const writers = [open(), open(), open()] as const
    for (const store of writers) archive(store, { events: 20 })
    for (let round = 0; round < 10; round++) await write(writers[round % 3] as (typeof writers)[0], 60)
    await expectWhole()
  })

  test('goes on behind a member that died after it had written a segment, and before it recorded it', async () => {
    const store = open({ partitions: 1 })
    await write(store, 250)
    let left = 2
    const ended = Promise.withResolvers<never>()
    const dying: Objects = {
      ...objects,
      async create(name, bytes) {
        const created = await objects.create(name, bytes)
        if (--left === 0) return ended.promise // as a process that ends here
        return created
      },
    }
    archive(store, { objects: dying, leaseMs: 500 })
    await eventually(async () => expect((await archived(0)).length).toBe(200))
    expect(await redis.client.hget('sub:{account:0}:archive', 'position')).toBe('100')
    const next = open({ partitions: 1 })
    await write(next, 50)
    archive(next, { leaseMs: 500 })
    await expectWhole(1)
    expect(failures(next)).toEqual([])
    ended.reject(new Error('it has ended'))
  })

  test('refuses the late segment of a member whose lease has run out, however many events it has', async () => {
    const store = open({ partitions: 1 })
    await write(store, 50)
    const held = Promise.withResolvers<void>()
    const late: boolean[] = []
    const frozen: Objects = {
      ...objects,
      async create(name, bytes) {
        await held.promise
        late.push(await objects.create(name, bytes))
        return late.at(-1) as boolean
      },
    }
    archive(store, { objects: frozen, leaseMs: 300 })
    await eventually(async () =>
      expect(await redis.client.hget('sub:{account:0}:archive', 'token')).toBeTruthy(),
    )
    const other = open({ partitions: 1 })
    await write(other, 30)
    archive(other, { leaseMs: 300 })
    await expectWhole(1)
    held.resolve()
    await eventually(() => expect(late).toEqual([false]))
    await write(other, 100)
    await expectWhole(1)
    await eventually(() => expect(failures(store)).toEqual(['cannot archive']))
  })

  test('records no segment that is not there as it was written', async () => {
    const store = open({ partitions: 1 })
    await write(store, 60)
    // Whole and sound, but another one: of the first events only.
    const elsewhere = 'account/0/other'
    const aside: Objects = { ...objects, create: (_, bytes) => objects.create(elsewhere, bytes) }
    archive(open({ partitions: 1 }), { group: 'other', objects: aside })
    await eventually(async () => expect(await objects.read(elsewhere)).not.toBe(null))
    await write(store, 60)
    const forgetful: Objects = {
      ...objects,
      create: async (name, bytes) => objects.create(name, (await objects.read(elsewhere)) ?? bytes),
    }
    archive(store, { objects: forgetful, events: 120 })
    await eventually(() => expect(failures(store)).toEqual(['cannot archive']))
    expect(await redis.client.hget('sub:{account:0}:archive', 'position')).toBe(null)
  })

  test('stops, and writes nothing, where Redis has lost events that are archived, or has another history', async () => {
    const store = open({ partitions: 1 })
    await write(store, 120)
    const member = archive(store)
    await expectWhole(1)
    await member.stop()
    const before = await archived(0)
    await redis.client.flushall()
    const later = open({ partitions: 1 })
    await later.ready({ timeoutMs: 5_000 })
    await write(later, 200, 'other')
    archive(later)
    await eventually(() => expect(later.heard.archiveFailed).toContain('broken'))
    expect(later.heard.logs).toContain('cannot archive')
    expect(await archived(0)).toEqual(before)
  })

  test('stops where it has lost segments that Redis has recorded', async () => {
    const store = open({ partitions: 1 })
    await write(store, 120)
    const member = archive(store)
    await expectWhole(1)
    await member.stop()
    rmSync(folder, { recursive: true, force: true })
    await write(store, 10)
    const later = open({ partitions: 1 })
    archive(later)
    await eventually(() => expect(later.heard.archiveFailed).toContain('broken'))
    expect(await objects.list('account/0/segments/', { limit: 1 })).toEqual([])
  })

  test('waits for a store that refuses, tells of it once, and goes on by itself', async () => {
    const store = open({ partitions: 1 })
    await write(store, 120)
    let refusing = true
    const moody: Objects = {
      ...objects,
      create: (name, bytes) =>
        refusing ? Promise.reject(new Error('no space left')) : objects.create(name, bytes),
    }
    archive(store, { objects: moody })
    await eventually(() => expect(store.heard.archiveFailed.length).toBeGreaterThan(1), { withinMs: 20_000 })
    expect(new Set(store.heard.archiveFailed)).toEqual(new Set(['unavailable']))
    expect(failures(store)).toEqual(['cannot archive'])
    refusing = false
    await eventually(async () => expect((await archived(0)).length).toBe(120), { withinMs: 20_000 })
    await expectWhole(1)
  })
})
