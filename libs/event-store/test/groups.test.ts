import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll } from 'vitest'
import { appender } from '../src/log/appender.ts'
import { connect } from '../src/log/connection.ts'
import { redisLog } from '../src/log/redis-log.ts'
import type { ScriptedRedis } from '../src/log/scripts.ts'
import { redisRows } from '../src/project/redis-rows.ts'
import { redisGroups } from '../src/subscribe/redis-groups.ts'
import { groupsContract } from '../src/testing/groups-contract.ts'

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
