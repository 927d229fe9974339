import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { catalog } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import { type Recorded, type RedisEventStore, redisEventStore } from '@ordershop/event-store'
import { freePort, killAtExit, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let redis: RedisServer
let store: RedisEventStore
const gateways: ChildProcess[] = []

beforeAll(async () => {
  redis = await startRedis()
  store = redisEventStore({ redis: { url: redis.url }, catalog, clientName: 'test', durability: 'memory' })
  await store.ready()
})
afterAll(async () => {
  for (const gateway of gateways) gateway.kill('SIGKILL')
  await store.close()
  await redis.stop()
})

async function startGateway() {
  const port = await freePort()
  const env = {
    ...process.env,
    REDIS_URL: redis.url,
    DURABILITY: 'memory',
    PORT: `${port}`,
    LOG_LEVEL: 'error',
  }
  const main = join(import.meta.dirname, '../src/main.ts')
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'inherit', 'inherit'] })
  killAtExit(child)
  gateways.push(child)
  const url = `http://127.0.0.1:${port}`
  await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), { withinMs: 20_000 })
  return { url, child }
}

/** Follows the events of customers; resolves when the stream ends or breaks. */
function follow(url: string, lastEventId: string) {
  const heard = { events: [] as Recorded[], cursor: lastEventId, ends: [] as string[], ready: false }
  const headers = { accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) }
  const over = (async () => {
    const response = await fetch(`${url}/v1/events?topic=customer&from=beginning`, { headers })
    let text = ''
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const frames = (text + piece).split('\n\n')
      text = frames.pop() ?? ''
      for (const frame of frames) take(frame)
    }
  })().catch(() => {})
  function take(frame: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1]
    heard.cursor = field('id') ?? heard.cursor
    if (field('event') === 'ready') heard.ready = true
    else if (field('event') === 'end') heard.ends.push(field('data') ?? '')
    else if (field('data')) heard.events.push(JSON.parse(field('data') ?? ''))
  }
  return Object.assign(heard, { over })
}

async function register(count: number): Promise<void> {
  const data = { name: 'Ada', email: 'ada@example.com' }
  for (let i = 0; i < count; i++) {
    const customer_id = newId()
    const events = [{ type: 'customer_created', data: { customer_id, ...data } }]
    await store.append({ topic: 'customer', entityId: customer_id, expected: 0, commandId: null, events })
  }
}

test('a reader whose gateway is killed goes on at another, and misses and repeats nothing; one that stops says so', async () => {
  const first = await startGateway()
  await register(50)
  const before = follow(first.url, '')
  await eventually(() => expect(before.ready).toBe(true))
  const writing = register(200)
  await eventually(() => expect(before.events.length).toBeGreaterThan(80))
  first.child.kill('SIGKILL')
  await Promise.all([before.over, writing])
  expect(before.ends).toEqual([])
  const second = await startGateway()
  const after = follow(second.url, before.cursor)
  await eventually(() => expect(before.events.length + after.events.length).toBe(250))
  const positions = Map.groupBy([...before.events, ...after.events], ({ partition }) => partition)
  for (const events of positions.values())
    expect(events.map(({ position }) => position)).toEqual(events.map((_, k) => k + 1))
  second.child.kill('SIGTERM')
  await after.over
  expect(after.ends).toEqual(['{"reason":"the server stops: connect again"}'])
})
