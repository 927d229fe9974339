import { Router } from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Served, serve } from './testing.ts'

let app: Served
beforeAll(async () => {
  const routes = Router()
    .get('/page', (_request, response) => void response.send('<!doctype html><title>shop</title>'))
    .get('/own', (_request, response) => {
      response.set('content-security-policy', "default-src 'none'").send('<!doctype html>')
    })
    .get('/json', (_request, response) => void response.json([]))
  app = await serve(routes)
})
afterAll(() => app.close())

const headersOf = async (path: string) => (await fetch(app.url + path)).headers

test('a page runs no script of elsewhere, and lies in no frame of another site', async () => {
  const headers = await headersOf('/page')
  const policy = headers.get('content-security-policy')
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("frame-ancestors 'self'")
  expect(policy).not.toContain('upgrade-insecure-requests')
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
})

test('a page may have a stricter policy of its own', async () => {
  expect((await headersOf('/own')).get('content-security-policy')).toBe("default-src 'none'")
})

test.each(['/page', '/json', '/no-such-path'])('what %s answers is taken for what it says', async (path) => {
  expect((await headersOf(path)).get('x-content-type-options')).toBe('nosniff')
})

test('JSON has no more headers than it needs', async () => {
  expect((await headersOf('/json')).get('content-security-policy')).toBeNull()
})
