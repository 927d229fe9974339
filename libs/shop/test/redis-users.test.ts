// The ACL file in a real Redis: what a stolen password of one service is good for.
import { catalog, type ServiceName, serviceNames, serviceOf } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import { connectRedis, redisEventStore } from '@ordershop/event-store'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { aclFile, redisUsers } from '@ordershop/shop'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let redis: RedisServer
const passwordOf = (user: string) => `${user}'s secret`

beforeAll(async () => {
  redis = await startRedis()
  const lines = aclFile((user) => [passwordOf(user)])
    .trimEnd()
    .split('\n')
  for (const line of lines) {
    const [, user = '', ...rules] = line.split(' ')
    if (user !== 'default') await redis.client.call('ACL', 'SETUSER', user, ...rules)
  }
})
afterAll(() => redis.stop())

/** Whether Redis would let a user do this. */
async function may(user: string, ...command: readonly string[]): Promise<boolean> {
  const answer = String(await redis.client.call('ACL', 'DRYRUN', user, ...command))
  if (answer !== 'OK' && !/no permissions/i.test(answer)) throw new Error(`${command.join(' ')}: ${answer}`)
  return answer === 'OK'
}

type Command = [name: string, arity: number, ...unknown[]]

test('no user may run what is dangerous or for administrators, but INFO, CLIENT UNBLOCK for who waits for events, and SYNC for who copies Redis', async () => {
  const categories = ['admin', 'dangerous'].map(
    (name) => redis.client.call('ACL', 'CAT', name) as Promise<string[]>,
  )
  const names = [...new Set((await Promise.all(categories)).flat())]
  const found = (await redis.client.call('COMMAND', 'INFO', ...names)) as Command[]
  expect(found).toHaveLength(names.length)
  const copying = ['psync', 'replconf', 'sync']
  const others = ['customer', 'product', 'monitor', 'backup']
  const waiting = redisUsers.filter((user) => !others.includes(user))
  for (const user of redisUsers) {
    const allowed: string[] = []
    for (const [name, arity] of found) {
      const words = name.split('|')
      const filled = [
        ...words,
        ...Array.from({ length: Math.max(0, Math.abs(arity) - words.length) }, () => 'x'),
      ]
      if (await may(user, ...filled)) allowed.push(name)
    }
    expect([user, allowed.sort()]).toEqual([
      user,
      [...(waiting.includes(user) ? ['client|unblock'] : []), 'info', ...(user === 'backup' ? copying : [])],
    ])
  }
})

const writes: ((key: string) => string[])[] = [
  ...['del', 'unlink', 'persist', 'lpop'].map((name) => (key: string) => [name, key]),
  ...['sadd', 'rpush', 'hdel', 'xdel', 'expire', 'append', 'srem'].map((name) => (key: string) => [
    name,
    key,
    '1',
  ]),
  ...['hset', 'hsetnx', 'hincrby', 'zadd', 'setbit'].map((name) => (key: string) => [name, key, '1', '1']),
  (key) => ['set', key, '1'],
  (key) => ['xadd', key, '*', 'a', 'b'],
  (key) => ['xtrim', key, 'MAXLEN', '0'],
  (key) => ['rename', key, 'x'],
  (key) => ['rename', 'x', key],
  (key) => ['copy', 'x', key],
]
const ofTopic = (topic: string) =>
  ['events', 'versions', 'head', 'idem', 'idem-old', 'snapshots', 'cold'].map(
    (kind) => `${kind}:{${topic}:3}`,
  )

describe.each(serviceNames)('%s', (service: ServiceName) => {
  const { owns = [], subscribesTo = [], archives } = serviceOf(service)

  test('writes to no topic that another service owns', async () => {
    const others = catalog.topics.filter((topic) => !(owns as readonly string[]).includes(topic))
    const allowed: string[] = []
    for (const key of others.flatMap(ofTopic))
      for (const write of writes) if (await may(service, ...write(key))) allowed.push(write(key).join(' '))
    // The archiver takes out of Redis what it has archived, and notes where the log begins since and which entities are cold.
    const trims = others.flatMap((topic) => [
      `xtrim events:{${topic}:3} MAXLEN 0`,
      `hset head:{${topic}:3} 1 1`,
      `hdel versions:{${topic}:3} 1`,
      `hdel snapshots:{${topic}:3} 1`,
      `setbit cold:{${topic}:3} 1 1`,
    ])
    expect(allowed.sort()).toEqual(archives ? trims.sort() : [])
  })

  test('takes nothing away from its own topics, and moves the cursor of no other group', async () => {
    for (const topic of owns)
      for (const taking of ['del', 'unlink'])
        expect(await may(service, taking, `events:{${topic}:3}`)).toBe(false)
    for (const group of [...serviceNames, 'archive', 'read-model.v1'])
      for (const topic of catalog.topics) {
        const own = archives
          ? group === 'archive'
          : group === service && (subscribesTo as readonly string[]).includes(topic)
        const projected = service === 'read-model' && group === 'read-model.v1'
        const shown = projected && (serviceOf(service).projects as readonly string[]).includes(topic)
        expect([
          group,
          topic,
          await may(service, 'hset', `sub:{${topic}:3}:${group}`, 'position', '0'),
        ]).toEqual([...[group, topic], own || shown])
      }
  })
})

test('the monitor asks for what is done about parked keys, and carries none of it out', async () => {
  const requests = 'requests:{order:3}:crm'
  expect(await may('monitor', 'hsetnx', requests, 'o1', '{}')).toBe(true)
  expect(await may('crm', 'hsetnx', 'requests:{order:3}:billing', 'o1', '{}')).toBe(false)
  for (const command of ['hset', 'hdel', 'del'])
    expect(await may('monitor', command, requests, 'o1', '{}')).toBe(false)
  for (const key of ['parked:{order:3}:crm', 'sub:{order:3}:crm', 'decisions:{order:3}:crm'])
    for (const write of writes) expect([key, await may('monitor', ...write(key))]).toEqual([key, false])
})

test("a stolen password of crm appends no order, reads no row, and gets nothing of Redis' own", async () => {
  const settings = { url: redis.url, username: 'crm', password: passwordOf('crm') }
  const owner = redisEventStore({ catalog, clientName: 'all', redis: { url: redis.url } })
  await owner.ready()
  const thief = redisEventStore({
    ...{ catalog, clientName: 'crm', redis: settings, appendfsync: 'always', observer: {} },
    topics: { creates: ['mail'], awaits: [] },
  })
  await thief.ready()
  const order_id = newId()
  const data = {
    order_id,
    billing_id: newId(),
    request_version: 1,
    status: 'unknown',
    reason: 'order_unknown',
  } as const
  const forged = { type: 'order_billing_refused', data } as const
  await expect(
    thief.append({ topic: 'order', entityId: order_id, expected: 0, commandId: newId(), events: [forged] }),
  ).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(
      /^append: Redis user crm lacks a permission for a script on events:\{order:\d\}/,
    ),
  })
  const query = { command: 'SMEMBERS', topic: 'customer', partition: 0, row: 'customer_ids' } as const
  await expect(thief.cache('read-model').query([query])).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/Redis user crm lacks a permission for HMGET projection:\{read-model\}/),
  })
  const plain = redis.client.duplicate({ username: 'crm', password: passwordOf('crm') })
  const forbidden = [
    ...['FLUSHALL', 'MONITOR', 'SAVE', 'SHUTDOWN'].map((name) => [name]),
    ...[
      ['KEYS', '*'],
      ['CONFIG', 'GET', '*'],
      ['ACL', 'LIST'],
      ['CLIENT', 'LIST'],
    ],
    ...[
      ['XADD', 'events:{order:3}', '*', 'event/2', 'forged'],
      ['HSET', 'sub:{order:3}:billing', 'position', '9'],
    ],
    ...[
      ['HGETALL', 'customer_entity:{customer:0}:read-model.v1:1'],
      ['PUBLISH', 'a', 'b'],
      ['GET', 'idempotency:{1}'],
    ],
    ['EVAL', "return redis.call('DEL', KEYS[1])", '1', 'events:{order:3}'],
    // A key that the script was not given is checked like the others.
    ['EVAL', "return redis.call('SMEMBERS', 'customer_ids:{customer:0}:read-model.v1')", '0'],
  ]
  for (const [name = '', ...args] of forbidden)
    await expect(plain.call(name, ...args), name).rejects.toThrow(
      /NOPERM|The user executing the script|ACL failure/,
    )
  plain.disconnect()
  await Promise.all([owner.close(), thief.close()])
})

test('the connection of a service is refused another password', async () => {
  const wrong = connectRedis({ url: redis.url, username: 'order', password: passwordOf('crm') }, 'test')
  await expect(new Promise((_, reject) => wrong.once('error', reject))).rejects.toThrow(/WRONGPASS/)
  wrong.disconnect()
})
