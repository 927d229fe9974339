import { catalog, type ShopEvent } from '@ordershop/contracts'
import { type EventStore, memoryEventStore } from '@ordershop/event-store'
import { type Served, serve } from '@ordershop/service/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { routes } from './routes.ts'

const id = (n: number) => `0199c1e2-7f3a-7c3e-9b1d-00000000000${n}`
const first = { gift_card_id: id(1), name: 'Ada' }
const second = { gift_card_id: id(2), name: 'Grace' }

describe('gift cards over HTTP', () => {
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
    (await store.readEntity({ topic: 'gift-card', entityId })).map(({ type, data }) => ({ type, data }))

  test('are created together, and the response has the position of each', async () => {
    const { status, body } = await shop.request('POST', '/gift-cards', { items: [first, second] })
    expect(status).toBe(200)
    const positions = [id(1), id(2)].map((entityId) => ({
      topic: 'gift-card',
      partition: store.partitionOf(entityId),
    }))
    expect(body).toMatchObject({ ids: [id(1), id(2)], positions })
    expect(await history(id(1))).toEqual([{ type: 'gift_card_created', data: first }])
    expect(await history(id(2))).toEqual([{ type: 'gift_card_created', data: second }])
  })

  test('are created once, however often the request is repeated', async () => {
    const created = await shop.request('POST', '/gift-cards', { items: [first] })
    expect(await shop.request('POST', '/gift-cards', { items: [first] })).toMatchObject({ body: created.body })
    expect(await history(id(1))).toHaveLength(1)
  })

  test('are updated and deleted', async () => {
    await shop.request('POST', '/gift-cards', { items: [first] })
    const renamed = { name: 'Grace' }
    expect((await shop.request('PUT', `/gift-cards/${id(1)}`, renamed)).status).toBe(200)
    const { status, body } = await shop.request('DELETE', `/gift-cards/${id(1)}`)
    expect(status).toBe(200)
    expect(body).toEqual({
      positions: [{ topic: 'gift-card', partition: store.partitionOf(id(1)), position: 3 }],
    })
    expect((await history(id(1))).map(({ type }) => type)).toEqual([
      'gift_card_created',
      'gift_card_updated',
      'gift_card_deleted',
    ])
  })

  test('carry the cause that the gateway named', async () => {
    const headers = { 'x-correlation-id': 'request-1', 'x-command-id': 'command-1', 'x-actor': 'someone' }
    await shop.request('POST', '/gift-cards', { items: [first] }, headers)
    const [created] = await store.readEntity({ topic: 'gift-card', entityId: id(1) })
    expect(created).toMatchObject({
      correlation_id: 'request-1',
      causation_id: 'command-1',
      actor: 'someone',
    })
  })

  test('are refused as a whole, naming every bad field', async () => {
    const items = [first, { ...second, name: '' }, { gift_card_id: '7' }]
    const { status, body } = await shop.request('POST', '/gift-cards', { items })
    expect(status).toBe(400)
    const { error } = body as { error: { code: string; fields: { path: string }[] } }
    expect(error.code).toBe('invalid')
    expect(error.fields.map(({ path }) => path)).toEqual([
      'items.1.name',
      'items.2.name',
      'items.2.gift_card_id',
    ])
    expect(await history(id(1))).toEqual([])
  })

  test('must exist to be changed', async () => {
    const body = { name: 'Ada' }
    expect((await shop.request('PUT', `/gift-cards/${id(9)}`, body)).status).toBe(404)
    expect((await shop.request('DELETE', '/gift-cards/nothing')).status).toBe(404)
    expect((await shop.request('GET', '/gift-cards')).status).toBe(405)
  })
})
