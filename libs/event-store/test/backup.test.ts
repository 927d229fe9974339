import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backupsIn, bytesOfBackup, keepNewest, storeBackup } from '../src/archive/backup.ts'
import { folderObjects } from '../src/archive/folder.ts'
import type { Objects } from '../src/archive/objects.ts'
import { verifyArchive } from '../src/archive/verify-archive.ts'
import { movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'

const partitions = [0, 1].map((partition) => ({ topic: 'account', partition }))

describe('a backup of Redis beside its archive', () => {
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
    await closeAll()
    await redis.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const closeAll = () => Promise.all(stores.splice(0).map((store) => store.close()))
  function open(more: Parameters<typeof openStore>[1] = {}) {
    const store = openStore(redis.url, { partitions: 2, ...more })
    stores.push(store)
    return store
  }
  type Store = ReturnType<typeof openStore>

  async function write(store: Store, count: number): Promise<void> {
    for (let n = 0; n < count; n++) await store.append(movement(`a${n % 9}`, n))
  }
  async function archive(store: Store, to = objects): Promise<void> {
    const archiver = store.archive({ objects: to, ageMs: Number.POSITIVE_INFINITY, events: 50 })
    await archiver.sealNow().finally(() => archiver.stop())
  }
  /** What SAVE writes is what `redis-cli --rdb` is sent. */
  async function rdb(): Promise<string> {
    await redis.client.save()
    return join(redis.dir, 'dump.rdb')
  }
  /** Redis and its data are lost; it is started from a backup, as the base of an append-only file. */
  async function startFrom(time: string): Promise<Store> {
    await closeAll()
    await redis.kill()
    rmSync(redis.dir, { recursive: true })
    mkdirSync(join(redis.dir, 'appendonlydir'), { recursive: true })
    const base = 'appendonly.aof.1.base.rdb'
    const bytes: Uint8Array[] = []
    for await (const part of bytesOfBackup(objects, time)) bytes.push(part)
    writeFileSync(join(redis.dir, 'appendonlydir', base), Buffer.concat(bytes))
    writeFileSync(join(redis.dir, 'appendonlydir', 'appendonly.aof.manifest'), `file ${base} seq 1 type b\n`)
    await redis.restart()
    const store = open()
    await store.ready({ timeoutMs: 5_000 })
    return store
  }
  async function logOf(): Promise<unknown[]> {
    const logs = partitions.map(async ({ partition }) => {
      const name = `{account:${partition}}`
      return {
        position: await redis.client.hget(`head:${name}`, 'position'),
        entries: await redis.client.xrange(`events:${name}`, '-', '+'),
        versions: await redis.client.hgetall(`versions:${name}`),
      }
    })
    return Promise.all(logs)
  }

  test('and what is archived since make up the log: what was in either is there, once, and it goes on', async () => {
    const handled: string[] = []
    const subscribe = (store: Store) =>
      store.subscribe({
        ...{ group: 'g', topics: ['account'], ...quick },
        on: { moved: ({ entity_id, version }) => void handled.push(`${entity_id} ${version}`) },
      })
    const store = open()
    const reading = subscribe(store)
    await write(store, 120)
    await archive(store)
    await write(store, 60)
    const byHand = (await redis.client.xadd('events:{account:0}', '*', 'by', 'hand')) as string
    await eventually(() => expect(handled).toHaveLength(180))
    await reading.stop()
    const inBackup = await logOf()
    const { time } = await storeBackup(objects, await rdb(), { partBytes: 1_000 })
    await write(store, 90)
    // One partition is archived beyond the backup; of the other the backup has more than the archive.
    const failing: Objects = {
      ...objects,
      create: (name, bytes) =>
        name.startsWith('account/1/') ? Promise.reject(new Error('no space')) : objects.create(name, bytes),
    }
    await expect(archive(store, failing)).rejects.toThrow('no space')
    const archived = await logOf()
    await write(store, 30)
    const union = [archived[0], inBackup[1]]
    expect(union).not.toContainEqual(inBackup[0])

    const next = await startFrom(time)
    expect(await logOf()).toEqual(inBackup)
    await expect(archive(next)).rejects.toThrow('Redis has lost events that are archived')
    await expect(next.restore({ objects })).rejects.toThrow('expected no more than are to be restored')
    const restored = await next.restore({ objects, ontoBackup: true })
    expect(restored.find(({ partition }) => partition === 1)?.events).toBe(0)
    expect(await logOf()).toEqual(union)
    const again = await next.restore({ objects, ontoBackup: true })
    expect(again.map(({ events }) => events)).toEqual(again.map(() => 0))
    expect(await logOf()).toEqual(union)

    handled.length = 0
    subscribe(next)
    await write(next, 18)
    const lag = async () => (await next.ops.lag({ g: ['account'] })).reduce((sum, one) => sum + one.lag, 0)
    await eventually(async () => expect(await lag()).toBe(0))
    expect(new Set(handled).size).toBe(handled.length)
    const { problems } = await next.ops.verify('account')
    expect(problems.filter((problem) => !problem.includes(byHand))).toEqual([])
    await archive(next)
    for (const at of partitions) expect(await verifyArchive(objects, at)).toMatchObject({ problem: null })
  })

  test('that was written to before the archive was put onto it is refused, and stays as it is', async () => {
    const store = open()
    await write(store, 90)
    const { time } = await storeBackup(objects, await rdb())
    await write(store, 90)
    await archive(store)
    const next = await startFrom(time)
    // In all partitions, fewer than are archived, and then more.
    for (const count of [18, 180]) {
      await write(next, count)
      const before = await logOf()
      await expect(next.restore({ objects, ontoBackup: true })).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('expected the history that is archived'),
      })
      expect(await logOf()).toEqual(before)
    }
  })

  test('into which somebody has written by hand has no room for what is archived, and is refused', async () => {
    const store = open()
    await write(store, 40)
    const { time } = await storeBackup(objects, await rdb())
    await write(store, 40)
    await archive(store)
    const next = await startFrom(time)
    await redis.client.xadd('events:{account:0}', '*', 'by', 'hand')
    const before = await logOf()
    await expect(next.restore({ objects, ontoBackup: true })).rejects.toThrow('somebody has written to it')
    expect(await logOf()).toEqual(before)
  })

  test('is taken onto a log of which the archive has the beginning alone, and has it read there', async () => {
    const store = open({ archive: objects })
    await write(store, 600)
    const archiver = store.archive({ objects, ageMs: Number.POSITIVE_INFINITY, trim: { keepEvents: 20 } })
    await archiver.sealNow()
    await write(store, 30)
    const { time } = await storeBackup(objects, await rdb())
    await write(store, 30)
    await archiver.sealNow()
    const whole = (await logOf()).map((one) => (one as { position: string }).position)
    await startFrom(time)
    await closeAll()
    const next = open({ archive: objects })
    await next.ready({ timeoutMs: 5_000 })
    await next.restore({ objects, ontoBackup: true })
    expect((await logOf()).map((one) => (one as { position: string }).position)).toEqual(whole)
    const verified = await next.ops.verify('account')
    expect(verified).toMatchObject({ events: 660, problems: [] })
  })

  test('is what was stored, byte for byte, in parts; one that was changed, cut or broken off is none', async () => {
    const store = open()
    await write(store, 200)
    const file = await rdb()
    const bytes = readFileSync(file)
    const stored = await storeBackup(objects, file, { partBytes: 1_000 })
    expect(stored).toMatchObject({ bytes: bytes.length, parts: { length: Math.ceil(bytes.length / 1_000) } })
    expect(stored.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    const read = async (time: string) => {
      const parts: Uint8Array[] = []
      for await (const part of bytesOfBackup(objects, time)) parts.push(part)
      return Buffer.concat(parts)
    }
    expect(bytes.equals(await read(stored.time))).toBe(true)
    await objects.replace(`backups/${stored.time}/000002`, Buffer.from('changed'))
    await expect(read(stored.time)).rejects.toThrow(/000002 has SHA-256 [0-9a-f]{64}, expected/)
    await objects.remove(`backups/${stored.time}/000002`)
    await expect(read(stored.time)).rejects.toThrow('000002 is missing, expected')

    let left = 3
    const full: Objects = {
      ...objects,
      create: (name, part) =>
        left-- > 0 ? objects.create(name, part) : Promise.reject(new Error('no space')),
    }
    await expect(storeBackup(full, file, { partBytes: 1_000 })).rejects.toThrow('no space')
    expect((await backupsIn(objects)).map(({ time }) => time)).toEqual([stored.time])
    await expect(read('2026-01-01T00:00:00.000Z')).rejects.toMatchObject({ code: 'not_found' })

    const bad = join(folder, 'bad.rdb')
    await expect(storeBackup(objects, bad)).rejects.toThrow('cannot be read')
    writeFileSync(bad, 'no backup')
    await expect(storeBackup(objects, bad)).rejects.toThrow('begins with "no backup", expected an RDB file')
    writeFileSync(bad, bytes.subarray(0, -100))
    await expect(storeBackup(objects, bad)).rejects.toThrow('is cut off')
  })

  test('makes room for newer ones: the newest are kept, what was broken off goes, what is on its way stays', async () => {
    const file = await rdb()
    const at = (day: number) => new Date(Date.UTC(2026, 0, day))
    const broken = ['2026-01-02T00:00:00.000Z', '2026-01-09T00:00:00.000Z']
    for (const time of broken) await objects.create(`backups/${time}/000001`, Buffer.from('part'))
    for (const day of [1, 3, 4, 5]) await storeBackup(objects, file, { now: at(day) })
    await expect(storeBackup(objects, file, { now: at(5) })).rejects.toMatchObject({ code: 'conflict' })
    const removed = await keepNewest(objects, 2)
    expect(removed.map((time) => time.slice(0, 10))).toEqual(['2026-01-01', '2026-01-02', '2026-01-03'])
    expect((await backupsIn(objects)).map(({ time }) => time)).toEqual(
      [4, 5].map((day) => at(day).toISOString()),
    )
    expect(await objects.list('backups/', { limit: 100 })).toHaveLength(5)
    await expect(keepNewest(objects, 0)).rejects.toThrow('keep 0 backups, expected')
  })
})
