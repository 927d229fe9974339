import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { redisMemory } from '../src/v1/redis-memory.ts'

let redis: RedisServer
let memory: ReturnType<typeof redisMemory>
beforeAll(async () => {
  redis = await startRedis()
  memory = redisMemory({ url: redis.url })
  await eventually(() => memory.get('k').then(() => true))
})
afterAll(async () => {
  memory.close()
  await redis.stop()
})

test('of several concurrent setIfAbsent, one gets null and the others get its value', async () => {
  const all = await Promise.all(['a', 'b', 'c', 'd'].map((value) => memory.setIfAbsent('k', value, 60_000)))
  expect(all).toEqual([null, 'a', 'a', 'a'])
  await memory.set('k', 'answer', 60_000)
  expect(await memory.setIfAbsent('k', 'e', 60_000)).toBe('answer')
  await memory.delete('k')
  expect(await memory.get('k')).toBeNull()
})

test('entries expire', async () => {
  await memory.setIfAbsent('brief', '1', 60_000)
  await memory.set('long', '2', 120_000)
  expect(await redis.client.pttl('brief')).toBeGreaterThan(50_000)
  expect(await redis.client.pttl('long')).toBeGreaterThan(110_000)
})

test('an unreachable Redis is unavailable until it is back', async () => {
  await redis.kill()
  await expect(memory.get('k')).rejects.toMatchObject({
    code: 'unavailable',
    message: 'remember Idempotency-Key: Redis cannot be reached',
  })
  await redis.restart()
  expect(await eventually(() => memory.get('long'))).toBe('2')
})
