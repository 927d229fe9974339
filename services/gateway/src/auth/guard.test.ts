import { rolesOf } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bodies, type FakeShop, fakeShop, id } from '../../test/fake-shop.ts'
import { statefulShop, v1Bodies } from '../../test/stateful-fake.ts'
import { document } from '../openapi/document.ts'
import type { Caller } from './caller.ts'

const caller = (name: string, ...words: string[]): [string, Caller] => [
  name,
  { id: `key/${name}`, actor: name, roles: rolesOf(words) },
]
const callers = new Map([
  caller('reader', 'read'),
  caller('writer', 'write'),
  caller('operator', 'ops'),
  caller('nobody'),
])

function identify(credential: string): Caller {
  const found = callers.get(credential)
  if (credential === 'undecided') throw new AppError('unavailable', 'the keys cannot be fetched')
  if (!found) throw new AppError('unauthorized', 'token: "exp" claim\\check failed')
  return found
}

const as = (credential: string, more: Record<string, string> = {}) => ({
  authorization: `Bearer ${credential}`,
  ...more,
})

/** Every operation of the document, as a request, but for those that it says are open to anybody. */
const operations = Object.entries(document.paths ?? {}).flatMap(([path, named]) =>
  Object.entries(named as Record<string, { security?: unknown }>)
    .filter(([, { security }]) => security === undefined)
    .map(
      ([method]) =>
        [method.toUpperCase(), path.replace('{id}', id('5')).replaceAll(/\{(\w+)\}/g, '$1')] as const,
    ),
)

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop({ mode: 'required', identify })
})
afterEach(() => shop.close())

test('no operation of the document is carried out for a caller without a credential', async () => {
  expect(operations.length).toBeGreaterThan(40)
  for (const [method, path] of operations) {
    const { status, headers, body } = await shop.request(method, path)
    const challenge = headers.get('www-authenticate')
    expect({ method, path, status, challenge }).toEqual({
      ...{ method, path, status: 401, challenge: 'Bearer realm="ordershop"' },
    })
    expect(body).toMatchObject({ type: 'about:blank', title: 'Unauthorized', status: 401 })
  }
  expect(shop.sent).toEqual([])
})

test('whoever may only read changes nothing, whatever the route', async () => {
  for (const [method, path] of operations) {
    const { status, headers } = await shop.request(method, path, undefined, as('reader'))
    // Let in; what it names may not exist, or may be no id.
    if (method === 'GET') expect([200, 400, 404], path).toContain(status)
    else {
      expect([method, path, status]).toEqual([method, path, 403])
      expect(headers.get('www-authenticate')).toBe(
        `Bearer realm="ordershop", error="insufficient_scope", scope="${path.startsWith('/v1/ops/') ? 'ops' : 'write'}"`,
      )
    }
  }
  expect(shop.sent.filter(({ method }) => method !== 'GET')).toEqual([])
})

test.each([
  ['writer', 'GET', 200],
  ['writer', 'POST', 200],
  ['operator', 'GET', 200],
  ['operator', 'POST', 200],
  ['reader', 'HEAD', 200],
  ['nobody', 'GET', 403],
  ['nobody', 'POST', 403],
  ['nobody', 'OPTIONS', 403],
] as const)('a %s that sends %s is answered %i', async (name, method, status) => {
  const body = method === 'POST' ? bodies.customer : undefined
  const request = await fetch(`${shop.url}/customers`, {
    method,
    headers: { ...as(name), 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(request.status).toBe(status)
})

test('a bad credential is 401 and says why, as RFC 6750 allows it to be said', async () => {
  const { status, headers, body } = await shop.request('GET', '/orders', undefined, as('forged'))
  expect(status).toBe(401)
  expect(body).toMatchObject({ detail: 'token: "exp" claim\\check failed' })
  expect(headers.get('www-authenticate')).toBe(
    `Bearer realm="ordershop", error="invalid_token", error_description="token: 'exp' claim?check failed"`,
  )
})

test.each(['Basic cmVhZGVyOg==', 'Bearer', 'Bearer ', 'reader', 'Bearerreader'])(
  '%j is no credential, and is not repeated',
  async (authorization) => {
    const { status, body } = await shop.request('GET', '/orders', undefined, { authorization })
    expect(status).toBe(401)
    expect((body as { detail: string }).detail).toMatch(/, got another$/)
  },
)

test.each(['bearer writer', 'BEARER   writer', 'Bearer writer '])('%j is one', async (authorization) => {
  expect((await shop.request('GET', '/orders', undefined, { authorization })).status).toBe(200)
})

test('while it cannot be told who it is the answer is 503, not 401', async () => {
  const { status, headers } = await shop.request('GET', '/orders', undefined, as('undecided'))
  expect(status).toBe(503)
  expect(headers.get('retry-after')).toBe('1')
  expect(headers.get('www-authenticate')).toBeNull()
})

test('the body of a caller who may not write is not even read', async () => {
  const long = JSON.stringify('x'.repeat(1024 * 1024))
  for (const body of ['{"a":', long]) {
    expect((await shop.request('POST', '/orders', body)).status).toBe(401)
    expect((await shop.request('POST', '/orders', body, as('reader'))).status).toBe(403)
  }
  expect((await shop.request('POST', '/orders', long, as('writer'))).status).toBe(413)
})

test('probes and metrics ask for no credential', async () => {
  for (const path of ['/livez', '/readyz', '/metrics'])
    expect((await fetch(shop.url + path)).status, path).toBe(200)
})

test.each(['/customers', v1Bodies.customer.path])(
  'POST %s is put down to its caller, whoever it says that it is',
  async (path) => {
    const claimed = { 'x-actor': 'operator', 'x-command-id': 'mine' }
    await shop.request('POST', path, bodies.customer, as('writer', claimed))
    await shop.request('PUT', `/customer/${id('1')}`, bodies.customer, as('operator'))
    expect(shop.sent.map(({ actor }) => actor)).toEqual(['writer', 'operator'])
    expect(shop.sent[0]?.commandId).not.toBe('mine')
  },
)

test('an Idempotency-Key is its caller’s own: another who guesses it is not shown the answer', async () => {
  statefulShop(shop)
  const { path, body } = v1Bodies.customer
  const key = { 'idempotency-key': 'k' }
  const first = await shop.request('POST', path, body, as('writer', key))
  const other = await shop.request('POST', path, body, as('operator', key))
  const again = await shop.request('POST', path, body, as('writer', key))
  expect([first, other, again].map(({ status }) => status)).toEqual([201, 201, 201])
  expect(again.body).toEqual(first.body)
  expect(other.body).not.toEqual(first.body)
  expect(other.headers.get('idempotency-replayed')).toBeNull()
  // A body of its own is no conflict with a key that it knows nothing of.
  const third = { ...body, name: 'Bob' }
  expect((await shop.request('POST', path, third, as('writer', key))).status).toBe(422)
})

test('where a credential is optional, nobody may do what anybody may, and a bad one is refused all the same', async () => {
  const open = await fakeShop({ mode: 'optional', identify })
  expect((await open.request('GET', '/orders')).status).toBe(200)
  expect((await open.request('POST', '/customers', bodies.customer)).status).toBe(200)
  await open.request('POST', '/customers', bodies.customer, as('writer'))
  expect((await open.request('GET', '/orders', undefined, as('forged'))).status).toBe(401)
  const basic = { authorization: 'Basic cmVhZGVyOg==' }
  expect((await open.request('GET', '/orders', undefined, basic)).status).toBe(401)
  expect((await open.request('POST', '/customers', bodies.customer, as('reader'))).status).toBe(403)
  expect(open.sent.map(({ actor }) => actor)).toEqual([undefined, 'writer'])
  await open.close()
})
