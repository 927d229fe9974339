import { AppError, type ErrorCode } from '@ordershop/core'
import { Router } from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { parseBody } from './body.ts'
import { methodNotAllowed } from './http.ts'
import { createLog } from './log.ts'
import { type Served, serve } from './testing.ts'

const person = z.strictObject({ name: z.string().min(1), age: z.int().min(0) })

const router = Router()
router
  .route('/people')
  .get((_request, response) => void response.json([]))
  .post((request, response) => void response.json(parseBody(z.array(person), request.body)))
  .all(methodNotAllowed)
router.post('/echo', (request, response) => void response.json({ got: request.body ?? null }))
router.get('/fails/:code', (request) => {
  const code = request.params.code as ErrorCode
  throw new AppError(code, `told to fail with ${code}`, { cause: new Error('why') })
})
router.get('/breaks', () => {
  throw new TypeError('secret detail')
})

let app: Served
beforeAll(async () => {
  app = await serve(router)
})
afterAll(() => app.close())

test.each([
  ['invalid', 400],
  ['unauthorized', 401],
  ['not_found', 404],
  ['conflict', 409],
  ['unavailable', 503],
])('an AppError %s is answered %i with its code and message', async (code, status) => {
  const answer = await app.request('GET', `/fails/${code}`)
  expect(answer.status).toBe(status)
  expect(answer.body).toEqual({ error: { code, message: `told to fail with ${code}`, fields: [] } })
  expect(answer.headers.get('retry-after')).toBe(code === 'unavailable' ? '1' : null)
})

test.each(['/breaks', '/fails/internal'])(
  'an unexpected error is not shown to the caller (%s)',
  async (path) => {
    const answer = await app.request('GET', path)
    expect(answer.status).toBe(500)
    expect(answer.body).toEqual({ error: { code: 'internal', message: 'Internal error', fields: [] } })
  },
)

test.each([
  [
    '/breaks',
    { level: 'error', err: { message: 'secret detail', stack: expect.stringContaining('app.test.ts') } },
  ],
  ['/fails/unavailable', { level: 'warn', problem: 'told to fail with unavailable' }],
  ['/fails/conflict', undefined],
])('%s is logged once, with all that is news and the request that it belongs to', async (path, expected) => {
  const lines: string[] = []
  const log = createLog({ service: 'test', level: 'warn' }, { write: (line) => void lines.push(line) })
  const logged = await serve(router, { log })
  await logged.request('GET', path, undefined, { 'x-correlation-id': 'basket-1' })
  await logged.close()
  expect(lines).toHaveLength(expected ? 1 : 0)
  if (!expected) return
  expect(JSON.parse(`${lines[0]}`)).toMatchObject({
    ...expected,
    correlationId: 'basket-1',
    method: 'GET',
    path,
  })
})

test('every line of a request names its correlation id and its trace, also after its body was read', async () => {
  const lines: { msg: string; correlationId?: string; traceId?: string }[] = []
  const log = createLog({ service: 'test' }, { write: (line) => void lines.push(JSON.parse(line)) })
  const logging = Router().post('/orders', async (_request, response) => {
    await new Promise(setImmediate)
    log.info('inside')
    response.json(true)
  })
  const logged = await serve(logging, { log })
  const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }
  await logged.request('POST', '/orders', { n: 1 }, { ...headers, 'x-correlation-id': 'basket-1' })
  await logged.close()
  const [correlationId, traceId] = ['basket-1', '0af7651916cd43dd8448eb211c80319c']
  expect(lines).toMatchObject([
    { msg: 'inside', correlationId, traceId },
    { msg: 'request', correlationId, traceId },
  ])
})

test('a hundred requests refused while something is unavailable are one line', async () => {
  const lines: string[] = []
  const log = createLog({ service: 'test' }, { write: (line) => void lines.push(line) })
  const logged = await serve(router, { log })
  for (let n = 0; n < 100; n++) await logged.request('GET', '/fails/unavailable')
  await logged.request('GET', '/people')
  await logged.close()
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['request refused: unavailable', 'request'])
})

test('an invalid body is refused, naming every field, its value and what was expected', async () => {
  const { status, body } = await app.request('POST', '/people', [
    { name: '', age: 1.5 },
    { age: -1, mail: 'x' },
  ])
  expect(status).toBe(400)
  expect((body as { error: { fields: unknown } }).error.fields).toEqual([
    { path: '0.name', message: 'expected string to have >=1 characters, got ""' },
    { path: '0.age', message: 'expected int, got 1.5' },
    { path: '1.name', message: 'expected string, got nothing' },
    { path: '1.age', message: 'expected number to be >=0, got -1' },
    { path: '1.mail', message: 'expected no such field' },
  ])
})

test.each(['{"a":', '[1,]', 'hello', '\u0000'])('malformed JSON %j is answered 400', async (text) => {
  const answer = await app.request('POST', '/echo', text)
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({
    error: { code: 'invalid', message: expect.stringContaining('expected JSON') },
  })
})

test('bytes that are no UTF-8 are answered 400, not stored mangled', async () => {
  const body = Buffer.from([0x22, 0xff, 0x22])
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${app.url}/echo`, { method: 'POST', headers, body })).status).toBe(400)
})

test.each([
  ['[', '', ']'],
  ['{"a":', '1', '}'],
  ['[{"a":', '1', '}]'],
])('JSON nested deeper than 32 is answered 400, however deep: %s', async (open, leaf, close) => {
  const nested = (times: number) =>
    app.request('POST', '/people', open.repeat(times) + leaf + close.repeat(times))
  const levels = open.match(/[[{]/g)?.length ?? 0
  for (const depth of [34, 100_000]) {
    const message = `request body: expected JSON nested at most 32 deep, got ${depth} levels`
    expect(await nested(depth / levels)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid', message } },
    })
  }
})

test('JSON nested 32 deep is read, and a bracket in a text is no nesting', async () => {
  const deepest = `${'['.repeat(32)}"${'['.repeat(100)}",null${']'.repeat(32)}`
  expect(await app.request('POST', '/echo', deepest)).toMatchObject({
    status: 200,
    body: { got: JSON.parse(deepest) },
  })
})

test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.shop+json'])(
  'a body that says it is %s is read',
  async (type) => {
    const answer = await app.request('POST', '/echo', { name: 'Zoë' }, { 'content-type': type })
    expect(answer.body).toEqual({ got: { name: 'Zoë' } })
  },
)

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'nonsense',
  '',
])('a body that says it is %j is not read, whatever is in it', async (type) => {
  const answer = await app.request('POST', '/echo', { name: 'Zoë' }, { 'content-type': type })
  expect(answer.status).toBe(415)
  expect(answer.body).toMatchObject({
    error: { message: expect.stringContaining('expected application/json, got ') },
  })
})

test('a merge patch is the body of a PATCH, and of no other method', async () => {
  const merge = { 'content-type': 'application/merge-patch+json' }
  expect((await app.request('POST', '/echo', {}, merge)).status).toBe(415)
  expect((await app.request('PATCH', '/people', {}, merge)).status).toBe(405)
})

test('no body is no value', async () => {
  expect((await app.request('POST', '/echo')).body).toEqual({ got: null })
})

test('a body up to the limit, 2 MiB, is read, a longer one answered 413', async () => {
  const fits = JSON.stringify('x'.repeat(2 * 1024 * 1024 - 2))
  expect((await app.request('POST', '/echo', fits)).status).toBe(200)
  const answer = await app.request('POST', '/echo', `${fits} `)
  expect(answer.status).toBe(413)
  expect(answer.body).toMatchObject({
    error: { code: 'invalid', message: 'request body: expected at most 2097152 bytes' },
  })
})

test('an unsupported method gets 405 with a list of the supported ones', async () => {
  const answer = await app.request('DELETE', '/people')
  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toBe('GET, POST, HEAD')
  expect(answer.body).toMatchObject({ error: { message: 'DELETE /people: expected GET or POST' } })
})

test('an unknown path gets 404', async () => {
  const answer = await app.request('GET', '/nobody')
  expect(answer.status).toBe(404)
  expect(answer.body).toEqual({
    error: { code: 'not_found', message: 'GET /nobody: no such path', fields: [] },
  })
})

test('a path that cannot be decoded gets 400', async () => {
  expect((await app.request('GET', '/fails/%E0%A4%A')).status).toBe(400)
})

test('an answer carries the correlation id of its request', async () => {
  const answer = await app.request('GET', '/people', undefined, { 'x-correlation-id': 'basket-1' })
  expect(answer.headers.get('x-correlation-id')).toBe('basket-1')
})

test('requests are measured by route pattern, method and status', async () => {
  await app.request('GET', '/fails/conflict')
  await app.request('GET', '/nobody/17')
  const metrics = String((await app.request('GET', '/metrics')).body)
  const count = 'http_request_duration_seconds_count'
  expect(metrics).toMatch(new RegExp(`${count}{route="/fails/:code",method="GET",status="409"} \\d`))
  expect(metrics).toMatch(new RegExp(`${count}{route="unknown",method="GET",status="404"} \\d`))
  expect(metrics).toContain('nodejs_eventloop_lag_seconds')
})
