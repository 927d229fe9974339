import { Router } from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isSwaggerUi } from './security-headers.ts'
import { type Served, serve } from './testing.ts'

let app: Served
beforeAll(async () => {
  const routes = Router()
    .get('/page', (_request, response) => void response.send('<!doctype html><title>shop</title>'))
    .get('/swagger', isSwaggerUi, (_request, response) => void response.send('<!doctype html>'))
    .get('/json', (_request, response) => void response.json([]))
  app = await serve(routes)
})
afterAll(() => app.close())

const headersOf = async (path: string) => (await fetch(app.url + path)).headers
const directivesOf = async (path: string) =>
  Object.fromEntries(
    ((await headersOf(path)).get('content-security-policy') ?? '').split(';').map((one) => {
      const [name, ...sources] = one.trim().split(' ')
      return [name, sources.join(' ')]
    }),
  )

const strict = {
  ...{ 'default-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'" },
  ...{ 'script-src': "'self'", 'style-src': "'self'", 'img-src': "'self'", 'connect-src': "'self'" },
}

test('a page loads and asks what is served here alone, has nothing inline, and lies in no frame', async () => {
  expect(await directivesOf('/page')).toEqual(strict)
  const headers = await headersOf('/page')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
})

test('Swagger UI may have styles in its elements and icons in data URLs, and nothing else', async () => {
  const more = { 'style-src': "'self' 'unsafe-inline'", 'img-src': "'self' data:" }
  expect(await directivesOf('/swagger')).toEqual({ ...strict, ...more })
})

test.each(['/page', '/json', '/no-such-path'])('what %s answers is taken for what it says', async (path) => {
  expect((await headersOf(path)).get('x-content-type-options')).toBe('nosniff')
})

test('JSON has no more headers than it needs', async () => {
  expect((await headersOf('/json')).get('content-security-policy')).toBeNull()
})
