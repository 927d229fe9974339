import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { eventually } from '@ordershop/core/testing'
import { Router } from 'express'
import { afterEach, expect, test } from 'vitest'
import { type Served, serve } from './testing.ts'

const opened: (Socket | Served)[] = []
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await ('close' in one ? one.close() : one.destroy())
})

/** A process that works on one request at a time and keeps two slow callers. */
async function shop() {
  const seen: string[] = []
  const routes = Router()
    .post('/work', (request, response) => void response.json(request.body))
    .get('/list', (_request, response) => void response.json('x'.repeat(32 * 1024 * 1024)))
  const served = await serve(routes, {
    admit: { maxInWork: 1, maxWaitMs: 20, maxSlow: 2 },
    guard: (request, _response, next) => {
      seen.push(request.path)
      next()
    },
  })
  opened.push(served)
  return { ...served, seen }
}

function raw(url: string, sent: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  opened.push(socket)
  socket.on('error', () => {}).write(sent)
  return socket
}

const head = 'POST /work HTTP/1.1\r\nhost: shop\r\nconnection: close\r\ncontent-type: application/json\r\n'
const sends = (url: string) => raw(url, `${head}content-length: 6\r\n\r\n"do`)
const doesNotRead = (url: string) => raw(url, 'GET /list HTTP/1.1\r\nhost: shop\r\n\r\n').pause()
const works = async ({ request }: Served) => (await request('POST', '/work', {})).status === 200

test('who sends a body slowly leaves the place to others, and is answered once it has come', async () => {
  const app = await shop()
  const slow = sends(app.url)
  await eventually(() => app.seen.length === 1)
  await eventually(() => works(app))
  slow.write('ne"')
  const answer = await text(slow)
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(answer).toMatch(/"done"$/)
})

test('who does not read the answer leaves the place to others', async () => {
  const app = await shop()
  const slow = doesNotRead(app.url)
  await eventually(() => app.seen.length === 1)
  await eventually(() => works(app))
  expect(slow.closed).toBe(false)
})

test('of callers that are slow the one that has been so for longest is cut off, where there are too many', async () => {
  const app = await shop()
  const first = sends(app.url)
  for (const begin of [doesNotRead, sends]) {
    await eventually(() => works(app))
    expect(first.closed).toBe(false)
    begin(app.url)
  }
  await eventually(() => first.closed)
  await eventually(() => works(app))
})
