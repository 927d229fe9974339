import { mkdtempSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type AnyStore, openAnyStore } from '../src/any-store.ts'
import { openBank } from './bank.ts'
import { startConsole } from './console-process.ts'

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
beforeEach(() => redis.client.flushall())

const lagOf = (lags: { group: string; lag: number }[], group: string) =>
  lags.filter((one) => one.group === group).reduce((sum, { lag }) => sum + lag, 0)

async function openBoth(env: Record<string, string> = {}) {
  const bank = await openBank(redis.url, env.REDIS_KEY_PREFIX)
  onTestFinished(() => bank.store.close())
  await bank.move('bob', 5)
  await eventually(() => expect(bank.handled).toEqual([5]))
  const { ask } = await startConsole({ REDIS_URL: redis.url, ...env })
  await eventually(async () =>
    expect((await ask('GET', '/v1/ops/flow')).body.nodes.length).toBeGreaterThan(0),
  )
  return { bank, ask }
}

/** With 13 cents, and what follows them, parked for ada. */
async function openParked() {
  const both = await openBoth()
  for (const cents of [13, 7, 8]) await both.bank.move('ada', cents)
  const keys = async () => (await both.ask('GET', '/v1/ops/parked')).body.keys
  await eventually(async () => expect(await keys()).toMatchObject([{ key: 'ada', events: 3 }]))
  return { ...both, keys, path: '/v1/ops/parked/audit/account/ada' }
}

describe.each([
  ['that has Redis for itself', {}],
  ['that shares Redis with others', { REDIS_KEY_PREFIX: 'bank:' }],
])('of a store %s', (_, env) => {
  test('topics, groups and projections are found, and who reads what is shown', async () => {
    const { ask } = await openBoth(env)
    expect((await ask('GET', '/v1/ops/flow')).body).toEqual({
      nodes: [
        { id: 'topic:account', kind: 'topic', title: 'account' },
        { id: 'topic:statement', kind: 'topic', title: 'statement' },
        { id: 'service:audit', kind: 'service', title: 'audit', group: 'audit' },
        { id: 'rows:balances', kind: 'rows', title: 'balances', group: 'balances' },
      ],
      edges: [
        { from: 'topic:account', to: 'service:audit', kind: 'reads' },
        { from: 'topic:account', to: 'rows:balances', kind: 'reads' },
      ],
    })
    const { lags, versions, unread } = (await ask('GET', '/v1/ops/groups')).body
    expect(lags).toHaveLength(8)
    expect(lagOf(lags, 'audit')).toBe(0)
    expect(versions).toMatchObject([{ projection: 'balances', version: 1, group: 'balances.v1', live: true }])
    expect(unread).toHaveLength(4)
    expect((await ask('GET', '/v1/ops/processes')).body).toEqual({ drivable: false, processes: [] })
    expect((await ask('GET', '/v1/ops/storage')).body).toMatchObject({
      redis: { policy: 'noeviction', max_bytes: null, durability: 'unknown' },
      archive: null,
    })
  })
})

test('a store that comes later is found, too, with its own number of partitions', async () => {
  const shown: AnyStore[] = []
  const opened = openAnyStore({ redis: { url: redis.url }, observer: {}, everyMs: 100 }, (store) => {
    shown.push(store)
  })
  onTestFinished(() => opened.close())
  await eventually(() => expect(opened.health().ready).toBe(true))
  expect(shown.map(({ found }) => found().topics)).toEqual([[]])
  const bank = await openBank(redis.url)
  onTestFinished(() => bank.store.close())
  await eventually(() => expect(shown.at(-1)?.topics).toEqual(['account', 'statement']))
  expect(shown.map(({ store }) => store.partitions)).toEqual([8, 4])
  const append = { topic: 'account', entityId: 'ada', expected: 'any', commandId: 'c1' } as const
  const written = shown.at(-1)?.store.append({ ...append, events: [{ type: 'moved', data: {} }] })
  await expect(written).rejects.toThrow('expected nothing, for this only reads')
})

describe('a parked key', () => {
  test('is shown with what waits of it, and is handled again in order when that is asked for', async () => {
    const { bank, ask, keys, path } = await openParked()
    const { parked, events, complete } = (await ask('GET', path)).body
    expect({ parked, complete }).toMatchObject({
      parked: { events: 3, reason: 'Error: 13 cents' },
      complete: true,
    })
    expect(events).toMatchObject([13, 7, 8].map((cents) => ({ type: 'moved', data: { cents } })))
    bank.superstition.ends = true
    expect(await ask('POST', `${path}/replay`, {})).toMatchObject({ status: 202, body: {} })
    await eventually(() => expect(bank.handled).toEqual([5, 13, 7, 8]))
    await eventually(async () => expect(await keys()).toEqual([]))
    expect(await ask('POST', `${path}/replay`, {})).toMatchObject({ status: 404 })
  })

  test('loses the event that was seen, and only that one, however often its skip is sent', async () => {
    const { bank, ask, keys, path } = await openParked()
    const [{ first }] = await keys()
    const skip = { reason: 'an unlucky number', first }
    expect(await ask('POST', `${path}/skip`, skip)).toMatchObject({ status: 202 })
    await eventually(async () => expect(await keys()).toMatchObject([{ events: 2 }]))
    const again = await ask('POST', `${path}/skip`, skip)
    expect(again).toMatchObject({ status: 409, type: expect.stringContaining('application/problem+json') })
    expect(again.body.detail).toContain(`expected ${first}`)
    const { events, decisions } = (await ask('GET', path)).body
    expect(events).toMatchObject([{ data: { cents: 7 } }, { data: { cents: 8 } }])
    expect(decisions).toMatchObject([{ action: 'skip', operator: 'ada', reason: 'an unlucky number', first }])
    expect(await ask('POST', `${path}/replay`, {})).toMatchObject({ status: 202 })
    await eventually(() => expect(bank.handled).toEqual([5, 7, 8]))
    const acts = (await bank.store.ops.acts({ limit: 10 })).filter(({ outcome }) => outcome !== 'begun')
    const what = { operator: 'ada', detail: expect.stringContaining('audit --key account:ada') }
    expect(acts).toMatchObject([
      { ...what, action: 'parked skip', outcome: 'done' },
      { ...what, action: 'parked skip', outcome: 'failed', reason: again.body.detail },
      { ...what, action: 'parked replay', outcome: 'done' },
    ])
  })

  test('is free again once all that waits is discarded, and who decided so is still told', async () => {
    const { bank, ask, keys, path } = await openParked()
    const [{ first }] = await keys()
    expect(await ask('POST', `${path}/discard`, { reason: 'void', first })).toMatchObject({ status: 202 })
    await eventually(async () => expect(await keys()).toEqual([]))
    await bank.move('ada', 9)
    await eventually(() => expect(bank.handled).toEqual([5, 9]))
    expect((await ask('GET', path)).body).toMatchObject({ parked: null, decisions: [{ action: 'discard' }] })
  })

  test('is left alone by a command that is not understood, which is told what was expected', async () => {
    const { ask, keys, path } = await openParked()
    const refused: [path: string, body: object | undefined, status: number, told: string][] = [
      ['/v1/ops/parked/none/account/ada/replay', {}, 404, 'expected one of audit'],
      ['/v1/ops/parked/audit/note/ada/replay', {}, 404, 'one of account'],
      ['/v1/ops/parked/audit/account/bob/replay', {}, 404, 'account:bob'],
      [`${path}/skip`, { first: '1-0' }, 400, 'reason'],
      [`${path}/discard`, { reason: 'why not' }, 400, 'first'],
      [`${path}/discard`, { reason: 'another event', first: '1-0' }, 409, 'expected 1-0'],
      [`${path}/replay`, { all: true }, 400, 'all'],
      [`${path}/replay`, undefined, 415, 'application/json'],
      ['/v1/ops/processes/audit/stop', {}, 404, 'scripts/shop'],
      ['/v1/ops/projections/audit/rebuild', {}, 404, 'expected one of balances'],
    ]
    for (const [at, body, status, told] of refused) {
      const answer = await ask('POST', at, body)
      expect({ at, status: answer.status, body: JSON.stringify(answer.body) }).toEqual({
        ...{ at, status, body: expect.stringContaining(told) },
      })
    }
    expect(await keys()).toMatchObject([{ events: 3 }])
  })
})

test('events of a store of which nothing was known are told as they were written, and so is the history of an entity', async () => {
  const { bank, ask } = await openBoth()
  await bank.move('ada', 3)
  await eventually(async () => {
    const { items } = (await ask('GET', '/v1/events?topic=account&entity=ada')).body
    expect(items).toMatchObject([{ type: 'moved', data: { cents: 3 }, version: 1 }])
  })
  const { items } = (await ask('GET', '/v1/topics/account/entities/ada/events')).body
  expect(items).toMatchObject([{ type: 'moved', entity_id: 'ada' }])
  expect((await ask('GET', `/v1/causes/${items[0].event_id}`)).body).toMatchObject({ complete: true })
})

test('a rebuild is begun and can be watched', async () => {
  const { ask } = await openBoth()
  expect(await ask('POST', '/v1/ops/projections/balances/rebuild', {})).toMatchObject({ status: 202 })
  await eventually(async () =>
    expect((await ask('GET', '/v1/ops/projections/balances')).body).toMatchObject({
      live: 2,
      building: null,
    }),
  )
})

describe('callers', () => {
  test('beyond this machine need a password to be set', async () => {
    const { said } = await startConsole({ REDIS_URL: redis.url, HOST: '0.0.0.0' })
    expect(said).toContain('PASSWORD_FILE')
  })

  test('with a password set send it, or learn nothing', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'console-')), 'password')
    writeFileSync(file, 'correct horse battery'.replaceAll(' ', '-'))
    const { ask } = await startConsole({ REDIS_URL: redis.url, PASSWORD_FILE: file })
    const as = (password: string) => ({ authorization: `Bearer ${password}` })
    expect((await ask('GET', '/v1/me')).status).toBe(401)
    expect((await ask('GET', '/v1/ops/groups')).status).toBe(401)
    expect((await ask('GET', '/v1/me', undefined, as('correct-horse-batter'))).status).toBe(401)
    expect((await ask('GET', '/v1/me', undefined, as('correct-horse-battery'))).body).toMatchObject({
      ...{ auth: 'required', actor: 'ada', shop: false, open_to_all: false },
    })
  })

  test('without one must use a name of this machine: a page whose name leads here gets nothing', async () => {
    const { said } = await startConsole({ REDIS_URL: redis.url })
    const port = Number(/"port":(\d+)/.exec(said)?.[1])
    const statusFor = (host: string) =>
      new Promise((resolve, reject) =>
        httpRequest({ port, path: '/v1/me', headers: { host } }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
          .once('error', reject)
          .end(),
      )
    expect(await statusFor(`localhost:${port}`)).toBe(200)
    expect(await statusFor('rebound.example')).toBe(421)
    expect(await statusFor('localhost.rebound.example')).toBe(421)
  })
})
