import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appender } from '../src/redis/appender.ts'
import { connect } from '../src/redis/connection.ts'
import { redisGroups } from '../src/redis/redis-groups.ts'
import { redisLog } from '../src/redis/redis-log.ts'
import { redisRows } from '../src/redis/redis-rows.ts'
import type { ScriptedRedis } from '../src/redis/scripts.ts'
import { groupsContract } from '../src/testing/groups-contract.ts'
import { movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'

let server: RedisServer
let redis: ScriptedRedis
beforeAll(async () => {
  server = await startRedis()
  redis = connect({ url: server.url }, 'test')
  await new Promise<void>((resolve) => redis.once('ready', resolve))
})
afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

groupsContract('consumer groups on Redis', async () => {
  await server.client.flushall()
  const groups = redisGroups(redis, () => {
    throw new Error('nothing is read here')
  })
  return {
    groups,
    log: redisLog(
      redis,
      appender([redis], () => undefined),
    ),
    queryRows: redisRows(redis),
  }
})

describe('members of one group that read different topics', () => {
  test('leave no topic unread where each has one partition only, and say so until they agree again', async () => {
    await server.client.flushall()
    const told: string[][] = []
    const warned: string[] = []
    const store = openStore(server.url, {
      partitions: 1,
      observer: {
        disagreed: ({ topics }) => void told.push([...topics]),
        log: (level, message) => void (level === 'warn' && warned.push(message)),
      },
    })
    await store.ready()
    const seen: string[] = []
    const on = { moved: () => void seen.push('account'), noted: () => void seen.push('note') }
    const disputed = async () =>
      (await store.ops.lag({ group: ['account', 'note'] })).map((one) => one.disputed)
    const former = store.subscribe({ ...quick, group: 'group', topics: ['account'], on })
    await eventually(() => expect(former.owned()).toEqual(['account:0']))
    expect(await disputed()).toEqual([false, true])
    const next = store.subscribe({ ...quick, group: 'group', topics: ['account', 'note'], on })
    await store.append(movement('a', 1))
    await store.append(movement('a', 0, { topic: 'note', events: [{ type: 'noted', data: { text: 'x' } }] }))
    await eventually(() => expect(seen.toSorted()).toEqual(['account', 'note']))
    await eventually(() => expect(told.filter((topics) => topics.length > 0)).toEqual([['note'], ['note']]))
    expect(warned.filter((line) => line.includes('members of a group read different topics'))).toHaveLength(2)
    await former.stop()
    await eventually(() => expect(next.owned()).toHaveLength(2))
    await eventually(async () => expect(await disputed()).toEqual([false, false]))
    expect(told.at(-1)).toEqual([])
    await store.close()
  })

  test('of which one is of a release that did not send its topics share as if it read all', async () => {
    await server.client.flushall()
    await server.client.zadd('members:{group}', Date.now() + 600_000, 'former-1')
    const store = openStore(server.url, { partitions: 4 })
    await store.ready()
    const member = store.subscribe({ ...quick, group: 'group', topics: ['account', 'note'], on: {} })
    await eventually(() => expect(member.owned()).toHaveLength(4))
    expect(await store.ops.lag({ group: ['account'] })).toMatchObject(Array(4).fill({ disputed: false }))
    await server.client.zrem('members:{group}', 'former-1')
    await eventually(() => expect(member.owned()).toHaveLength(8))
    await store.close()
  })
})
