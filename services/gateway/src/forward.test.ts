import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '@ordershop/core'
import type { RequestSigner } from '@ordershop/service'
import { afterEach, expect, test } from 'vitest'
import { forwarder } from './forward.ts'

type Seen = { url: string | undefined; command: unknown; body: string; authorization?: string | undefined }
type Behaviour = 'is stuck' | 'answers' | 'is unavailable' | 'breaks off' | { status: number; body: string }

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** A process of a service that behaves as told, one request after another; the last behaviour stays. */
async function upstream(...behaviours: Behaviour[]) {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { authorization, 'x-command-id': command } = request.headers
    seen.push({ url: request.url, command, body, ...(authorization ? { authorization } : {}) })
    const behaviour = (behaviours.length > 1 ? behaviours.shift() : behaviours[0]) ?? 'answers'
    if (behaviour === 'is stuck') return
    if (behaviour === 'breaks off') request.socket.destroy()
    else if (behaviour === 'answers') response.end('{"positions":[]}')
    else if (behaviour === 'is unavailable')
      response.writeHead(503).end('{"error":{"code":"unavailable","message":"Redis","fields":[]}}')
    else response.writeHead(behaviour.status).end(behaviour.body)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, server }
}

const cause = { commandId: 'c1', correlationId: 'basket', causationId: 'c1' }
const sent = { service: 'order', method: 'PUT', path: '/orders/o1', body: { customer_id: 'x' } } as const

async function forwardTo(urls: string[], options: Parameters<typeof forwarder>[1] = {}) {
  const upstreams = {
    customer: urls,
    product: urls,
    inventory: urls,
    order: urls,
    billing: urls,
    monitor: urls,
  }
  const { forward, close } = forwarder(upstreams, options)
  return forward(sent, cause).finally(close)
}

test.each(['is unavailable', 'breaks off'] as const)(
  'a request to a process that %s goes to the next, as the same command with the same body',
  async (behaviour) => {
    const [first, second] = [await upstream(behaviour), await upstream('answers')]
    expect(await forwardTo([first.url, second.url])).toEqual({ positions: [] })
    const same = { url: '/orders/o1', command: 'c1', body: '{"customer_id":"x"}' }
    expect(first.seen).toEqual([same])
    expect(second.seen).toEqual([same])
  },
)

test('a process that is not running is skipped', async () => {
  const [gone, second] = [await upstream(), await upstream()]
  await new Promise((resolve) => gone.server.close(resolve))
  expect(await forwardTo([gone.url, second.url])).toEqual({ positions: [] })
  expect(gone.seen).toEqual([])
})

test('a service with one instance is retried until it is back', async () => {
  const only = await upstream('breaks off', 'is unavailable', 'answers')
  expect(await forwardTo([only.url])).toEqual({ positions: [] })
  expect(only.seen).toHaveLength(3)
})

test('a service that stays down is unavailable', async () => {
  const only = await upstream('breaks off')
  await expect(forwardTo([only.url], { deadlineMs: 150 })).rejects.toMatchObject({
    code: 'unavailable',
    message: 'PUT /orders/o1: service order does not answer',
  })
  expect(only.seen.length).toBeGreaterThan(1)
})

test('each attempt is signed anew, for its service, as what is sent', async () => {
  const only = await upstream('is unavailable', 'answers')
  const signed: object[] = []
  const sign: RequestSigner = ({ headers: { 'x-command-id': command }, ...request }) =>
    `Bearer ${signed.push({ ...request, command })}`
  await forwardTo([only.url], { sign })
  const asked = { audience: 'order', method: 'PUT', path: '/orders/o1', body: '{"customer_id":"x"}' }
  expect(signed).toEqual([1, 2].map(() => ({ ...asked, command: 'c1' })))
  expect(only.seen.map(({ authorization }) => authorization)).toEqual(['Bearer 1', 'Bearer 2'])
})

test("a service that does not accept the gateway's signature is unavailable: its caller is not to blame", async () => {
  const error = { code: 'unauthorized', message: 'PUT /orders/o1: expected another key', fields: [] }
  const refusing = await upstream({ status: 401, body: JSON.stringify({ error }) })
  await expect(forwardTo([refusing.url], { deadlineMs: 150 })).rejects.toMatchObject({
    code: 'unavailable',
    message: 'service order refuses the gateway: PUT /orders/o1: expected another key',
  })
  const knowing = await upstream('answers')
  expect(await forwardTo([refusing.url, knowing.url])).toEqual({ positions: [] })
})

test('a refusal is passed on as it is, and not repeated', async () => {
  const fields = [{ path: 'customer_id', message: 'unknown' }]
  const error = { code: 'invalid', message: 'customer_id: unknown', fields }
  const only = await upstream({ status: 400, body: JSON.stringify({ error }) })
  await expect(forwardTo([only.url])).rejects.toMatchObject(error)
  await expect(forwardTo([only.url])).rejects.toBeInstanceOf(AppError)
  expect(only.seen).toHaveLength(2)
})

test('an unexpected response of a service is an internal error', async () => {
  const only = await upstream({ status: 502, body: '<html>' })
  await expect(forwardTo([only.url])).rejects.toMatchObject({ code: 'internal' })
})

const others = { customer: [], product: [], inventory: [], billing: [], monitor: [] }
const toCustomer = { service: 'customer', method: 'PUT', path: '/customers/c1', body: {} } as const

test('a process that is stuck is not asked any more, and one that answers is', async () => {
  const [stuck, well] = [await upstream('is stuck'), await upstream('answers')]
  const { forward, close } = forwarder(
    { ...others, order: [stuck.url, well.url] },
    { answerWithinMs: 50, deadlineMs: 60_000 },
  )
  for (let n = 0; n < 8; n++) expect(await forward(sent, cause)).toEqual({ positions: [] })
  await close()
  expect(stuck.seen).toHaveLength(2)
  expect(well.seen).toHaveLength(8)
})

test('where every process is stuck the answer does not wait for the deadline', async () => {
  const stuck = await upstream('is stuck')
  const { forward, close } = forwarder(
    { ...others, order: [stuck.url] },
    { answerWithinMs: 50, deadlineMs: 600_000 },
  )
  await expect(forward(sent, cause)).rejects.toMatchObject({ code: 'unavailable' })
  await close()
  expect(stuck.seen).toHaveLength(2)
})

test('a stuck service has its share of what is under way, and the others theirs', async () => {
  const [stuck, well] = [await upstream('is stuck'), await upstream('answers')]
  const { forward, close } = forwarder(
    { ...others, order: [stuck.url], customer: [well.url] },
    { maxUnderWay: 2, deadlineMs: 100 },
  )
  const ask = (commandId: string) => forward(sent, { ...cause, commandId })
  // However much one of them sends, it counts once.
  const held = ['c1', 'c1', 'c2'].map((command) => ask(command).catch(() => 'ended'))
  await expect(ask('c3')).rejects.toMatchObject({
    code: 'unavailable',
    message: 'service order: expected at most 2 requests under way, got more',
  })
  expect(await forward(toCustomer, cause)).toEqual({ positions: [] })
  await close()
  expect(await Promise.all(held)).toEqual(['ended', 'ended', 'ended'])
})
