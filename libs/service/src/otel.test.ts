import { AppError } from '@ordershop/core'
import { Router } from 'express'
import { afterEach, expect, test, vi } from 'vitest'
import { createLog } from './log.ts'
import { tracedAppend, tracedHandling } from './messaging.ts'
import { otelTracing } from './otel.ts'
import type { Tracing } from './span.ts'
import { type OtlpReceiver, otlpReceiver, serve } from './testing.ts'
import { setTracing, traced } from './tracing.ts'

let receiver: OtlpReceiver
let tracing: Tracing | undefined
afterEach(async () => {
  setTracing(undefined)
  await tracing?.stop(5_000)
  vi.unstubAllEnvs()
  await receiver.close()
})

async function open(sampled = 1): Promise<void> {
  receiver = await otlpReceiver()
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const log = createLog({ service: 'shop', level: 'silent' })
  tracing = otelTracing({ service: 'shop', instance: 'shop-1', sampled }, log)
  setTracing(tracing)
}

/** All spans there are, by name. */
async function spans() {
  await tracing?.stop(5_000)
  return new Map(receiver.spans().map((span) => [span.name, span]))
}

const place = { topic: 'order', partition: 3, group: 'inventory' }
const trace = (n: number, flags = '01') => `00-${String(n).repeat(32)}-${String(n).repeat(16)}-${flags}`
const event = (n: number, flags?: string) => ({
  event_id: `e${n}`,
  entry_id: `${n}-0`,
  correlation_id: `c${n}`,
  traceparent: trace(n, flags),
})

test('a request and everything it calls, appends and leads to are one trace', async () => {
  await open()
  const routes = Router().post('/orders/:id', async (request, response) => {
    const parent = request.headers.traceparent as string
    await traced('POST order', { kind: 'client', parent, attributes: {} }, async (span) => {
      await tracedAppend({ ...place, events: 1, traceparent: span.traceparent }, async (traceparent) => {
        await tracedHandling(
          { ...place, events: [{ ...event(1), ...(traceparent ? { traceparent } : {}) }] },
          async (traceparentOf) => {
            expect(traceparentOf?.({ event_id: 'e1' })?.slice(0, 35)).toBe(parent.slice(0, 35))
          },
        )
      })
    })
    response.json(true)
  })
  const served = await serve(routes)
  await served.request('POST', '/orders/1?x=2', {})
  await served.request('GET', '/readyz')
  await served.close()
  const found = await spans()
  const chain = ['POST /orders/:id', 'POST order', 'append order', 'process order'].map((name) =>
    found.get(name),
  )
  expect([...found.keys()].sort()).toEqual(chain.map((span) => span?.name).sort())
  expect(new Set(chain.map((span) => span?.traceId)).size).toBe(1)
  expect(chain.map((span) => span?.parentSpanId)).toEqual([
    undefined,
    ...chain.slice(0, -1).map((span) => span?.spanId),
  ])
  expect(chain.map((span) => span?.kind)).toEqual([2, 3, 4, 5])
  expect(chain[0]).toMatchObject({
    service: 'shop',
    attributes: { 'http.route': '/orders/:id', 'url.path': '/orders/1', 'http.response.status_code': 200 },
  })
  expect(chain[3]?.attributes).toEqual({
    'messaging.system': 'redis',
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': 'order',
    'messaging.destination.partition.id': '3',
    'messaging.consumer.group.name': 'inventory',
    'messaging.message.id': '1-0',
    'messaging.message.conversation_id': 'c1',
  })
})

test('a batch links to every event, and belongs to the trace of the first that is recorded', async () => {
  await open()
  await tracedHandling({ ...place, events: [event(1, '00'), event(2), event(3)] }, (traceparentOf) => {
    expect(traceparentOf?.(event(2))).toMatch(new RegExp(`^00-${'2'.repeat(32)}-(?!2222)`))
    for (const other of [event(1, '00'), event(3)]) expect(traceparentOf?.(other)).toBe(other.traceparent)
  })
  const span = (await spans()).get('process order')
  expect(span).toMatchObject({ traceId: '2'.repeat(32), parentSpanId: '2'.repeat(16) })
  expect(span?.links?.map(({ traceId, spanId }) => [traceId, spanId])).toEqual(
    [1, 2, 3].map((n) => [String(n).repeat(32), String(n).repeat(16)]),
  )
  expect(span?.attributes['messaging.batch.message_count']).toBe(3)
})

test('a failed span is marked with its code, but a conflict is an answer', async () => {
  await open()
  const fail = (topic: string, error: Error) =>
    tracedAppend({ ...place, topic, events: 1, traceparent: trace(1) }, () => Promise.reject(error)).catch(
      () => {},
    )
  await fail('order', new AppError('unavailable', 'Redis cannot be reached'))
  await fail('mail', new AppError('conflict', 'it is there already'))
  const found = await spans()
  expect(found.get('append order')).toMatchObject({
    attributes: { 'error.type': 'unavailable' },
    status: { code: 2, message: 'Redis cannot be reached' },
  })
  expect(found.get('append mail')?.attributes['error.type']).toBe('conflict')
  expect(found.get('append mail')?.status.code ?? 0).toBe(0)
})

test('an event without a trace, or of one that is not recorded, is handled without a span, and its context kept', async () => {
  await open()
  const { traceparent: _, ...traceless } = event(1)
  await tracedHandling({ ...place, events: [traceless] }, (traceparentOf) =>
    expect(traceparentOf).toBeUndefined(),
  )
  await tracedHandling({ ...place, events: [event(2, '00')] }, (traceparentOf) =>
    expect(traceparentOf).toBeUndefined(),
  )
  await tracedAppend({ ...place, events: 1, traceparent: trace(2, '00') }, async (own) =>
    expect(own).toBeUndefined(),
  )
  expect((await spans()).size).toBe(0)
})

test('whether a trace is recorded is decided where it starts, and every service follows that', async () => {
  await open(0)
  const contexts: unknown[] = []
  const served = await serve(
    Router().get('/', (request, response) => {
      contexts.push(request.headers.traceparent)
      response.json(true)
    }),
  )
  await served.request('GET', '/')
  await served.request('GET', '/', undefined, { traceparent: trace(1) })
  await served.close()
  expect(contexts).toEqual([
    expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
    expect.stringMatching(new RegExp(`^00-${'1'.repeat(32)}-[0-9a-f]{16}-01$`)),
  ])
  expect([...(await spans()).values()].map(({ traceId }) => traceId)).toEqual(['1'.repeat(32)])
})

test('of the traces that start here the configured share is recorded, and no other', async () => {
  await open(0.5)
  const began: (string | undefined)[] = []
  for (let k = 0; k < 400; k++)
    await traced('GET', { kind: 'server', parent: undefined, attributes: {} }, ({ traceparent }) => {
      began.push(traceparent)
    })
  const recorded = began.filter((traceparent) => traceparent?.endsWith('-01'))
  // 400 throws of a coin: outside of this less often than once in 10^20 runs.
  expect(recorded.length).toBeGreaterThan(100)
  expect(recorded.length).toBeLessThan(300)
  expect(new Set(began).size).toBe(400)
  await tracing?.stop(5_000)
  expect(
    receiver
      .spans()
      .map(({ traceId }) => traceId)
      .sort(),
  ).toEqual(recorded.map((traceparent) => traceparent?.slice(3, 35)).sort())
})
