import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { clientOf, each } from '@ordershop/check/client'
import { settled } from '@ordershop/check/log'
import { apiKeyLine, newApiKey } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { otlpReceiver, type ReceivedSpan } from '@ordershop/service/testing'
import { Redis } from 'ioredis'
import { afterAll, expect, test } from 'vitest'
import { logsIn, secretsIn, toldIn } from './planted.ts'
import { openOwnShop } from './shop.ts'

const receiver = await otlpReceiver()
afterAll(() => receiver.close())
const keysFile = join(mkdtempSync(join(tmpdir(), 'ordershop-keys-')), 'api-keys')
afterAll(() => rmSync(dirname(keysFile), { recursive: true }))
const apiKey = newApiKey()
writeFileSync(keysFile, `${apiKeyLine(apiKey, { name: 'warehouse', roles: 'write' })}\n`)
const shop = await openOwnShop('tracing', {
  AUTH: 'optional',
  AUTH_API_KEYS_FILE: keysFile,
  LOG_LEVEL: 'debug',
  OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
})
const { store } = shop
const client = clientOf([shop.gatewayUrl()], [200, 202])

/** Spans are sent each 5 s. */
const sent = { withinMs: 20_000, everyMs: 100 }
const idOf = ({ traceId, spanId }: { traceId: string; spanId: string }) => `${traceId}/${spanId}`
const nameOf = ({ service, name }: ReceivedSpan) => `${service}: ${name}`
const traceOf = (spans: readonly ReceivedSpan[], { traceId }: ReceivedSpan) =>
  spans.filter((span) => span.traceId === traceId)

async function stock(amount: number): Promise<{ customer_id: string; product_ids: string[] }> {
  const customer_id = await client.create('/customers', { name: 'Trace', email: 'trace@tracing.example' })
  const product = await client.create('/products', { name: 'Thread', price: 1 })
  await client.post('/inventory', { product_id: product, amount })
  await settled(store)
  return { customer_id, product_ids: [product] }
}

/** From the last span back to the first. */
function chainTo(last: ReceivedSpan, spans: readonly ReceivedSpan[]): string[] {
  const parent = spans.find(({ spanId }) => spanId === last.parentSpanId)
  return parent ? [...chainTo(parent, spans), nameOf(last)] : [nameOf(last)]
}

test('an order is one trace, from its request through every service to its mail', async () => {
  const order = await stock(10)
  await client.create('/orders', order)
  await settled(store)
  const trace = await eventually(() => {
    const root = receiver.spans().find((span) => nameOf(span) === 'gateway: POST /orders')
    const found = root ? traceOf(receiver.spans(), root) : []
    // Thanks, and the payment request once it is confirmed; each service sends its spans when it likes.
    expect(
      found.filter(({ service, name }) => service === 'mail' && name === 'append delivery'),
    ).toHaveLength(2)
    const known = new Set(found.map(({ spanId }) => spanId))
    expect(found.filter(({ parentSpanId = '' }) => !known.has(parentSpanId))).toEqual([root])
    return found
  }, sent)
  expect(trace.filter(({ status }) => status.code === 2).map(nameOf)).toEqual([])

  const chains = trace.filter(({ name }) => name === 'append delivery').map((span) => chainTo(span, trace))
  const placed = [
    'gateway: POST /orders',
    'gateway: POST order',
    'order: POST /orders',
    'order: append order',
  ]
  const reserved = [
    ...['inventory: process order', 'inventory: append reservation'],
    ...['inventory: process reservation', 'inventory: append inventory'],
    ...['order: process inventory', 'order: append order'],
  ]
  const mailed = ['crm: process order', 'crm: append mail', 'mail: process mail', 'mail: append delivery']
  expect(chains).toContainEqual([...placed, ...mailed])
  expect(chains).toContainEqual([...placed, ...reserved, ...mailed])
  console.log(
    `one order: ${trace.length} spans of ${new Set(trace.map(({ service }) => service)).size} services`,
  )
})

test('events of many orders that are handled together are links of one span', async () => {
  const order = await stock(1_000)
  await Promise.all(each(60, () => client.create('/orders', order)))
  await settled(store)
  const batch = await eventually(() => {
    const found = receiver
      .spans()
      .find(
        ({ name, links = [] }) =>
          name === 'process reservation' && new Set(links.map(({ traceId }) => traceId)).size > 1,
      )
    return found ?? expect.fail('no batch of several traces yet')
  }, sent)
  const links = batch.links ?? []
  expect(batch.attributes['messaging.batch.message_count']).toBe(links.length)
  await eventually(() => {
    const linked = receiver.spans().filter((span) => links.some((link) => idOf(link) === idOf(span)))
    expect(linked.map(({ name }) => name)).toEqual(links.map(() => 'append reservation'))
    // What the batch led to continues in the trace of each order: it was created, and confirmed or rejected.
    const decided = receiver.spans().filter((span) => nameOf(span) === 'order: append order')
    for (const { traceId } of links)
      expect(decided.filter((span) => span.traceId === traceId)).toHaveLength(2)
  }, sent)
  console.log(`a batch with links to ${links.length} events`)
})

test('a rebuild of the read model creates no span', async () => {
  const topics = ['customer', 'product', 'inventory', 'order', 'billing']
  const events = (await store.ops.lag({ all: topics })).reduce((sum, { head }) => sum + head, 0)
  expect(events).toBeGreaterThan(100)
  await store.ops.rebuild('read-model', topics)
  await eventually(async () =>
    expect(await store.ops.projection('read-model', topics)).toMatchObject({ live: 2, building: null }),
  )
  // Stopping sends whatever is left to send.
  await shop.run('stop', 'read-model')
  expect(receiver.spans().filter(({ service }) => service === 'read-model')).toEqual([])
  expect(receiver.spans().some(({ service }) => service === 'crm')).toBe(true)
})

/** An event of a customer that no schema takes, as an older release or somebody's hand may have left it. */
async function breakCustomer(entity: string, data: string): Promise<void> {
  const at = `{customer:${store.partitionOf(entity)}}`
  const redis = new Redis(shop.redisUrl)
  const position = await redis.hincrby(`head:${at}`, 'position', 1)
  const event = `customer_updated ${entity} ${randomUUID()} 2 ${position} - {"c":"by-hand"}`
  await redis.xadd(`events:${at}`, '*', 'event/2', event, 'data', data)
  redis.disconnect()
}

/** What `scripts/ordershop-ops` prints; of a failure its complaint. */
async function opsSays(...args: string[]) {
  const failure = (error: { stdout: string; stderr: string }) => error.stdout + error.stderr
  return { name: `ops ${args.join(' ')}`, text: await shop.ops(...args).catch(failure) }
}

test('neither logs nor metrics, traces, refusals or what an operator is shown tell who the customers are, nor any password or key', async () => {
  await shop.run('start', 'read-model')
  const person = { name: 'Zenobia Planted', email: 'zenobia@planted.example' }
  const ask = (method: string, path: string, authorization: string, body?: object) =>
    fetch(shop.gatewayUrl() + path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const asked = async (...request: Parameters<typeof ask>) => {
    const answer = await ask(...request)
    return {
      name: request.slice(0, 2).join(' '),
      text: `${[...answer.headers]} ${await answer.text()}`,
      answer,
    }
  }
  const { product_ids } = await stock(5)
  const good = `Bearer ${apiKey}`
  const made = await asked('POST', '/v1/customers', good, person)
  expect(made.answer.status).toBe(201)
  const { customer_id } = JSON.parse(made.text.slice(made.text.indexOf('{'))) as { customer_id: string }
  expect((await asked('POST', '/v1/orders', good, { customer_id, product_ids })).answer.status).toBe(201)
  await settled(store)
  await breakCustomer(customer_id, JSON.stringify({ customer_id, name: person.name, email: [person.email] }))
  await breakCustomer(customer_id, `${person.email} ${person.name}`)
  const told = () => logsIn(shop.dir).flatMap(({ text }) => text.match(/cannot be decoded/g) ?? [])
  // By crm and by the read model.
  await eventually(() => expect(told().length).toBeGreaterThanOrEqual(4))

  const wrong = newApiKey()
  const basic = `Basic ${Buffer.from(`ann:${wrong}`).toString('base64')}`
  const refusals = await Promise.all([
    asked('GET', '/v1/customers', `Bearer ${wrong}`),
    asked('GET', '/v1/customers', basic),
    asked('GET', '/v1/customers', `Bearer a.${wrong}.c`),
    asked('POST', '/v1/orders', good, { customer_id, product_ids: [randomUUID()] }),
    asked('PUT', `/v1/customers/${randomUUID()}`, good, person),
    asked('POST', '/v1/billings', good, { order_id: randomUUID() }),
  ])
  expect(refusals.map(({ answer }) => answer.status)).toEqual([401, 401, 401, 400, 404, 400])
  // What a caller has sent may be named to that caller, and to nobody in a log.
  const odd = { name: [person.name], email: ` ${person.email}` }
  expect((await asked('POST', '/v1/customers', good, odd)).answer.status).toBe(400)
  await shop.run('stop', 'mailbox')
  expect((await asked('POST', '/v1/orders', good, { customer_id, product_ids })).answer.status).toBe(201)
  const mailLog = () => logsIn(shop.dir).find(({ name }) => name === 'mail-1.log')?.text
  await eventually(() => expect(mailLog()).toContain('send mail <'))

  const running = (await shop.processes()).filter(({ service }) => !['redis', 'mailbox'].includes(service))
  const metrics = await Promise.all(
    running.map(async ({ instance, port }) => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      return { name: `metrics of ${instance}`, text }
    }),
  )
  expect(metrics.length).toBeGreaterThan(9)
  // By their own ports, where nobody's token is taken: each refuses in words of its own.
  const uncalled = await Promise.all(
    running.map(async ({ instance, port }) => {
      const headers = { authorization: good, 'content-type': 'application/json' }
      const url = `http://127.0.0.1:${port}/customers`
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(odd) })
      return { name: `refusal of ${instance}`, text: await answer.text(), status: answer.status }
    }),
  )
  expect(uncalled.filter(({ status }) => status < 400 || status >= 500)).toEqual([])
  const key = `customer:${customer_id}`
  const shown = [
    await opsSays('parked', 'list', 'crm'),
    await opsSays('parked', 'list', 'read-model.v2'),
    await opsSays('verify', 'customer'),
    await opsSays('parked', 'skip', 'crm', '--key', `${key}-none`, '--reason', 'no such key'),
    await opsSays('parked', 'replay', 'crm', '--key', key),
  ]
  expect(shown.map(({ text }) => text)).toEqual([
    ...[expect.stringContaining(key), expect.stringContaining(key)],
    expect.stringContaining('customer'),
    ...[expect.stringContaining('expected a key that crm has parked'), expect.stringContaining('crm')],
  ])
  // Stopping sends whatever is left to send.
  await shop.run('start', 'mailbox')
  const traced = running.filter(({ service }) => !['read-model', 'monitor', 'archiver'].includes(service))
  await Promise.all(traced.map(({ service }) => shop.run('stop', service)))
  const traces = { name: 'traces', text: JSON.stringify(receiver.spans()) }
  const secrets = [apiKey, wrong, basic, ...secretsIn(shop.dir)]
  expect(secrets.length).toBeGreaterThan(15)
  const everything = [
    ...[...logsIn(shop.dir), ...metrics, traces, ...refusals],
    // The gateway tells its caller what it was sent; so it is not among these.
    ...uncalled.filter(({ name }) => !name.includes('gateway')),
    ...shown,
  ]
  expect(everything.every(({ text }) => text.length > 0)).toBe(true)
  expect(toldIn(everything, [...Object.values(person), ...secrets])).toEqual([])
})
