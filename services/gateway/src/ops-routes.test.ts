import { request as httpRequest } from 'node:http'
import { rolesOf } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { afterEach, expect, test } from 'vitest'
import { type FakeShop, fakeShop } from '../test/fake-shop.ts'

let shop: FakeShop
afterEach(() => shop.close())

const identify = (role: string) => ({ id: `key/${role}`, actor: role, roles: rolesOf([role]) })
const as = (role: string) => ({ authorization: `Bearer ${role}` })
const skip = '/v1/ops/parked/crm/customer/c%2F1/skip'
const decision = { reason: 'a duplicate', first: '1-0' }

test('what an operator asks goes to the monitor once, in the name of who asks', async () => {
  shop = await fakeShop({ mode: 'required', identify })
  const answer = await shop.request('POST', skip, decision, { ...as('ops'), 'x-actor': 'somebody-else' })
  expect(answer).toMatchObject({ status: 202, body: {} })
  expect(shop.sent).toMatchObject([
    { service: 'monitor', method: 'POST', path: skip, body: decision, once: true, actor: 'ops' },
  ])
})

test.each([
  '/v1/ops/parked/crm/customer/c1/skip',
  '/V1/OPS/processes/crm/stop',
  '/v1/ops/projections/x/rebuild/',
])(
  'POST %s is for operators, however it is spelled: whoever may write is told which role he lacks',
  async (path) => {
    shop = await fakeShop({ mode: 'required', identify })
    for (const role of ['read', 'write']) {
      const { status, headers } = await shop.request('POST', path, decision, as(role))
      expect(status).toBe(403)
      expect(headers.get('www-authenticate')).toContain('scope="ops"')
    }
    expect((await shop.request('POST', path, decision)).status).toBe(401)
    expect(shop.sent).toEqual([])
  },
)

test('whoever may read sees how everything stands', async () => {
  shop = await fakeShop({ mode: 'required', identify })
  expect((await shop.request('GET', '/v1/ops/groups', undefined, as('read'))).status).toBe(200)
  expect(shop.sent).toMatchObject([{ service: 'monitor', method: 'GET', path: '/v1/ops/groups' }])
})

test('a page of another origin, which can send no JSON unasked, has nothing done', async () => {
  shop = await fakeShop()
  for (const type of [undefined, 'text/plain', 'application/x-www-form-urlencoded']) {
    const headers = type ? { 'content-type': type } : {}
    const answer = await fetch(`${shop.url}/v1/ops/processes/crm/stop`, { method: 'POST', headers })
    expect({ type, status: answer.status }).toEqual({ type, status: 415 })
  }
  expect(shop.sent).toEqual([])
})

test.each(['/v1/ops/parked/%2e%2e/%2e%2e/x', '/v1/ops/projections/%2E%2E', '/v1/ops/projections/.'])(
  'GET %s does not lead out of what operators may ask the monitor',
  async (path) => {
    shop = await fakeShop()
    // As it is: fetch would tidy it up.
    const status = await new Promise((resolve, reject) =>
      httpRequest(shop.url, { path }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .once('error', reject)
        .end(),
    )
    expect(status).toBe(404)
    expect(shop.sent).toEqual([])
  },
)

test('a refusal of the monitor is told as it is', async () => {
  shop = await fakeShop()
  shop.refusal = new AppError('conflict', 'skip parked customer:c1: its first event is 2-0 by now')
  expect(await shop.request('POST', skip, decision)).toMatchObject({
    status: 409,
    body: { detail: 'skip parked customer:c1: its first event is 2-0 by now' },
  })
})

test('who asks is told who it is and what it may do', async () => {
  shop = await fakeShop({ mode: 'required', identify })
  expect((await shop.request('GET', '/v1/me', undefined, as('write'))).body).toEqual({
    ...{ auth: 'required', actor: 'write', roles: ['read', 'write'], shop: true },
    ...{ trace_url: null, open_to_all: false },
  })
})

test('where nobody need say who they are, nobody in particular may do everything', async () => {
  shop = await fakeShop()
  expect((await shop.request('GET', '/v1/me')).body).toMatchObject({
    ...{ auth: 'none', actor: null, roles: ['read', 'write', 'ops'] },
  })
})
