import { audited, redisAcl } from '@ordershop/event-store'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openStore } from './harness.ts'

let redis: RedisServer
let store: ReturnType<typeof openStore>
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
beforeEach(async () => {
  await redis.client.flushall()
  store = openStore(redis.url)
  await store.ready()
})
afterEach(() => store.close())

const act = { operator: 'ada', action: 'rebuild', detail: 'read-model' }
const outcomes = async (limit = 10) => (await store.ops.acts({ limit })).map(({ outcome }) => outcome)

test('what an operator does is recorded before it begins and when it has ended', async () => {
  const meanwhile = await audited(store.ops, act, () => outcomes())
  expect(meanwhile).toEqual(['begun'])
  const [begun, done] = await store.ops.acts({ limit: 10 })
  expect(begun).toMatchObject({ ...act, outcome: 'begun', at: expect.stringMatching(/^\d{4}-.*Z$/) })
  expect(done).toMatchObject({ ...act, outcome: 'done', begun: begun?.id })
})

test('what fails is recorded with the reason, and fails', async () => {
  const failing = audited(store.ops, act, async () => {
    throw new Error('a rebuild is under way')
  })
  await expect(failing).rejects.toThrow('a rebuild is under way')
  expect((await store.ops.acts({ limit: 1 }))[0]).toMatchObject({
    outcome: 'failed',
    reason: 'a rebuild is under way',
  })
})

test('what cannot be recorded is not done', async () => {
  let isDone = false
  const work = async () => {
    isDone = true
  }
  await redis.client.set('audit', 'no stream')
  await expect(audited(store.ops, act, work)).rejects.toThrow(/WRONGTYPE/)
  const nobody = { ...act, operator: ' ' }
  await expect(audited(store.ops, nobody, work)).rejects.toMatchObject({ code: 'invalid' })
  expect(isDone).toBe(false)
})

test('the newest records are given in the order in which they were written', async () => {
  for (let n = 1; n <= 5; n++) await store.ops.recordAct({ ...act, detail: `${n}`, outcome: 'begun' })
  expect((await store.ops.acts({ limit: 3 })).map(({ detail }) => detail)).toEqual(['3', '4', '5'])
  const tomorrow = new Date(Date.now() + 86_400_000)
  expect(await store.ops.acts({ limit: 3, since: tomorrow })).toEqual([])
})

test('who owns a topic, or watches it, can neither read the trail nor add to it', async () => {
  const topics = ['account', 'note']
  for (const access of [{ appends: topics, groups: { watchers: topics } }, { watches: topics }]) {
    await redis.client.call('ACL', 'SETUSER', 'service', 'reset', 'on', ...redisAcl(access))
    for (const command of [
      ['XADD', 'audit', '*', 'operator', 'ada'],
      ['XRANGE', 'audit', '-', '+'],
      ['DEL', 'audit'],
    ])
      expect(await redis.client.call('ACL', 'DRYRUN', 'service', ...command)).toMatch(/no permissions/)
  }
})
