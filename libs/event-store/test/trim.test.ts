import { randomUUID } from 'node:crypto'
import { errorCode } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import { verifyArchive } from '@ordershop/event-store'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Objects } from '../src/archive/objects.ts'
import type { ArchiveOptions } from '../src/archive/options.ts'
import { account, cents, movement } from '../src/testing/ledger.ts'
import { objectsInMemory } from '../src/testing/objects-in-memory.ts'
import { openStore, quick } from './harness.ts'

type Store = ReturnType<typeof openStore>

/** Another member was first: what there is to do is done. */
function unlessHeld(error: unknown): void {
  if (errorCode(error) !== 'unavailable') throw error
}

describe('a log of which the archived part is trimmed', () => {
  let redis: RedisServer
  let objects: Objects
  const stores: Store[] = []
  beforeEach(async () => {
    redis = await startRedis('--stream-node-max-entries', '1')
    objects = objectsInMemory()
  })
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()))
    await redis.stop()
  })

  function open(more: Parameters<typeof openStore>[1] = {}): Store {
    const store = openStore(redis.url, { partitions: 1, archive: objects, ...more })
    stores.push(store)
    return store
  }
  /** Nothing is sealed or trimmed but by `sealNow`. */
  const archiverOf = (store: Store, more: Partial<ArchiveOptions> = {}) =>
    store.archive({
      ...{ objects, ageMs: 3_600_000, events: 10, topics: ['account'], trim: { keepEvents: 10 } },
      ...more,
    })
  async function write(store: Store, count: number, entity = 'a'): Promise<void> {
    for (let n = 0; n < count; n += 100)
      await Promise.all(
        Array.from({ length: Math.min(100, count - n) }, (_, k) => store.append(movement(entity, n + k))),
      )
  }
  async function writeInTurn(store: Store, from: number, to: number): Promise<void> {
    for (let n = from; n < to; n++) await store.append(movement('a', n))
  }
  const upTo = (end: number) => Array.from({ length: end }, (_, k) => k)
  const hot = () => redis.client.xlen('events:{account:0}')
  const trimmed = async () => Number(await redis.client.hget('head:{account:0}', 'trimmed'))

  test('keeps as many events in Redis as were asked for, and loses none to any reader', async () => {
    const store = open()
    const archiver = archiverOf(store, { trim: { keepEvents: 50 } })
    await write(store, 995)
    await archiver.sealNow()
    // A segment goes as a whole.
    expect(await hot()).toBe(55)
    expect(await trimmed()).toBe(940)
    await write(store, 5)
    expect(await store.readEntity(account('a'))).toHaveLength(1_000)
    expect(await store.ops.verify('account')).toMatchObject({ events: 1_000, problems: [] })
  })

  test('tells what reading it has cost: how often the archive was asked, and which blocks were not in memory', async () => {
    const store = open()
    await write(store, 200)
    expect(await store.readEntity(account('a'))).toHaveLength(200)
    expect(store.heard).toMatchObject({ archiveReads: 0, blocksFetched: 0 })
    await archiverOf(store, { trim: { keepEvents: 50 } }).sealNow()
    expect(store.heard).toMatchObject({ archiveReads: 0, blocksFetched: 0 })
    await store.readEntity(account('a'))
    const { archiveReads, blocksFetched } = store.heard
    // Of ten events each.
    expect(blocksFetched).toBe(15)
    await store.readEntity(account('a'))
    expect(store.heard).toMatchObject({ archiveReads: 2 * archiveReads, blocksFetched })
  })

  test('is read whole by pages of any size, whichever of them has the seam in it', async () => {
    const store = open()
    await write(store, 200)
    await archiverOf(store, { trim: { keepEvents: 40 } }).sealNow()
    for (const pageSize of [1, 7, 40, 64, 159, 160, 161, 512]) {
      const positions: number[] = []
      for await (const { position } of store.readTopic('account', 0, { pageSize })) positions.push(position)
      expect(positions, `${pageSize} a page`).toEqual(Array.from({ length: 200 }, (_, k) => k + 1))
    }
  })

  test('is read whole while many small segments of its archive are put together by two members', async () => {
    const store = open()
    const members = [archiverOf(store, { events: 100 }), archiverOf(open(), { events: 100 })] as const
    let written = 0
    async function keepWriting(): Promise<void> {
      for (let round = 0; round < 200; round++) {
        await write(store, 2)
        written += 2
        await Promise.all(members.map((member) => member.sealNow().catch(unlessHeld)))
      }
    }
    let ended = false
    const writing = keepWriting().finally(() => {
      ended = true
    })
    while (!ended) {
      const before = written
      let read = 0
      for await (const { version } of store.readTopic('account', 0, { pageSize: 16 }))
        expect(version).toBe(++read)
      expect(read).toBeGreaterThanOrEqual(before)
      expect((await store.readEntity(account('a'))).length).toBeGreaterThanOrEqual(before)
    }
    await writing
    expect(await store.readEntity(account('a'))).toHaveLength(400)
    expect((await objects.list('account/0/segments/', { limit: 1_000 })).length).toBeLessThan(110)
    expect(await verifyArchive(objects, { topic: 'account', partition: 0 })).toMatchObject({ problem: null })
  })

  test('keeps what is not archived, however many events there are and however little room', async () => {
    const store = open()
    await write(store, 300)
    await redis.client.config('SET', 'maxmemory', '1gb')
    const nothing = { events: 1_000, trim: { keepEvents: 0, keepMs: 0, memoryTarget: 0 } }
    const broken: Objects = { ...objects, create: () => Promise.reject(new Error('no space')) }
    await expect(archiverOf(store, { ...nothing, objects: broken }).sealNow()).rejects.toThrow('no space')
    expect(await hot()).toBe(300)
    await archiverOf(store, nothing).sealNow()
    expect(await hot()).toBe(1)
  })

  test('lets go what is older than was asked for', async () => {
    const store = open()
    const archiver = archiverOf(store, { events: 20, trim: { keepMs: 500 } })
    await write(store, 100)
    await archiver.sealNow()
    expect(await trimmed()).toBe(0)
    await eventually(async () => {
      await archiver.sealNow()
      expect(await trimmed()).toBe(99)
    })
  })

  test('lets the oldest go of all partitions while Redis is short of memory, and stops when it is not', async () => {
    const store = open({ partitions: 2 })
    await Promise.all(['a', 'b', 'c', 'd'].map((entity) => write(store, 1_500, entity)))
    const memory = async () => {
      const [, used, most] =
        /used_memory:(\d+)[\s\S]*maxmemory:(\d+)/.exec(await redis.client.info('memory')) ?? []
      return { used: Number(used), most: Number(most) }
    }
    await redis.client.config('SET', 'maxmemory', Math.round(((await memory()).used - 500_000) / 0.6))
    await archiverOf(store, { events: 200, trim: {} }).sealNow()
    const { used, most } = await memory()
    expect(used).toBeLessThan(0.6 * most)
    const gone = await Promise.all([0, 1].map((p) => redis.client.hget(`head:{account:${p}}`, 'trimmed')))
    expect(gone.map(Number).every((events) => events > 0)).toBe(true)
    const kept = await Promise.all([0, 1].map((p) => redis.client.xlen(`events:{account:${p}}`)))
    expect(kept.reduce((sum, events) => sum + events, 0)).toBeGreaterThan(1_000)
  })

  test('archives what is young, too, and lets it go, while Redis is nearly full', async () => {
    const store = open()
    await write(store, 6_000)
    const used = Number(/used_memory:(\d+)/.exec(await redis.client.info('memory'))?.[1])
    await redis.client.config('SET', 'maxmemory', Math.round(used / 0.75))
    archiverOf(store, { events: 100_000, trim: {} })
    await eventually(async () => expect(await trimmed()).toBeGreaterThan(0))
  })

  test('refuses to take out what is archived differently', async () => {
    const store = open()
    await write(store, 30)
    const archiver = archiverOf(store, { trim: { keepEvents: 0 } })
    await archiver.sealNow()
    await write(store, 30)
    // As if another archive had been recorded.
    await redis.client.hset('sub:{account:0}:archive', { entry_id: '5-0', position: '60' })
    await archiver.sealNow()
    expect(store.heard.logs).toContain('cannot trim what is archived')
    expect(await hot()).toBe(31)
  })

  test('goes on where one partition cannot be trimmed, and says which', async () => {
    const store = open({ partitions: 2 })
    await Promise.all(['a', 'b', 'c', 'd'].map((entity) => write(store, 50, entity)))
    const sealing = store.archive({ objects, ageMs: 3_600_000, topics: ['account'] })
    await sealing.sealNow()
    // As if the log of the first had been replaced behind the archiver's back.
    const [last = ['', []]] = await redis.client.xrevrange('events:{account:0}', '+', '-', 'COUNT', 1)
    await redis.client.xdel('events:{account:0}', last[0])
    await archiverOf(store, { trim: { keepEvents: 0 } }).sealNow()
    expect(await redis.client.xlen('events:{account:1}')).toBe(1)
    expect(await redis.client.xlen('events:{account:0}')).toBeGreaterThan(10)
    expect(store.heard.logs).toContain('cannot trim what is archived')
  })

  test('answers the repeat of a command whose events are gone from Redis, and refuses others under its id', async () => {
    const store = open()
    const archiver = archiverOf(store, { trim: { keepEvents: 0 } })
    const once = movement('a', 7, { commandId: randomUUID() })
    const first = await store.append(once)
    await write(store, 20)
    await archiver.sealNow()
    expect(await hot()).toBe(1)
    expect(await store.append(once)).toEqual({ ...first, repeated: true })
    const other = movement('a', 8, { commandId: once.commandId })
    await expect(store.append(other)).rejects.toMatchObject({ code: 'invalid' })
    expect(await store.readEntity(account('a'))).toHaveLength(21)
  })

  test('is read from the archive by a group that begins, or was stopped, far behind it', async () => {
    const store = open()
    const archiver = archiverOf(store, { events: 100 })
    const seen: string[] = []
    const listen = (to: string[]) =>
      store.subscribe({
        ...{ ...quick, group: 'slow', topics: ['account'] },
        on: { moved: (event) => void to.push(event.event_id) },
      })
    await write(store, 50)
    const before = listen(seen)
    await eventually(() => expect(seen.length).toBe(50))
    await before.stop()
    await write(store, 2_000)
    await archiver.sealNow()
    expect(await trimmed()).toBeGreaterThan(1_900)
    const [lag] = await store.ops.lag({ slow: ['account'] })
    expect(lag?.lag).toBe(2_000)
    // As old as the first event that is left to do, not as the first one in Redis.
    const inRedis = await redis.client.xrange('events:{account:0}', '-', '+', 'COUNT', 1)
    expect(lag?.lagMs).toBeGreaterThan(Date.now() - Number.parseInt(inRedis[0]?.[0] ?? '', 10))
    const after = listen(seen)
    await eventually(() => expect(seen.length).toBe(2_050))
    await write(store, 3)
    await eventually(() => expect(seen.length).toBe(2_053))
    await after.stop()
    expect(store.heard.forked).toBe(0)
    expect(store.heard.redelivered).toBe(0)
  })

  test('gives parked events back for a replay after they have left Redis', async () => {
    const store = open()
    const archiver = archiverOf(store, { trim: { keepEvents: 0 } })
    let broken = true
    const seen: unknown[] = []
    store.subscribe({
      ...{ ...quick, group: 'g', topics: ['account'] },
      on: {
        moved(event) {
          if (broken) throw new Error('not yet')
          seen.push(...cents([event]))
        },
      },
    })
    for (let n = 0; n < 5; n++) await store.append(movement('a', n))
    await eventually(async () => expect((await store.ops.parked('g', ['account']))[0]?.events).toBe(5))
    await archiver.sealNow()
    expect(await hot()).toBe(1)
    broken = false
    await store.ops.replayParked('g', ['account'])
    await eventually(() => expect(seen).toEqual([0, 1, 2, 3, 4]))
  })

  test('is none the shorter to a member that comes back after what it read last was trimmed', async () => {
    const store = open()
    const archiver = archiverOf(store, { trim: { keepEvents: 0 } })
    const gate = Promise.withResolvers<void>()
    const seen = new Set<string>()
    store.subscribe({
      ...{ ...quick, group: 'g', topics: ['account'], maxInHand: 10 },
      on: {
        async moved({ event_id }) {
          await gate.promise
          seen.add(event_id)
        },
      },
    })
    await write(store, 100)
    await eventually(async () => expect((await store.ops.lag({ g: ['account'] }))[0]?.owner).not.toBeNull())
    await archiver.sealNow()
    expect(await hot()).toBe(1)
    const claimed = await redis.client.hget('sub:{account:0}:g', 'token')
    await redis.client.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await eventually(async () =>
      expect(await redis.client.hget('sub:{account:0}:g', 'token')).not.toBe(claimed),
    )
    gate.resolve()
    await eventually(() => expect(seen.size).toBe(100))
    expect(store.heard.forked).toBe(0)
  })

  test('never mixes the history that Redis has lost, though it is archived, with the one that it has', async () => {
    const store = open()
    const archiver = archiverOf(store, { events: 5, trim: { keepEvents: 5 } })
    const walked = async () => {
      const found: unknown[] = []
      for await (const event of store.readTopic('account', 0, { pageSize: 10 })) found.push(...cents([event]))
      return found
    }
    const handled: unknown[] = []
    store.subscribe({
      ...{ ...quick, group: 'g', topics: ['account'] },
      on: { moved: (event) => void handled.push(...cents([event])) },
    })
    await writeInTurn(store, 0, 100)
    await archiver.sealNow()
    await eventually(async () => expect((await store.ops.lag({ g: ['account'] }))[0]?.lag).toBe(0))
    const copy = redis.saveCopy()
    await writeInTurn(store, 100, 150)
    await archiver.sealNow()
    expect(await trimmed()).toBe(145)
    expect(await walked()).toEqual(upTo(150))
    await redis.kill()
    redis.putBack(copy)
    await redis.restart()
    await eventually(async () => expect((await store.append(movement('a', 1_000))).position).toBe(101))
    await writeInTurn(store, 1_001, 1_160)
    await expect(archiver.sealNow()).rejects.toMatchObject({ code: 'conflict' })
    const present = [...upTo(100), ...upTo(1_160).slice(1_000)]
    expect(await walked()).toEqual(present)
    expect(cents(await store.readEntity(account('a')))).toEqual(present)
    await eventually(() => expect(handled.slice(-160)).toEqual(present.slice(100)))
    expect(store.heard.forked).toBeGreaterThan(0)
    const late: unknown[] = []
    store.subscribe({
      ...{ ...quick, group: 'late', topics: ['account'] },
      on: { moved: (event) => void late.push(...cents([event])) },
    })
    await eventually(() => expect(late).toEqual(present))
  })

  test('says what is missing to a store that was opened without the archive', async () => {
    const store = open()
    await write(store, 50)
    await archiverOf(store).sealNow()
    const blind = openStore(redis.url, { partitions: 1 })
    stores.push(blind)
    const refused = {
      code: 'internal',
      message: expect.stringContaining('expected a store that was opened with'),
    }
    await expect(blind.readEntity(account('a'))).rejects.toMatchObject(refused)
    await blind.append(movement('a', 1))
  })
})
