import { rolesOf } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import { connectRedis, redisAcl } from '@ordershop/event-store'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { answerProblemDetails } from '@ordershop/service'
import { serve } from '@ordershop/service/testing'
import { accessOf } from '@ordershop/shop'
import { type RequestHandler, Router } from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { guard } from '../src/auth/guard.ts'
import { counted, maxCounters } from '../src/counted.ts'

import { addressOf, rateLimit } from '../src/rate-limit.ts'

let redis: RedisServer
const opened: { close(): unknown }[] = []
beforeAll(async () => {
  redis = await startRedis()
  await redis.client.call('ACL', 'SETUSER', 'gateway', 'on', '>pw', ...redisAcl(accessOf('gateway')))
})
afterAll(async () => {
  for (const one of opened) await one.close()
  await redis.stop()
})

const window = { RATE_LIMIT_WINDOW_SECONDS: 60, TRUSTED_PROXIES: 1 }
type Limits = { RATE_LIMIT_PER_CALLER?: number; RATE_LIMIT_IN_ALL?: number }

const writer = { id: 'key/writer', actor: 'writer', roles: rolesOf(['write']) }
const identify = (credential: string) => {
  if (credential !== 'good') throw new AppError('unauthorized', 'API key: got an unknown one')
  return writer
}

/** A gateway with nothing but its limit; its Redis user is the gateway's own. */
async function gatewayWith(limits: Limits, authentication?: RequestHandler) {
  const connection = connectRedis({ url: redis.url, username: 'gateway', password: 'pw' }, 'test')
  const limit = rateLimit({ ...window, ...limits }, () => connection)
  if (!limit) throw new Error('expected a limit')
  await eventually(() => expect(connection.status).toBe('ready'))
  const routes = Router().post('/orders', (_request, response) => void response.json('stored'))
  const served = await serve(routes, { guard: limit.guard(authentication), answer: answerProblemDetails })
  opened.push(served, limit)
  return (address: string, more = {}) =>
    served.request('POST', '/orders', undefined, { 'x-forwarded-for': address, ...more })
}

test('a caller that asks too often is refused at every gateway, and told when to come again; others are not', async () => {
  const [one, other] = [
    await gatewayWith({ RATE_LIMIT_PER_CALLER: 2 }),
    await gatewayWith({ RATE_LIMIT_PER_CALLER: 2 }),
  ]
  const first = await one('192.0.2.1')
  expect(first.status).toBe(200)
  expect(first.headers.get('ratelimit-policy')).toBe('"caller";q=2;w=60')
  expect(first.headers.get('ratelimit')).toMatch(/^"caller";r=1;t=\d+$/)
  expect((await other('192.0.2.1')).status).toBe(200)
  for (const gateway of [one, other, one]) {
    const { status, headers, body } = await gateway('192.0.2.1')
    expect(status).toBe(429)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(body).toMatchObject({
      status: 429,
      detail: 'POST /orders: expected at most 2 requests of one caller in 60 s, got more',
    })
  }
  expect((await one('192.0.2.2')).status).toBe(200)
  expect(await redis.client.call('ACL', 'LOG')).toEqual([])
})

test('all callers together are refused beyond what is for all', async () => {
  const ask = await gatewayWith({ RATE_LIMIT_IN_ALL: 2 })
  const statuses = []
  for (const n of [1, 2, 3]) statuses.push((await ask(`198.51.100.${n}`)).status)
  expect(statuses).toEqual([200, 200, 429])
})

test('who tries credentials is refused as too many by its address, and a good one of that address is not', async () => {
  const ask = await gatewayWith({ RATE_LIMIT_PER_CALLER: 2 }, guard('optional', identify))
  const as = async (credential: string) =>
    (await ask('192.0.2.9', { authorization: `Bearer ${credential}` })).status
  const guesses = [await as('a'), await as('b'), await as('c')]
  expect(guesses).toEqual([401, 401, 429])
  expect(await as('good')).toBe(200)
  expect((await ask('192.0.2.9')).status).toBe(200)
  expect((await ask('192.0.2.10', { authorization: 'Bearer d' })).status).toBe(401)
})

test('while Redis is away each gateway counts for itself, and refuses nobody for that', async () => {
  const ask = await gatewayWith({ RATE_LIMIT_PER_CALLER: 2 })
  await redis.kill()
  const statuses = []
  for (let n = 0; n < 3; n++) statuses.push((await ask('203.0.113.1')).status)
  expect(statuses).toEqual([200, 200, 429])
  await redis.restart()
})

test('however many callers there are, only the last 20,000 are kept in mind', async () => {
  const away = { status: 'connecting' } as ReturnType<typeof connectRedis>
  const { consume } = counted({ name: 'caller', points: 1, duration: 60, storeClient: away })
  await consume('first')
  expect((await consume('first')).taken).toBe(2)
  for (let n = 0; n < maxCounters; n++) await consume(`other ${n}`)
  expect((await consume(`other ${maxCounters - 1}`)).taken).toBe(2)
  expect((await consume('first')).taken).toBe(1)
})

test('an address that a caller wrote itself is not believed', () => {
  const asked = { headers: { 'x-forwarded-for': 'forged, 192.0.2.7' }, socket: { remoteAddress: '10.0.0.1' } }
  const of = (proxies: number) => addressOf(asked as never, proxies)
  expect(of(0)).toBe('10.0.0.1')
  expect(of(1)).toBe('192.0.2.7')
})
