import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { clientOf, each, type Method, send } from '@ordershop/check/client'
import { eventCount, eventsSince, mark, settled } from '@ordershop/check/log'
import { eventually } from '@ordershop/core/testing'
import { requestSigner } from '@ordershop/service'
import { keyFiles } from '@ordershop/shop'
import { expect, inject, test } from 'vitest'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()])

// What the requests refer to.
const none = randomUUID()
const ada = { name: 'Ada', email: 'ada@bad-input.example' }
const [customer = '', goneCustomer = ''] = await client.post('/customers', [ada, ada])
const lamp = { name: 'Lamp', price: 2 }
const [product = '', goneProduct = ''] = await client.post('/products', [lamp, lamp])
const stock = await client.create('/inventory', { product_id: product, amount: 3 })
const order = (product_ids: unknown, customer_id = customer) => ({ customer_id, product_ids })
const pieces = (count: number) => order(each(count, () => product))
const orders = await client.post('/orders', [pieces(1), pieces(9), pieces(1)])
const [billed = '', rejected = '', gone = ''] = orders
await settled(store)
await client.post('/billing', { order_id: billed })
for (const path of [`/order/${gone}`, `/customer/${goneCustomer}`, `/product/${goneProduct}`])
  await client.delete(path)
await settled(store)

/** The field that is named, if one is to blame, and what is told of it. */
type Refusal = readonly [status: number, field: string | null, told: string]
type Row = readonly [what: string, request: `${Method} /${string}`, body: unknown, ...Refusal]

const creations: Row[] = [
  ['a name that is a number', 'POST /customers', { ...ada, name: 7 }, 400, 'name', 'got 7'],
  ['no e-mail address', 'POST /customers', { name: 'Ada' }, 400, 'email', 'got nothing'],
  ['an e-mail address without @', 'POST /customer', { ...ada, email: 'ada' }, 400, 'email', 'got "ada"'],
  ['a bad item after a good one', 'POST /customers', [ada, { ...ada, email: 5 }], 400, '1.email', 'got 5'],
  ['an item that is no object', 'POST /customers', [ada, 7], 400, '1', 'got 7'],
  ['no body', 'POST /customers', undefined, 400, '', 'got nothing'],
  ['malformed JSON', 'POST /customers', '{"name": "Ada", ', 400, null, 'expected JSON'],
  ['an empty array', 'POST /customers', [], 400, '', 'got []'],
  ['1,001 items', 'POST /customers', each(1_001, () => ada), 400, '', '1000'],
  ['more than 1 MiB', 'POST /customers', { ...ada, name: 'x'.repeat(2 ** 20) }, 413, null, '1048576'],
  ['a price that is text', 'POST /products', { ...lamp, price: '19.99' }, 400, 'price', 'got "19.99"'],
  ['a price of three decimals', 'POST /products', { ...lamp, price: 1.999 }, 400, 'price', 'got 1.999'],
  ['half a piece', 'POST /inventory', { product_id: product, amount: 1.5 }, 400, 'amount', 'got 1.5'],
  ['stock of no product', 'POST /inventory', { product_id: none, amount: 1 }, 400, 'product_id', none],
  [
    'stock of a deleted product after good stock',
    'POST /inventory',
    [product, goneProduct].map((product_id) => ({ product_id, amount: 1 })),
    ...[400, '1.product_id', goneProduct],
  ] as const,
  ['an order of nothing', 'POST /orders', order([]), 400, 'product_ids', 'got []'],
  ['an order of no list', 'POST /orders', order(product), 400, 'product_ids', product],
  ['an order of what is no UUID', 'POST /orders', order([product, '7']), 400, 'product_ids.1', 'got "7"'],
  ['an order of 1,001 pieces', 'POST /orders', pieces(1_001), 400, 'product_ids', '1000'],
  [
    'an order of 101 products',
    'POST /orders',
    order(each(101, () => randomUUID())),
    400,
    'product_ids',
    '100',
  ],
  ['an order without a customer', 'POST /orders', order([product], none), 400, 'customer_id', none],
  [
    'an order by one who left',
    'POST /orders',
    order([product], goneCustomer),
    400,
    'customer_id',
    goneCustomer,
  ],
  ['an order of no product', 'POST /orders', [pieces(1), order([none])], 400, '1.product_ids.0', none],
  ['an order of a deleted product', 'POST /orders', order([goneProduct]), 400, 'product_ids.0', goneProduct],
  ['a bill for nothing', 'POST /billing', {}, 400, 'order_id', 'got nothing'],
  ['a bill for no order', 'POST /billing', { order_id: none }, 400, 'order_id', none],
  ['a bill for a deleted order', 'POST /billing', { order_id: gone }, 400, 'order_id', gone],
  ['a bill for a rejected order', 'POST /billing', { order_id: rejected }, 409, 'order_id', rejected],
]

const unknown = (kind: string, body: object): Row[] => [
  [`change of no ${kind}`, `PUT /${kind}/${none}`, body, 404, null, none],
  [`deletion of no ${kind}`, `DELETE /${kind}/${none}`, undefined, 404, null, none],
  [`deletion of a ${kind} whose id is no UUID`, `DELETE /${kind}/seven`, undefined, 404, null, 'seven'],
]
const changes: Row[] = [
  ...unknown('customer', ada),
  ...unknown('product', lamp),
  ...unknown('inventory', { product_id: product, amount: 1 }),
  ...unknown('order', pieces(1)),
  ['change of a deleted customer', `PUT /customer/${goneCustomer}`, ada, 404, null, goneCustomer],
  ['a price below zero', `PUT /product/${product}`, { ...lamp, price: -1 }, 400, 'price', 'got -1'],
  [
    'stock moved elsewhere',
    `PUT /inventory/${stock}`,
    { product_id: none, amount: 1 },
    400,
    'product_id',
    none,
  ],
  ['change of a billed order', `PUT /order/${billed}`, pieces(2), 409, null, billed],
  ['deletion of a billed order', `DELETE /order/${billed}`, undefined, 409, null, billed],
  ['change of a rejected order', `PUT /order/${rejected}`, pieces(1), 409, null, rejected],
]

const methods: Row[] = [
  ['PATCH of a customer', `PATCH /customer/${customer}`, ada, 405, null, 'expected GET or PUT or DELETE'],
  ['PUT of all customers', 'PUT /customers', [ada], 405, null, 'expected GET or POST'],
  ['DELETE of all orders', 'DELETE /orders', undefined, 405, null, 'expected GET or POST'],
  ['DELETE of a billing', `DELETE /billing/${none}`, undefined, 405, null, 'expected GET'],
  ['POST of a report', 'POST /report', {}, 405, null, 'expected GET'],
  ['a path that is none', 'POST /nothing', ada, 404, null, '/nothing'],
]
const table = [...creations, ...changes, ...methods]

test.each(table)('%s is refused with a clear error, and nothing is written', async (...row) => {
  const [, request, body, status, field, told] = row
  const before = await eventCount(store)
  const [method, path] = request.split(' ') as [Method, string]
  const answer = await send(shop.gatewayUrl(), method, path, body)
  const problem = answer.body as { detail: string; errors?: { path: string; message: string }[] }

  const detail = expect.stringContaining(told)
  expect({ status: answer.status, detail: problem.detail }).toEqual({ status, detail })
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET|POST/)
  if (field !== null) expect(problem.errors).toContainEqual({ path: field, message: detail })
  expect(await eventCount(store)).toBe(before)
})

test('a service takes what the gateway has signed, and nothing else: nobody writes through its own port', async () => {
  const { port } = (await shop.processes()).find(({ service }) => service === 'customer') ?? {}
  const keys = join(inject('sandbox').dir, 'keys')
  const path = `/customers/${customer}`
  const body = JSON.stringify({ ...ada, name: 'Eve' })
  const sign = (by: string, command: string) =>
    requestSigner(join(keys, by))({
      audience: 'customer',
      method: 'PUT',
      path,
      body,
      headers: { 'x-command-id': command },
    })
  const put = async (command: string, authorization?: string) => {
    const json = { 'content-type': 'application/json', 'x-command-id': command }
    const headers = { ...json, ...(authorization ? { authorization } : {}) }
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'PUT', body, headers })
    return { status: answer.status, told: await answer.text() }
  }
  await settled(store)
  const before = await mark(store)
  const written = async () => (await eventsSince(store, before)).map(({ type, data }) => ({ type, data }))
  const captured = sign(keyFiles.gatewaySigning, 'eves-1')
  const told = expect.stringContaining('expected a ')
  expect(await put('eves-1')).toEqual({ status: 401, told })
  expect(await put('eves-1', sign(keyFiles.readerSigning, 'eves-1'))).toEqual({ status: 401, told })
  expect(await put('eves-2', captured)).toMatchObject({ status: 401 })
  expect(await written()).toEqual([])
  // The request itself, and an identical repeat of it: one command, one event.
  expect(await put('eves-1', captured)).toMatchObject({ status: 200 })
  expect(await put('eves-1', captured)).toMatchObject({ status: 200 })
  const data = { customer_id: customer, ...ada, name: 'Eve' }
  expect(await written()).toEqual([{ type: 'customer_updated', data }])
})

test('the monitor does what operators ask of the gateway, and nothing that it is asked itself', async () => {
  const { port } = (await shop.processes()).find(({ service }) => service === 'monitor') ?? {}
  const monitor = `http://127.0.0.1:${port}`
  const path = '/v1/ops/processes/crm/stop'
  const keys = join(inject('sandbox').dir, 'keys')
  const sign = (by: string, more: { audience?: string; path?: string; actor?: string } = {}) => {
    const { audience = 'monitor', path: signed = path, actor = 'eve' } = more
    const request = { audience, method: 'POST', path: signed, body: '{}', headers: { 'x-actor': actor } }
    return requestSigner(join(keys, by))(request)
  }
  const told: number[] = []
  for (const authorization of [
    '',
    sign(keyFiles.readerSigning),
    sign(keyFiles.gatewaySigning, { audience: 'crm' }),
    sign(keyFiles.gatewaySigning, { path: '/v1/ops/processes/crm/start' }),
    sign(keyFiles.gatewaySigning, { actor: 'ada' }),
  ]) {
    const headers = { 'content-type': 'application/json', 'x-actor': 'eve', authorization }
    told.push((await fetch(monitor + path, { method: 'POST', body: '{}', headers })).status)
  }
  expect(told).toEqual(Array(5).fill(401))
  expect((await fetch(`${monitor}/v1/ops/groups`)).status).toBe(401)
  // What KEDA asks it asks nobody for.
  expect((await fetch(`${monitor}/lag/crm`)).status).toBe(200)

  const crm = async () => {
    const { body } = await send(shop.gatewayUrl(), 'GET', '/v1/ops/processes')
    const { processes } = body as { processes: { service: string; state: string }[] }
    return processes.find(({ service }) => service === 'crm')?.state
  }
  expect(await crm()).toBe('ready')
  expect((await send(shop.gatewayUrl(), 'POST', path, {})).status).toBe(202)
  expect(await crm()).toBe('stopped')
  expect((await send(shop.gatewayUrl(), 'POST', '/v1/ops/processes/crm/start', {})).status).toBe(202)
  await eventually(async () => expect(await crm()).toBe('ready'), { withinMs: 20_000 })
  const skip = { reason: 'nothing waits', first: '1-0' }
  const noKey = await send(shop.gatewayUrl(), 'POST', `/v1/ops/parked/crm/customer/${none}/skip`, skip)
  expect(noKey).toMatchObject({ status: 404, body: { detail: expect.stringContaining(none) } })
})

test('after all of that the shop still accepts valid requests', async () => {
  await settled(store)
  const before = await eventCount(store)
  const id = await client.create('/customers', ada)
  expect(await client.get(`/customer/${id}`)).toEqual({ id, ...ada })
  await settled(store)
  const more = (await eventCount(store)) - before
  console.log(`${table.length} kinds of bad input refused; the next good one led to ${more} events`)
  // customer_created, mail_requested, mail_sent
  expect(more).toBe(3)
})
