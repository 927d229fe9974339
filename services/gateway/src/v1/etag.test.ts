import { AppError, staleVersion } from '@ordershop/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, at, type FakeShop, fakeShop, tag } from '../../test/fake-shop.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
  await shop.put('customer', ada, { ...customer, ...at(3) })
})
afterEach(() => shop.close())

const customer = { customer_id: ada, name: 'Ada', email: 'ada@example.com' }
const countess = { name: 'Countess', email: 'ada@example.com' }
const put = (headers = {}) => shop.request('PUT', `/v1/customers/${ada}`, countess, headers)

test('the same version of two histories has two ETags', async () => {
  const etags = []
  for (const entryId of ['1764237600000-0', '1764237600000-1']) {
    await shop.put('customer', ada, { ...customer, ...at(7, entryId) })
    etags.push((await shop.request('GET', `/v1/customers/${ada}`)).headers.get('etag'))
  }
  expect(etags).toEqual(['"7-1764237600000-0"', '"7-1764237600000-1"'])
})

test('a caller that has the current version gets 304, even if it sends Cache-Control: no-cache', async () => {
  const get = (etag: string) =>
    shop.request('GET', `/v1/customers/${ada}`, undefined, {
      'if-none-match': etag,
      'cache-control': 'no-cache',
    })
  for (const tags of [tag(3), `${tag(0)}, W/${tag(3)}`, '*']) {
    expect(await get(tags)).toMatchObject({ status: 304, body: '' })
  }
  for (const other of [tag(0), '"3"', tag(3, '1764237600001-0')]) {
    expect(await get(other)).toMatchObject({ status: 200, body: { name: 'Ada' } })
  }
})

test('If-Match lets the service decide at that version only', async () => {
  expect(await put({ 'if-match': tag(3) })).toMatchObject({ status: 200 })
  expect(shop.sent).toMatchObject([{ expectedVersion: '3@1764237600000-0' }])
})

test.each(['PUT', 'DELETE'])(
  'If-Match of another version than the log has is answered 412 to a %s',
  async (method) => {
    shop.refusal = staleVersion(`customer ${ada}`, '2@1764237600000-0', '3@1764237600007-1')
    const body = method === 'PUT' ? countess : undefined
    expect(await shop.request(method, `/v1/customers/${ada}`, body, { 'if-match': tag(2) })).toMatchObject({
      status: 412,
      body: {
        title: 'Precondition Failed',
        detail: 'If-Match: expected "2-1764237600000-0", got "3-1764237600007-1"',
      },
    })
  },
)

test.each(['PUT', 'DELETE'])(
  'If-Match of the same version of a history that is lost is answered 412 to a %s',
  async (method) => {
    const present = '3@1764237600001-0'
    shop.before = async () => {
      const { expectedVersion } = shop.sent.at(-1) ?? {}
      if (expectedVersion !== present) throw staleVersion(`customer ${ada}`, `${expectedVersion}`, present)
    }
    const body = method === 'PUT' ? countess : undefined
    const send = (etag: string) => shop.request(method, `/v1/customers/${ada}`, body, { 'if-match': etag })
    expect(await send('"3-1764237600000-0"')).toMatchObject({
      status: 412,
      body: { detail: 'If-Match: expected "3-1764237600000-0", got "3-1764237600001-0"' },
    })
    expect((await send('"3-1764237600001-0"')).status).toBeLessThan(300)
  },
)

test('a conflict that is not about the version stays 409 under If-Match', async () => {
  shop.refusal = new AppError('conflict', 'it is billed')
  expect(await put({ 'if-match': tag(3) })).toMatchObject({ status: 409, body: { detail: 'it is billed' } })
})

test('If-Match of any version, or none given, asks for no version', async () => {
  await put({ 'if-match': '*' })
  await put()
  expect(shop.sent.map((sent) => sent.expectedVersion)).toEqual([undefined, undefined])
})

test.each([
  [`W/${tag(3)}`, 412],
  ['"three"', 412],
  ['"3"', 412],
  ['"0-1764237600000-0"', 412],
  ['"3@1764237600000-0"', 412],
  ['3-1764237600000-0', 400],
  ['', 400],
  [`${tag(3)}, ${tag(4)}`, 400],
])('If-Match: %s is answered %i, and nothing is sent', async (tag, status) => {
  expect(await put({ 'if-match': tag })).toMatchObject({ status, body: { status } })
  expect(shop.sent).toEqual([])
})

test('If-Match is the only way to name a version', async () => {
  await put({ 'x-expected-version': '9' })
  expect(shop.sent[0]).not.toHaveProperty('expectedVersion')
})
