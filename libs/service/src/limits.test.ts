import { createServer } from 'node:http'
import { Router } from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bounded, limits, serverOptions } from './limits.ts'
import { type Served, serve } from './testing.ts'

let app: Served
beforeAll(async () => {
  app = await serve(Router().get('/list', (_request, response) => void response.json([])))
})
afterAll(() => app.close())

test('a URL of the longest length is served, a longer one is refused', async () => {
  const path = '/list?q='
  const longest = path + 'x'.repeat(limits.urlBytes - path.length)
  expect((await app.request('GET', longest)).status).toBe(200)
  const { status, body } = await app.request('GET', `${longest}x`)
  expect(status).toBe(414)
  expect(body).toMatchObject({
    error: { message: `URL: expected at most ${limits.urlBytes} bytes, got ${limits.urlBytes + 1}` },
  })
})

test('headers that are too long together are refused', async () => {
  const headers = { 'x-long': 'x'.repeat(limits.headerBytes) }
  expect((await app.request('GET', '/list', undefined, headers)).status).toBe(431)
})

test('a server keeps the limits of the time that each may take', () => {
  const { timeout, headersTimeout, requestTimeout } = bounded(createServer(serverOptions))
  expect({ timeout, headersTimeout, requestTimeout }).toEqual({
    timeout: limits.stalledMs,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
  })
})
