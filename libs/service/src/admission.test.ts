import { eventually } from '@ordershop/core/testing'
import { Router } from 'express'
import { afterEach, expect, test } from 'vitest'
import type { AdmissionOptions } from './admission.ts'
import { type Served, serve } from './testing.ts'

let served: Served | undefined
afterEach(() => served?.close())

/** Work that lasts until it is let go. */
async function working(admit: AdmissionOptions) {
  const held: (() => void)[] = []
  const routes = Router().post('/work', (_request, response) => {
    held.push(() => response.json('done'))
  })
  const app = await serve(routes, { admit })
  served = app
  const ask = (signal?: AbortSignal) =>
    fetch(`${app.url}/work`, { method: 'POST', ...(signal ? { signal } : {}) })
  return { app, held, ask }
}

test('a request beyond those in work waits for its turn, and gets it', async () => {
  const { held, ask } = await working({ maxInWork: 1, maxWaitMs: 60_000 })
  const first = ask()
  await eventually(() => held.length === 1)
  const second = ask()
  held[0]?.()
  expect((await first).status).toBe(200)
  await eventually(() => held.length === 2)
  held[1]?.()
  expect((await second).status).toBe(200)
})

test('one that has waited long enough is refused, told when to come again, and never begun', async () => {
  const { app, held, ask } = await working({ maxInWork: 1, maxWaitMs: 20 })
  const first = ask()
  await eventually(() => held.length === 1)
  const { status, headers, body } = await app.request('POST', '/work')
  expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 503, retryAfter: '1' })
  expect(body).toMatchObject({
    error: { code: 'unavailable', message: expect.stringContaining('at most 1 in work') },
  })
  held[0]?.()
  expect((await first).status).toBe(200)
  expect(held).toHaveLength(1)
})

test('where too many wait the next is refused at once', async () => {
  const { held, ask } = await working({ maxInWork: 1, maxWaitMs: 60_000, maxWaiting: 0 })
  const first = ask()
  await eventually(() => held.length === 1)
  expect((await ask()).status).toBe(503)
  held[0]?.()
  expect((await first).status).toBe(200)
})

test('callers that go away, waiting or in work, leave their places to others', async () => {
  const { held, ask } = await working({ maxInWork: 1, maxWaitMs: 60_000 })
  const gone = new AbortController()
  const left = [ask(gone.signal), ask(gone.signal), ask(gone.signal)].map((asked) =>
    asked.catch(() => 'gone'),
  )
  await eventually(() => held.length === 1)
  gone.abort()
  expect(await Promise.all(left)).toEqual(['gone', 'gone', 'gone'])
  const next = ask()
  await eventually(() => held.length >= 2)
  held.at(-1)?.()
  expect((await next).status).toBe(200)
})

test('probes are answered however much is in work', async () => {
  const { app, held, ask } = await working({ maxInWork: 1, maxWaitMs: 0 })
  const first = ask()
  await eventually(() => held.length === 1)
  expect((await app.request('GET', '/livez')).status).toBe(200)
  held[0]?.()
  await first
})
