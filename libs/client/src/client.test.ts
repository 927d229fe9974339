import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isRefused, type StreamState, shopClient } from './index.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

const customer = {
  customer_id: '0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01',
  name: 'Ada',
  email: 'ada@example.com',
}
const input = { name: 'Ada', email: 'ada@example.com' }
const patience = { firstWaitMs: 1, maxWaitMs: 5 }

let answers: Answer[]
let asked: {
  path: string
  key: string | undefined
  resumed: string | undefined
  credential: string | undefined
}[]
const server = createServer(async (request, response) => {
  const { url: path = '', headers } = request
  const [key, resumed] = [headers['idempotency-key'], headers['last-event-id']].map((one) => one?.toString())
  asked.push({ path, key, resumed, credential: headers.authorization })
  const answer = answers.shift()
  if (!answer) throw new Error(`${path}: nothing more was expected`)
  answer(request, response, await text(request))
})
let url: string
beforeEach(async () => {
  ;[answers, asked] = [[], []]
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const says =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body))
const problem = (status: number) => ({ type: 'about:blank', title: 'No', status, detail: `told ${status}` })
const breaks: Answer = (request) => void request.socket.destroy()

test('a POST that meets 503, 429, a broken connection and itself is sent under one key until it is answered', async () => {
  answers = [
    says(503, problem(503), { 'retry-after': '1' }),
    says(429, problem(429)),
    breaks,
    says(409, problem(409), { 'retry-after': '1' }),
    says(201, customer),
  ]
  const { data } = await shopClient({ url, patience }).POST('/v1/customers', { body: input })
  expect(data).toEqual(customer)
  const keys = new Set(asked.map(({ key }) => key))
  expect(asked).toHaveLength(5)
  expect([...keys]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
})

test('another POST has another key, and a key of the caller is sent as it is', async () => {
  answers = [says(201, customer), says(201, customer), says(201, customer)]
  const shop = shopClient({ url })
  await shop.POST('/v1/customers', { body: input })
  await shop.POST('/v1/customers', { body: input })
  await shop.POST('/v1/customers', { body: input, params: { header: { 'Idempotency-Key': 'mine' } } })
  const keys = asked.map(({ key }) => key)
  expect(new Set(keys).size).toBe(3)
  expect(keys[2]).toBe('mine')
})

test('a refusal is thrown with the problem of the shop, and not sent again', async () => {
  answers = [says(400, { ...problem(400), errors: [{ path: 'name', message: 'too long' }] })]
  const error = await shopClient({ url, patience })
    .POST('/v1/customers', { body: input })
    .catch((error) => error)
  expect(isRefused(error) && error.problem.errors).toEqual([{ path: 'name', message: 'too long' }])
  expect(error.message).toBe('POST /v1/customers: got 400 told 400')
})

test('the last of the attempts decides, however often the shop is busy', async () => {
  answers = [1, 2, 3].map(() => says(503, problem(503)))
  const shop = shopClient({ url, patience: { ...patience, attempts: 3 } })
  await expect(shop.GET('/v1/customers')).rejects.toMatchObject({ name: 'Refused', status: 503 })
  expect(asked).toHaveLength(3)
})

test('what a repeat would trip over is sent once: a POST of the article, a change with If-Match', async () => {
  answers = [says(503, problem(503)), says(503, problem(503))]
  const shop = shopClient({ url, patience })
  const path = { id: customer.customer_id }
  await expect(shop.POST('/customers', { body: input })).rejects.toMatchObject({ status: 503 })
  const change = { body: input, params: { path, header: { 'If-Match': '"1-1-0"' } } }
  await expect(shop.PUT('/v1/customers/{id}', change)).rejects.toMatchObject({ status: 503 })
})

test('a list is read page by page, and no page before it is asked for', async () => {
  answers = [
    says(200, { items: [customer, customer], next: '/v1/customers?limit=2&after=x' }),
    says(200, { items: [customer], next: null }),
  ]
  const found = shopClient({ url, credential: () => 'osk_1' }).list('/v1/customers', { limit: 2 })
  expect((await found.next()).value).toEqual(customer)
  await found.next()
  expect(asked).toHaveLength(1)
  const rest: object[] = []
  for await (const one of found) rest.push(one)
  expect(rest).toEqual([customer])
  expect(asked.map(({ path }) => path)).toEqual(['/v1/customers?limit=2', '/v1/customers?limit=2&after=x'])
  expect(asked.map(({ credential }) => credential)).toEqual(['Bearer osk_1', 'Bearer osk_1'])
})

const recorded = (version: number) => ({ type: 'customer_created', data: customer, version })
const message = (version: number) => `id: c${version}\ndata: ${JSON.stringify(recorded(version))}\n\n`
/** Writes pieces of a stream, then leaves it open, ends or breaks it. */
const streams =
  (pieces: readonly string[], then: 'open' | 'end' | 'break'): Answer =>
  (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const piece of pieces) response.write(piece)
    if (then === 'end') response.end()
    if (then === 'break') setImmediate(() => request.socket.destroy())
  }
async function versions(count: number, silenceMs = 45_000): Promise<unknown[]> {
  const got: unknown[] = []
  const wanted = { topics: ['customer', 'order'], from: '2026-01-01T00:00:00Z' }
  for await (const { event, cursor } of shopClient({ url, patience, silenceMs }).events(wanted)) {
    got.push([event.version, cursor])
    if (got.length === count) return got
  }
  throw new Error('the events have ended')
}
const three = [1, 2, 3].map((version) => [version, `c${version}`])

test('events are each given once, through connections that break in a message, are ended, and are refused for a time', async () => {
  answers = [
    streams([message(1), 'event: ready\ndata: {}\n\n', message(2).slice(0, 20)], 'break'),
    says(503, problem(503)),
    breaks,
    streams([': heartbeat\n\n', message(2), 'event: end\ndata: {"reason":"shutdown"}\n\n'], 'end'),
    streams([message(3)], 'open'),
  ]
  expect(await versions(3)).toEqual(three)
  expect(asked.map(({ resumed }) => resumed)).toEqual([undefined, 'c1', 'c1', 'c1', 'c2'])
  expect(asked[0]?.path).toBe('/v1/events?topic=customer%2Corder&from=2026-01-01T00%3A00%3A00Z')
  expect(asked[1]?.path).toBe('/v1/events?topic=customer%2Corder')
})

test('a connection on which nothing comes is opened again', async () => {
  answers = [streams([message(1)], 'open'), streams([message(2), message(3)], 'open')]
  expect(await versions(3, 50)).toEqual(three)
})

test('events that are refused for good are an error; a caller who has enough ends them without one', async () => {
  answers = [says(401, problem(401)), streams([message(1)], 'open')]
  await expect(versions(1)).rejects.toMatchObject({ name: 'Refused', status: 401 })
  const enough = new AbortController()
  const events = shopClient({ url }).events({ signal: enough.signal })
  expect((await events.next()).value?.cursor).toBe('c1')
  enough.abort()
  expect(await events.next()).toEqual({ done: true, value: undefined })
})

test('the state of a stream is told in order with its events, through an end and a refusal for a time to one for good', async () => {
  answers = [
    streams([message(1), 'id: c1\nevent: ready\ndata: {}\n\n', message(2)], 'end'),
    streams(['event: end\ndata: {"reason":"shutdown"}\n\n'], 'open'),
    says(503, problem(503)),
    says(401, problem(401)),
  ]
  const told: unknown[] = []
  const onState = (state: StreamState) =>
    told.push('error' in state ? [state.is, state.error.message] : state.is)
  const read = async () => {
    for await (const { event } of shopClient({ url, patience }).events({ onState })) told.push(event.version)
  }
  await expect(read()).rejects.toMatchObject({ name: 'Refused', status: 401 })
  expect(told).toEqual([
    ...['connecting', 'catching up', 1, 'live', 2],
    ['away', 'the stream was broken off'],
    'catching up',
    ['away', 'the stream was ended: shutdown'],
    ['away', 'GET /v1/events: got 503 told 503'],
    ['refused', 'GET /v1/events: got 401 told 401'],
  ])
})

test('without a credential none is sent; a refusal that is no problem of the shop is told as one', async () => {
  answers = [(_request, response) => void response.writeHead(502, '').end('<h1>no upstream</h1>')]
  const error = await shopClient({ url, credential: () => undefined })
    .GET('/v1/me')
    .catch((error) => error)
  expect(error.problem).toMatchObject({ status: 502, detail: '<h1>no upstream</h1>' })
  expect(asked[0]?.credential).toBeUndefined()
})
