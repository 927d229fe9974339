import { AppError } from '@ordershop/core'
import { type Served, serve } from '@ordershop/service/testing'
import { Router } from 'express'
import { afterAll, expect, test } from 'vitest'
import { crossOrigin } from './cross-origin.ts'

const routes = Router().post('/orders', (_request, response) => void response.json({ stored: true }))
const served: Served[] = []
async function shopFor(...origins: string[]): Promise<Served> {
  const guard = Router().use(crossOrigin(origins), (request, _response, next) =>
    next(request.headers.authorization ? undefined : new AppError('unauthorized', 'who are you?')),
  )
  const shop = await serve(routes, origins.length > 0 ? { guard } : {})
  served.push(shop)
  return shop
}
afterAll(() => Promise.all(served.map((shop) => shop.close())))

const page = { origin: 'https://shop.example', authorization: 'Bearer x' }
const preflight = {
  origin: 'https://shop.example',
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
}

test('a page of an origin that is named may send JSON with its credential, and read the answer', async () => {
  const shop = await shopFor('https://shop.example', 'https://other.example')
  const asked = await shop.request('OPTIONS', '/orders', undefined, preflight)
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-origin')).toBe('https://shop.example')
  expect(asked.headers.get('access-control-allow-headers')).toContain('authorization')
  const answer = await shop.request('POST', '/orders', {}, page)
  expect(answer).toMatchObject({ status: 200, body: { stored: true } })
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example')
})

test('a page of any other origin may not, and credentials are asked for all the same', async () => {
  const shop = await shopFor('https://other.example')
  const asked = await shop.request('OPTIONS', '/orders', undefined, preflight)
  expect(asked.headers.get('access-control-allow-origin')).not.toBe('https://shop.example')
  const { authorization: _, ...anonymous } = page
  expect((await shop.request('POST', '/orders', {}, anonymous)).status).toBe(401)
})

test('without origins no page may', async () => {
  const shop = await shopFor()
  expect(
    (await shop.request('OPTIONS', '/orders', undefined, preflight)).headers.get(
      'access-control-allow-origin',
    ),
  ).toBeNull()
  expect(
    (await shop.request('POST', '/orders', {}, page)).headers.get('access-control-allow-origin'),
  ).toBeNull()
})
