import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { Router } from 'express'
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { knownKeysIn, newSigningKey, publicKeyOf, type SigningKey, signerIn } from './keys.ts'
import { type Content, digestOf, signToken, type TokenFor } from './request-token.ts'
import { type Served, serve } from './testing.ts'

const setOf = (...keys: object[]) => JSON.stringify({ keys })
const [gateway, stranger] = [newSigningKey(), newSigningKey()]
let known = knownKeysIn(setOf(publicKeyOf(gateway)))
let carriedOut = 0
const router = Router()
router.post('/orders', (_request, response) => void response.json({ n: ++carriedOut }))
router.put('/orders/:id', (_request, response) => void response.json({ n: ++carriedOut }))
router.delete('/orders/:id', (_request, response) => void response.json({ n: ++carriedOut }))

let order: Served
beforeAll(async () => {
  order = await serve(router, { callers: { service: 'order', known: () => known } })
})
afterAll(() => order.close())

const body = '{"customer_id":"ada"}'
const headers = { 'x-command-id': 'c1', 'x-correlation-id': 'basket' }
const change = { audience: 'order', method: 'PUT', path: '/orders/o1?product_id=p', headers, body }
type Request = TokenFor & Content
const bearer = (request: Request, by: SigningKey = gateway) => ({
  authorization: `Bearer ${signToken(signerIn(setOf(by)), request)}`,
})

/** What is answered to a request, which may differ from the one that its token is for. */
async function send(authorization: Record<string, string>, sent: Partial<Request> = {}) {
  const { method, path, headers, body } = { ...change, ...sent }
  const before = carriedOut
  const answer = await order.request(method, path, body, { ...headers, ...authorization } as Record<
    string,
    string
  >)
  return { status: answer.status, told: JSON.stringify(answer.body), answer, written: carriedOut - before }
}
const refused = (told: string) => ({ status: 401, told: expect.stringContaining(told), written: 0 })
const refusals = async (reason: string) => {
  const metrics = String((await order.request('GET', '/metrics')).body)
  return Number(new RegExp(`http_unauthorized_total{reason="${reason}"} (\\d+)`).exec(metrics)?.[1])
}

test('a request with a token of the gateway gets in, and an identical repeat of it is the same command', async () => {
  const authorization = bearer(change)
  expect(await send(authorization)).toMatchObject({ status: 200, written: 1 })
  // Under the same command id, which the store knows: see libs/event-store, `append`.
  expect(await send(authorization)).toMatchObject({ status: 200 })
})

test.each([
  ['no token', {}],
  ['another scheme', { authorization: 'Basic YTpi' }],
])('a request with %s is refused, and counted', async (_, authorization: Record<string, string>) => {
  const before = await refusals('missing')
  const answered = await send(authorization)
  expect(answered).toMatchObject(
    refused('PUT /orders/o1: expected a Bearer token in Authorization, got none'),
  )
  expect(answered.answer.headers.get('www-authenticate')).toBe('Bearer')
  expect(await refusals('missing')).toBe(before + 1)
})

test('probes and metrics need no token', async () => {
  for (const path of ['/livez', '/readyz', '/metrics'])
    expect((await order.request('GET', path)).status).toBe(200)
})

test('what is no route is refused just the same: a stranger does not learn what there is', async () => {
  expect((await order.request('GET', '/nothing')).status).toBe(401)
})

describe('a captured token is of no use', () => {
  test.each<[string, Partial<Request>, string]>([
    [
      'with another command id',
      { headers: { ...headers, 'x-command-id': 'c2' } },
      'expected the command and body',
    ],
    [
      'without its command id',
      { headers: { 'x-correlation-id': 'basket' } },
      'expected the command and body',
    ],
    ['by another actor', { headers: { ...headers, 'x-actor': 'eve' } }, 'expected the command and body'],
    [
      'in another correlation',
      { headers: { ...headers, 'x-correlation-id': 'x' } },
      'expected the command and body',
    ],
    [
      'for another version',
      { headers: { ...headers, 'x-expected-version': '3' } },
      'expected the command and body',
    ],
    ['with another body', { body: '{"customer_id":"eve"}' }, 'expected the command and body'],
    ['without a body', { body: undefined }, 'expected the command and body'],
    ['with a body that is no JSON', { body: '{' }, 'expected the command and body'],
    ['on another path', { path: '/orders/o2?product_id=p' }, 'got one for PUT /orders/o1?product_id=p'],
    ['with another query', { path: '/orders/o1?product_id=q' }, 'expected a token for this request'],
    ['with another method', { method: 'DELETE' }, 'got one for PUT'],
  ])('%s', async (_, sent, told) => {
    const before = await refusals('request')
    expect(await send(bearer(change), sent)).toMatchObject(refused(told))
    expect(await refusals('request')).toBe(before + 1)
  })

  test('at another service', async () => {
    const before = await refusals('audience')
    const authorization = bearer({ ...change, audience: 'billing' })
    expect(await send(authorization)).toMatchObject(refused('expected a token for service order'))
    expect(await refusals('audience')).toBe(before + 1)
  })

  test('with a second command id, which would make the first one count for nothing', async () => {
    const json = { 'content-type': 'application/json' }
    const twice = { ...headers, ...json, ...bearer(change), 'x-command-id': ['c1', 'c2'] }
    const before = carriedOut
    const status = await new Promise((resolve, reject) => {
      httpRequest(order.url + change.path, { method: 'PUT', headers: twice })
        .once('error', reject)
        .once('response', (response) => resolve(response.resume().statusCode))
        .end(body)
    })
    expect({ status, written: carriedOut - before }).toEqual({ status: 401, written: 0 })
  })
})

type Claims = { iat?: number; exp?: number }
const now = () => Math.floor(Date.now() / 1_000)
const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A token with the right content and whatever else may be wrong. */
async function forged(
  { iat = now(), exp = now() + 30 }: Claims = {},
  header: object = {},
  key: KeyObject | Uint8Array = signerIn(setOf(gateway)).key,
): Promise<{ authorization: string }> {
  const { method, path, audience } = change
  const token = await new SignJWT({ htm: method, htu: path, digest: digestOf(change) })
    .setProtectedHeader({ alg: 'Ed25519', kid: gateway.kid, typ: 'request+jwt', ...header })
    .setAudience(audience)
    .setIssuedAt(iat)
    .setExpirationTime(exp)
    .sign(key)
  return { authorization: `Bearer ${token}` }
}

describe('time', () => {
  test.each<[string, () => Claims]>([
    ['signed 36 s ago', () => ({ iat: now() - 36, exp: now() - 6 })],
    ['signed 36 s ago to live for ever', () => ({ iat: now() - 36, exp: now() + 1e9 })],
    ['of a clock that is 10 s ahead', () => ({ iat: now() + 10, exp: now() + 40 })],
  ])('a token %s is refused', async (_, claims) => {
    const before = await refusals('time')
    expect(await send(await forged(claims()))).toMatchObject(refused('expected a token of the last 30 s'))
    expect(await refusals('time')).toBe(before + 1)
  })

  test.each<[string, () => Claims]>([
    ['of a clock that is 4 s ahead', () => ({ iat: now() + 4, exp: now() + 34 })],
    ['of a clock that is 30 s behind', () => ({ iat: now() - 30, exp: now() })],
  ])('a token %s gets in', async (_, claims) => {
    expect(await send(await forged(claims()))).toMatchObject({ status: 200 })
  })
})

describe('a forged token is refused', () => {
  test.each<[string, () => Promise<Record<string, string>>]>([
    ['signed by a key that nobody knows', async () => bearer(change, stranger)],
    [
      "signed by another key under the gateway's id",
      async () => bearer(change, { ...stranger, kid: gateway.kid }),
    ],
    ['that is none', async () => ({ authorization: 'Bearer abc.def.ghi' })],
    ['of another kind', () => forged({}, { typ: 'JWT' })],
    [
      "with the gateway's public key as a password",
      () => forged({}, { alg: 'HS256' }, Buffer.from(gateway.x, 'base64url')),
    ],
    ['that asks for what only its maker knows', () => forged({}, { crit: ['b64'], b64: true })],
    ['of another algorithm', () => forged({}, { alg: 'RS256' }, rsa)],
    [
      'that is not signed',
      async () => {
        const { authorization } = await forged()
        const [, payload] = authorization.split('.')
        const header = Buffer.from('{"alg":"none","typ":"request+jwt"}').toString('base64url')
        return { authorization: `Bearer ${header}.${payload}.` }
      },
    ],
    [
      'whose content was changed',
      async () => {
        const [head, payload = '', signature] = (await forged()).authorization.split('.')
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
        const changed = Buffer.from(JSON.stringify({ ...claims, htm: 'DELETE' })).toString('base64url')
        return { authorization: [head, changed, signature].join('.') }
      },
    ],
  ])('%s', async (_, authorization) => {
    const before = await refusals('signature')
    expect(await send(await authorization())).toMatchObject(
      refused('expected a token signed by a key in CALLER_KEYS_FILE'),
    )
    expect(await refusals('signature')).toBe(before + 1)
  })
})

test('a token is a JWT that any library reads', async () => {
  const token = signToken(signerIn(setOf(gateway)), change)
  const known = createLocalJWKSet({ keys: [publicKeyOf(gateway)] })
  const { payload, protectedHeader } = await jwtVerify(token, known, { audience: 'order', maxTokenAge: 30 })
  expect(protectedHeader).toEqual({ alg: 'Ed25519', kid: gateway.kid, typ: 'request+jwt' })
  expect(payload).toMatchObject({ htm: 'PUT', htu: '/orders/o1?product_id=p', digest: expect.any(String) })
})

test('keys rotate: while both are known tokens of both get in, afterwards only those of the new one', async () => {
  const next = newSigningKey()
  const both = async () => [await send(bearer(change)), await send(bearer(change, next))]
  const statuses = async () => (await both()).map(({ status }) => status)
  expect(await statuses()).toEqual([200, 401])
  known = knownKeysIn(setOf(publicKeyOf(gateway), publicKeyOf(next)))
  expect(await statuses()).toEqual([200, 200])
  known = knownKeysIn(setOf(publicKeyOf(next)))
  expect(await statuses()).toEqual([401, 200])
  known = knownKeysIn(setOf(publicKeyOf(gateway)))
})

describe('where only one path is for callers that are known', () => {
  const monitor = Router()
  monitor.get('/lag', (_request, response) => void response.json({ lag: 0 }))
  monitor.use('/v1/ops', (request, response) => void response.json({ n: ++carriedOut, body: request.body }))
  let served: Served
  beforeAll(async () => {
    served = await serve(monitor, { callers: { service: 'monitor', below: '/v1/ops', known: () => known } })
  })
  afterAll(() => served.close())

  const stop = { audience: 'monitor', method: 'POST', path: '/v1/ops/stop', headers, body: '{"a":1}' }

  test('what lies beside it is for everybody', async () => {
    expect((await served.request('GET', '/lag')).status).toBe(200)
  })

  test.each([
    ...['/v1/ops', '/v1/ops/', '/v1/ops/stop', '/v1/ops/stop?now', '/V1/OPS/stop', '/v1/ops//stop'],
    ...['/v1/ops/../ops/stop', '/v1/ops/%2e%2e/stop', '/v1//ops/stop', '//v1/ops/stop', '/v1/%6fps/stop'],
  ])('%s is reached by nobody without a token, however it is spelled', async (path) => {
    const before = carriedOut
    // As it is: fetch would tidy it up.
    const status = await new Promise((resolve, reject) =>
      httpRequest(`${served.url}`, { path, method: 'POST' }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .once('error', reject)
        .end(),
    )
    expect([401, 404]).toContain(status)
    expect(carriedOut).toBe(before)
  })

  test('a token gets in with the body that it is for, and with no other, nor at another service', async () => {
    const sent = async (token: Partial<Request>, body = stop.body) => {
      const { authorization } = bearer({ ...stop, ...token })
      return (await served.request('POST', stop.path, body, { ...headers, authorization })).status
    }
    expect(await sent({})).toBe(200)
    expect(await sent({}, '{"a":2}')).toBe(401)
    expect(await sent({ audience: 'order' })).toBe(401)
    expect(await sent({ path: '/v1/ops/start' })).toBe(401)
  })
})
