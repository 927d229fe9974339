import { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import type { HandlerContext } from '@ordershop/event-store'
import { type FaultyProxy, faultyProxy, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keys } from '../src/redis/keys.ts'
import { movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'

type Begun = { version: number; atMs: number; leftMs: number }

let redis: RedisServer
let proxy: FaultyProxy
let cutOff: ReturnType<typeof openStore>
let other: ReturnType<typeof openStore>
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
beforeEach(async () => {
  await redis.client.flushall()
  proxy = await faultyProxy(redis.port)
  cutOff = openStore(proxy.url)
  other = openStore(redis.url)
  await Promise.all([cutOff.ready(), other.ready()])
  for (let i = 0; i < 400; i++) await other.append(movement('a', i))
})
afterEach(async () => {
  await Promise.all([cutOff.close(), other.close()])
  await proxy.close()
})

const group = 'watchers'
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Handles events of 50 ms, and notes when each began. */
function watcher(begun: Begun[], signals: AbortSignal[] = []) {
  return async ({ version }: { version: number }, { signal, leaseLeftMs }: HandlerContext) => {
    begun.push({ version, atMs: Date.now(), leftMs: leaseLeftMs() })
    signals.push(signal)
    await pause(50)
  }
}

/** When the lease of the partition that holds `a` ends, by Redis' clock, which here is ours. */
async function leaseEndsMs(): Promise<number> {
  const at = { topic: 'account', partition: other.partitionOf('a') }
  return Number(await redis.client.hget(keys.subscription(at, group), 'until'))
}

describe('a member that is cut off from Redis', () => {
  test('begins no event once its lease has run out, though it has hundreds in hand', async () => {
    const [begun, begunByOther]: [Begun[], Begun[]] = [[], []]
    const signals: AbortSignal[] = []
    const watching = { ...quick, stopMs: 100, group, topics: ['account'] }
    cutOff.subscribe({ ...watching, on: { moved: watcher(begun, signals) } })
    await eventually(() => begun.length >= 5)
    await proxy.close()
    const endsMs = await leaseEndsMs()
    other.subscribe({ ...watching, on: { moved: watcher(begunByOther) } })
    await eventually(() => begunByOther.length >= 40, { withinMs: 20_000 })
    const last = begun.at(-1) as Begun
    console.log(
      `of 400 in hand ${begun.length} begun; the last ${last.atMs - endsMs} ms from the end of the lease, the other's first ${
        (begunByOther[0] as Begun).atMs - endsMs
      } ms`,
    )
    expect(last.atMs - endsMs).toBeLessThanOrEqual(0)
    expect(begun.filter(({ leftMs }) => leftMs <= 0)).toEqual([])
    expect(signals.every((signal) => signal.aborted)).toBe(true)
    expect(begunByOther.map(({ version }) => version)).toEqual(
      Array.from({ length: begunByOther.length }, (_, k) => k + (begunByOther[0] as Begun).version),
    )
  })

  test('begins no try of a failing event, and no replay of a parked one, once its lease has run out', async () => {
    const begun: Begun[] = []
    const failing = watcher(begun)
    const on = {
      moved: async (event: { version: number }, context: HandlerContext) => {
        await failing(event, context)
        throw new Error('again')
      },
    }
    cutOff.subscribe({ ...quick, stopMs: 100, attempts: 1_000, group, topics: ['account'], on })
    await eventually(() => begun.length >= 5)
    await proxy.close()
    const endsMs = await leaseEndsMs()
    await eventually(() => expect(Date.now()).toBeGreaterThan(endsMs + 1_000))
    expect(Math.max(...begun.map(({ atMs }) => atMs)) - endsMs).toBeLessThanOrEqual(0)
  })

  test('tells a waiting handler that its lease has ended, and stops at once when it is asked to', async () => {
    const aborted = Promise.withResolvers<number>()
    let waiting = false
    const on = {
      moved: async (_event: unknown, { signal, leaseLeftMs }: HandlerContext) => {
        waiting = true
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        aborted.resolve(leaseLeftMs())
        throw new AppError('unavailable', 'cut off')
      },
    }
    const member = cutOff.subscribe({ ...quick, stopMs: 600_000, group, topics: ['account'], on })
    await eventually(() => waiting)
    await proxy.close()
    const began = Promise.withResolvers<'the next owner began'>()
    const moved = () => began.resolve('the next owner began')
    other.subscribe({ ...quick, group, topics: ['account'], on: { moved } })
    // Ours is counted from before Redis granted it, so it ends before anybody else can have the lease.
    expect(await Promise.race([aborted.promise, began.promise])).toBeLessThanOrEqual(0)
    await member.stop()
  })
})

test('a member whose event loop was blocked for longer than its lease starts nothing under it', async () => {
  const begun: Begun[] = []
  const moved = ({ version }: { version: number }, { leaseLeftMs }: HandlerContext) => {
    begun.push({ version, atMs: Date.now(), leftMs: leaseLeftMs() })
    if (version !== 3 || begun.length > 3) return
    const until = performance.now() + 1.5 * quick.leaseMs
    while (performance.now() < until);
  }
  cutOff.subscribe({ ...quick, group, topics: ['account'], on: { moved } })
  await eventually(() => expect(begun.some(({ version }) => version === 400)).toBe(true), {
    withinMs: 20_000,
  })
  expect(begun.filter(({ leftMs }) => leftMs <= 0)).toEqual([])
})
