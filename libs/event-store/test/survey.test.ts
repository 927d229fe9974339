import { eventually } from '@ordershop/core/testing'
import { faultyProxy, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ledgerRows, movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
beforeEach(() => redis.client.flushall())

/** Twelve groups, as many as a shop of nine services with two projections and a few spares has. */
const groups = Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`group-${k}`, ['account']]))
const places = 12 * 8

/** How many commands Redis has carried out, those of scripts included, and the processor time of that, in milliseconds. */
async function work() {
  const calls: Record<string, number> = {}
  for (const [, name = '', count] of (await redis.client.info('commandstats')).matchAll(
    /cmdstat_(\w+):calls=(\d+)/g,
  ))
    calls[name] = Number(count)
  const cpu = await redis.client.info('cpu')
  const seconds = (kind: string) => Number(new RegExp(`used_cpu_${kind}:([\\d.]+)`).exec(cpu)?.[1])
  return {
    scripts: (calls.eval ?? 0) + (calls.evalsha ?? 0),
    calls,
    cpuMs: 1_000 * (seconds('user') + seconds('sys')),
  }
}

describe('a survey', () => {
  test('of 12 groups in 8 partitions, all behind, asks everything before anything is answered', async () => {
    const proxy = await faultyProxy(redis.port)
    const store = openStore(proxy.url)
    await store.ready()
    for (let i = 0; i < 200; i++) await store.append(movement(`e-${i}`, i))
    const watched = { groups, projections: { ledger: ['account'] } }
    const before = (await work()).scripts
    const release = proxy.hold()
    const answer = store.ops.survey(watched)
    await eventually(async () => expect((await work()).scripts - before).toBe(places + 8))
    release()
    const { lags, versions } = await answer
    expect(lags.filter(({ lagMs }) => lagMs > 0)).toHaveLength(places + 8)
    expect(lags.reduce((sum, { lag }) => sum + lag, 0)).toBe(13 * 200)
    expect(versions).toEqual([
      { projection: 'ledger', version: 1, group: 'ledger.v1', live: true, progress: 0 },
    ])
    expect((await work()).scripts - before).toBe(places + 8)
    await store.close()
    await proxy.close()
  })

  test('shows the version that is being built next to the live one, and queries a new one once it knows of it', async () => {
    const store = openStore(redis.url)
    await store.ready()
    const topics = ['account', 'note']
    const watched = { groups: {}, projections: { ledger: topics } }
    const running = store.project({ ...quick, name: 'ledger', topics, project: ledgerRows })
    for (let i = 0; i < 40; i++) await store.append(movement(`e-${i}`, i))
    const progress = async () => {
      const { versions } = await store.ops.survey(watched)
      return versions.map((one) => [one.group, one.live, one.progress])
    }
    await eventually(async () => expect(await progress()).toEqual([['ledger.v1', true, 1]]))
    await running.stop()
    await store.ops.rebuild('ledger', topics)
    expect(await progress()).toEqual([
      ['ledger.v1', true, 1],
      ['ledger.v2', false, 0],
    ])
    const { lags } = await store.ops.survey(watched)
    expect(lags.filter(({ group }) => group === 'ledger.v2')).toHaveLength(16)
    store.project({ ...quick, name: 'ledger', topics, project: ledgerRows })
    await eventually(async () => expect(await progress()).toEqual([['ledger.v2', true, 1]]))
    await store.close()
  })

  test('costs Redis one script for each group and partition, and no more than a few commands in each', async () => {
    const store = openStore(redis.url)
    await store.ready()
    for (let i = 0; i < 2_000; i++) await store.append(movement(`e-${i % 100}`, i))
    const watched = { groups, projections: {} }
    await store.ops.survey(watched)
    const scrapes = 200
    const before = await work()
    for (let k = 0; k < scrapes; k++) await store.ops.survey(watched)
    const after = await work()
    const cpuMs = (after.cpuMs - before.cpuMs) / scrapes
    console.log(
      `8 partitions × 12 groups: ${cpuMs.toFixed(2)} ms of Redis' processor a scrape, ${((100 * cpuMs) / 15_000).toFixed(4)} % of it when scraped each 15 s`,
    )
    const each = (name: string) => ((after.calls[name] ?? 0) - (before.calls[name] ?? 0)) / scrapes
    expect((after.scripts - before.scripts) / scrapes).toBe(places)
    const commands = Object.fromEntries(['hmget', 'hvals', 'xrange'].map((name) => [name, each(name)]))
    expect(commands).toEqual({ hmget: 2 * places, hvals: places, xrange: places })
    await store.close()
  })
})
