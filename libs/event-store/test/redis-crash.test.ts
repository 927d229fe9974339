import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerRows, movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'
import { expectRowsEqualFold } from './rows.ts'

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

test('Redis killed three times under load loses no acknowledged event, and all members recover by themselves', async () => {
  const store = openStore(redis.url)
  await store.ready()
  const seen = new Set<string>()
  store.subscribe({
    ...quick,
    group: 'watchers',
    topics: ['account'],
    on: { moved: (event) => void seen.add(event.event_id) },
  })
  store.project({ ...quick, name: 'ledger', topics: ['account', 'note'], project: ledgerRows })

  const acknowledged: { id: string; version: number }[] = []
  let refused = 0
  let stop = false
  const clients = Array.from({ length: 20 }, async (_, client) => {
    for (let i = 0; !stop; i++) {
      const id = `e-${(client * 7 + i) % 50}`
      await store.append(movement(id, i)).then(
        ({ version }) => acknowledged.push({ id, version }),
        () => refused++,
      )
    }
  })
  for (let crash = 0; crash < 3; crash++) {
    const before = acknowledged.length
    await eventually(() => acknowledged.length > before + 300)
    await redis.kill()
    await redis.restart()
    const atRestart = acknowledged.length
    await eventually(() => acknowledged.length > atRestart, { withinMs: 10_000 })
  }
  stop = true
  await Promise.all(clients)

  await eventually(async () => {
    const lag = await store.ops.lag({ watchers: ['account'], 'ledger.v1': ['account'] })
    expect(lag.reduce((sum, each) => sum + each.lag, 0)).toBe(0)
  })
  const { events, problems } = await store.ops.verify('account')
  expect(problems).toEqual([])
  const versions = new Map<string, number>()
  for (const { entity_id, version } of await store
    .lastEvents([...Array(50).keys()].map((k) => ({ topic: 'account', entityId: `e-${k}` })))
    .then((all) => all.filter((event) => event !== null)))
    versions.set(entity_id, version)
  const lost = acknowledged.filter(({ id, version }) => (versions.get(id) ?? 0) < version)
  console.log(
    `acknowledged ${acknowledged.length}, stored ${events}, refused ${refused}, lost ${lost.length}`,
  )
  expect(lost).toEqual([])
  expect(events).toBeGreaterThanOrEqual(acknowledged.length)
  expect(seen.size).toBe(events)
  expect(store.heard.forked).toBe(0)
  await expectRowsEqualFold(redis.client, store)
  await store.close()
})
