import { once } from 'node:events'
import { connect } from 'node:net'
import { eventually } from '@ordershop/core/testing'
import { type Catalog, memoryEventStore } from '@ordershop/event-store'
import { type Served, serve } from '@ordershop/service/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logRoutes } from './log-routes.ts'

type Noted = { readonly type: 'noted'; readonly data: { readonly text: string } }
const catalog: Catalog<Noted> = {
  topics: ['note', 'memo'],
  schemaVersion: () => 1,
  parse: (_topic, _type, _version, data) => ({ type: 'noted', data: data as Noted['data'] }),
}
const limits = { streams: 3, heartbeatMs: 20, patienceMs: 200 }

let store: ReturnType<typeof memoryEventStore<Noted>>
let log: ReturnType<typeof logRoutes>
let served: Served

beforeEach(async () => {
  store = memoryEventStore({ catalog, partitions: 2 })
  log = logRoutes({ store, topics: catalog.topics, limits })
  served = await serve(log.router)
})
afterEach(async () => {
  await served.close()
  await store.close()
})

let commands = 0
const note = (entityId: string, text = 'x', more: object = {}) =>
  store.append({
    ...{ topic: 'note', entityId, expected: 'any', commandId: `c${++commands}` },
    events: [{ type: 'noted', data: { text } }],
    ...more,
  })

type Frame = { event: string; id: string; data: { entity_id?: string; reason?: string } }

/** Follows a stream; `frames` grows with what comes. */
async function follow(path: string, headers: Record<string, string> = {}) {
  const leaving = new AbortController()
  const response = await fetch(served.url + path, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leaving.signal,
  })
  const frames: Frame[] = []
  const heartbeats: string[] = []
  const reading = (async () => {
    let text = ''
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (text + piece).split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1]
        const data = field('data')
        if (data === undefined) heartbeats.push(part)
        else
          frames.push({ event: field('event') ?? 'message', id: field('id') ?? '', data: JSON.parse(data) })
      }
    }
  })().catch(() => {})
  return { response, frames, heartbeats, reading, leave: () => leaving.abort() }
}

const entities = (frames: readonly Frame[]) => frames.flatMap(({ data }) => data.entity_id ?? [])
const isReady = ({ frames }: { frames: readonly Frame[] }) => frames.some(({ event }) => event === 'ready')

test('a stream from now is ready, then tells what comes, and its heartbeat where it is', async () => {
  await note('before')
  const stream = await follow('/events')
  await eventually(() => expect(isReady(stream)).toBe(true))
  await note('after')
  await eventually(() => expect(entities(stream.frames)).toEqual(['after']))
  const last = stream.frames.at(-1)
  await eventually(() => expect(stream.heartbeats.at(-1)).toContain(`id: ${last?.id}`))
  expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  stream.leave()
})

test('a stream goes on behind its Last-Event-ID, by header or by query', async () => {
  for (const name of ['a', 'b', 'c']) await note('one', name)
  const first = await follow('/events?from=beginning')
  await eventually(() => expect(first.frames).toHaveLength(4))
  first.leave()
  const id = first.frames[0]?.id ?? ''
  const rest = await follow('/events?from=beginning', { 'last-event-id': id })
  const same = await follow(`/events?last_event_id=${encodeURIComponent(id)}`)
  for (const stream of [rest, same]) {
    await eventually(() => expect(isReady(stream)).toBe(true))
    expect(stream.frames.map(({ data }) => (data as { version?: number }).version)).toEqual([2, 3, undefined])
    stream.leave()
  }
})

test('a cursor of what the log does not have is 409, to a stream before its first byte, and to a page', async () => {
  await note('a')
  const { next } = (await served.request('GET', '/events?limit=1')).body as { next: string | null }
  expect(next).toBeTypeOf('string')
  const cursor = new URLSearchParams(next?.split('?')[1]).get('after') ?? ''
  const lost = cursor.replace(/([0-9a-z]+)(?=[,;]|$)/, '$1.7')
  for (const accept of ['text/event-stream', 'application/json']) {
    const path = `/events?${new URLSearchParams(accept.startsWith('text') ? { last_event_id: lost } : { after: lost })}`
    const { status, body } = await served.request('GET', path, undefined, { accept })
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', message: expect.stringMatching(/has no entry .* lost/) } },
    })
  }
  expect((await served.request('GET', `/events?${new URLSearchParams({ after: cursor })}`)).status).toBe(200)
})

test('a stream tells only what fits topic, type, entity and correlation id', async () => {
  await note('a', 'x', { correlationId: 'one' })
  await note('b', 'x', { correlationId: 'two' })
  await note('a', 'x', { topic: 'memo', correlationId: 'two' })
  const asked = async (query: string) => {
    const stream = await follow(`/events?from=beginning&${query}`)
    await eventually(() => expect(isReady(stream)).toBe(true))
    stream.leave()
    await stream.reading
    return entities(stream.frames).sort()
  }
  expect(await asked('topic=note')).toEqual(['a', 'b'])
  expect(await asked('topic=note,memo&entity=a')).toEqual(['a', 'a'])
  expect(await asked('correlation_id=two')).toEqual(['a', 'b'])
  expect(await asked('type=other')).toEqual([])
})

test.each([
  ['/events', { 'last-event-id': 'x' }, 'Last-Event-ID'],
  ['/events?last_event_id=note%3D,,', {}, 'last_event_id'],
  ['/events?topic=nope', {}, 'topic'],
  ['/events?from=tomorrow', {}, 'from'],
  ['/events?colour=red', {}, 'colour'],
])('%s with %o is refused, and %s is named', async (path, headers, named) => {
  const { status, body } = await served.request('GET', path, undefined, {
    accept: 'text/event-stream',
    ...headers,
  })
  expect(status).toBe(400)
  expect(JSON.stringify(body)).toContain(named)
})

test('a stream too many is told when to come again', async () => {
  const open = await Promise.all([1, 2, 3].map(() => follow('/events')))
  const refused = await follow('/events')
  expect([refused.response.status, refused.response.headers.get('retry-after')]).toEqual([503, '5'])
  open[0]?.leave()
  await eventually(async () => {
    const again = await follow('/events')
    expect(again.response.status).toBe(200)
    again.leave()
  })
  for (const stream of open) stream.leave()
})

test('a process that leaves ends its streams with a reason, and takes no more', async () => {
  const stream = await follow('/events')
  await eventually(() => expect(isReady(stream)).toBe(true))
  log.leave()
  await stream.reading
  expect(stream.frames.at(-1)).toMatchObject({
    event: 'end',
    data: { reason: expect.stringMatching(/stops/) },
  })
  expect((await follow('/events')).response.status).toBe(503)
})

test('a reader who takes nothing is dropped with a reason, and others go on', async () => {
  const { port } = new URL(served.url)
  const slow = connect(Number(port), '127.0.0.1')
  slow.write('GET /events HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n')
  await once(slow, 'data')
  slow.pause()
  const other = await follow('/events')
  await eventually(() => expect(isReady(other)).toBe(true))
  const big = 'x'.repeat(100_000)
  for (let i = 0; i < 100; i++) await note(`e${i}`, big)
  await eventually(() => expect(entities(other.frames)).toHaveLength(100))
  // Its place is free again: three more would be too many otherwise.
  await eventually(async () => {
    const more = await Promise.all([1, 2].map(() => follow('/events')))
    for (const { leave } of more) leave()
    expect(more.map(({ response }) => response.status)).toEqual([200, 200])
  })
  let text = ''
  slow.on('data', (piece) => {
    text += piece
  })
  slow.resume()
  await eventually(() => expect(text.slice(-200)).toContain('event: end\ndata: {"reason":"slow reader: '))
  slow.destroy()
  other.leave()
})

test('pages of the log lead from one to the next', async () => {
  for (let i = 0; i < 5; i++) await note(`e${i}`)
  const seen: string[] = []
  for (let path: string | null = '/events?topic=note&limit=2'; path; ) {
    const { status, body } = await served.request('GET', path)
    expect(status).toBe(200)
    const page = body as { items: { entity_id: string }[]; next: string | null }
    seen.push(...page.items.map(({ entity_id }) => entity_id))
    path = page.next
  }
  expect(seen.sort()).toEqual(['e0', 'e1', 'e2', 'e3', 'e4'])
  expect((await served.request('GET', '/events?after=x')).body).toMatchObject({
    error: { message: expect.stringMatching(/^after: watch from a cursor: 'x'/) },
  })
})

test('the history of an entity is paged, newest first', async () => {
  for (const text of ['a', 'b', 'c']) await note('one', text)
  const { body } = await served.request('GET', '/topics/note/entities/one/events?limit=2')
  const { items, next } = body as { items: { version: number }[]; next: string }
  expect(items.map(({ version }) => version)).toEqual([3, 2])
  expect((await served.request('GET', next)).body).toMatchObject({ items: [{ version: 1 }], next: null })
  expect((await served.request('GET', '/topics/nope/entities/one/events')).status).toBe(404)
  expect((await served.request('GET', '/topics/note/entities/one/events?before=0')).status).toBe(400)
})

test('an event is found by its id, with what it led to; topics tell their heads', async () => {
  await note('one')
  const [event] = await store.lastEvents([{ topic: 'note', entityId: 'one' }])
  const id = event?.event_id
  await note('two', 'x', { correlationId: event?.correlation_id, causationId: id })
  expect((await served.request('GET', `/events/${id}`)).body).toEqual(event)
  expect((await served.request('GET', `/causes/${id}`)).body).toMatchObject({
    ancestors: [],
    tree: { event: { event_id: id }, effects: [{ event: { entity_id: 'two' }, effects: [] }] },
    complete: true,
  })
  expect((await served.request('GET', '/events/7')).status).toBe(400)
  const { topics } = (await served.request('GET', '/topics')).body as {
    topics: { topic: string; partitions: { head: number }[] }[]
  }
  expect(
    topics.map(({ topic, partitions }) => [topic, partitions.reduce((sum, { head }) => sum + head, 0)]),
  ).toEqual([
    ['note', 2],
    ['memo', 0],
  ])
})
