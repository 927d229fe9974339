import { catalog, type ShopEvent } from '@ordershop/contracts'
import { type EventStore, memoryEventStore } from '@ordershop/event-store'
import { type Served, serve } from '@ordershop/service/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { routes } from './routes.ts'

const id = (n: number) => `0199c1e2-7f3a-7c3e-9b1d-00000000000${n}`
const ada = { customer_id: id(1), name: 'Ada', email: 'ada@example.com' }
const bob = { customer_id: id(2), name: 'Bob', email: 'bob@example.com' }

describe('customers over HTTP', () => {
  let store: EventStore<ShopEvent>
  let shop: Served
  beforeEach(async () => {
    store = memoryEventStore({ catalog })
    shop = await serve(routes({ store }))
  })
  afterEach(async () => {
    await shop.close()
    await store.close()
  })

  const history = async (entityId: string) =>
    (await store.readEntity({ topic: 'customer', entityId })).map(({ type, data }) => ({ type, data }))

  test('are created together, and the response has the position of each', async () => {
    const { status, body } = await shop.request('POST', '/customers', { items: [ada, bob] })
    expect(status).toBe(200)
    const positions = [id(1), id(2)].map((entityId) => ({
      topic: 'customer',
      partition: store.partitionOf(entityId),
    }))
    expect(body).toMatchObject({ ids: [id(1), id(2)], positions })
    expect(await history(id(1))).toEqual([{ type: 'customer_created', data: ada }])
    expect(await history(id(2))).toEqual([{ type: 'customer_created', data: bob }])
  })

  test('are created once, however often the request is repeated', async () => {
    const first = await shop.request('POST', '/customers', { items: [ada] })
    expect(await shop.request('POST', '/customers', { items: [ada] })).toMatchObject({ body: first.body })
    expect(await history(id(1))).toHaveLength(1)
  })

  test('are updated and deleted', async () => {
    await shop.request('POST', '/customers', { items: [ada] })
    const countess = { name: 'Countess', email: 'ada@example.com' }
    expect((await shop.request('PUT', `/customers/${id(1)}`, countess)).status).toBe(200)
    const { status, body } = await shop.request('DELETE', `/customers/${id(1)}`)
    expect(status).toBe(200)
    expect(body).toEqual({
      positions: [{ topic: 'customer', partition: store.partitionOf(id(1)), position: 3 }],
    })
    expect((await history(id(1))).map(({ type }) => type)).toEqual([
      'customer_created',
      'customer_updated',
      'customer_deleted',
    ])
  })

  test('carry the cause that the gateway named', async () => {
    const headers = { 'x-correlation-id': 'request-1', 'x-command-id': 'command-1', 'x-actor': 'someone' }
    await shop.request('POST', '/customers', { items: [ada] }, headers)
    const [created] = await store.readEntity({ topic: 'customer', entityId: id(1) })
    expect(created).toMatchObject({
      correlation_id: 'request-1',
      causation_id: 'command-1',
      actor: 'someone',
    })
  })

  test('are refused as a whole, naming every bad field', async () => {
    const items = [ada, { ...bob, email: 'nowhere' }, { customer_id: '7', email: 'x@example.com' }]
    const { status, body } = await shop.request('POST', '/customers', { items })
    expect(status).toBe(400)
    const { error } = body as { error: { code: string; fields: { path: string }[] } }
    expect(error.code).toBe('invalid')
    expect(error.fields.map(({ path }) => path)).toEqual([
      'items.1.email',
      'items.2.name',
      'items.2.customer_id',
    ])
    expect(await history(id(1))).toEqual([])
  })

  test('are changed only at the version that was meant, and a repeat is no other change', async () => {
    const at = (version: number) => ({ 'x-expected-version': `${version}` })
    const countess = { name: 'Countess', email: 'ada@example.com' }
    await shop.request('POST', '/customers', { items: [ada] })
    expect((await shop.request('PUT', `/customers/${id(1)}`, countess, at(1))).status).toBe(200)
    expect((await shop.request('PUT', `/customers/${id(1)}`, countess, at(1))).status).toBe(200)
    const { status, body } = await shop.request('DELETE', `/customers/${id(1)}`, undefined, at(1))
    expect(status).toBe(409)
    expect(body).toMatchObject({ error: { fields: [{ path: 'version', message: 'expected 1, got 2' }] } })
    expect(await history(id(1))).toHaveLength(2)
  })

  test('are changed only at the version of the history that was meant', async () => {
    const at = (token: string) => ({ 'x-expected-version': token })
    await shop.request('POST', '/customers', { items: [ada] })
    const [{ version, entry_id } = {}] = await store.readEntity({ topic: 'customer', entityId: id(1) })
    const remove = (token: string) => shop.request('DELETE', `/customers/${id(1)}`, undefined, at(token))
    expect(await remove('1@1-0')).toMatchObject({
      status: 409,
      body: { error: { fields: [{ path: 'version', message: `expected 1@1-0, got 1@${entry_id}` }] } },
    })
    expect((await remove(`${version}@${entry_id}`)).status).toBe(200)
  })

  test('are told as they were at any time, as long as they existed', async () => {
    await shop.request('POST', '/customers', { items: [ada] })
    await shop.request('PUT', `/customers/${id(1)}`, { name: 'Countess', email: 'ada@example.com' })
    await shop.request('DELETE', `/customers/${id(1)}`)
    const at = (when: unknown) => shop.request('GET', `/customers/${id(1)}?at=${when}`)
    const events = await store.readEntity({ topic: 'customer', entityId: id(1) })
    expect(await at(1)).toMatchObject({
      status: 200,
      body: { entity: ada, version: 1, entry_id: events[0]?.entry_id },
    })
    expect(await at(2)).toMatchObject({ body: { entity: { ...ada, name: 'Countess' }, version: 2 } })
    for (const gone of [3, '2001-01-01T00:00:00Z', '2100-01-01T00:00:00Z'])
      expect(await at(gone)).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
    expect(await at('now')).toMatchObject({ status: 400, body: { error: { fields: [{ path: 'at' }] } } })
  })

  test('must exist to be changed', async () => {
    const body = { name: 'Ada', email: 'ada@example.com' }
    expect((await shop.request('PUT', `/customers/${id(9)}`, body)).status).toBe(404)
    expect((await shop.request('DELETE', '/customers/nobody')).status).toBe(404)
    expect((await shop.request('GET', '/customers')).status).toBe(405)
  })
})
