import { catalog, type ShopEvent } from '@ordershop/contracts'
import { type EventStore, memoryEventStore } from '@ordershop/event-store'
import { type Served, serve } from '@ordershop/service/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { routes } from './routes.ts'

const first = { gift_card_id: '0199c1e2-7f3a-7c3e-9b1d-000000000001', name: 'Ada' }

describe('gift-cards over HTTP', () => {
  let store: EventStore<ShopEvent>
  let served: Served
  beforeEach(async () => {
    store = memoryEventStore({ catalog })
    served = await serve(routes({ store }))
  })
  afterEach(async () => {
    await served.close()
    await store.close()
  })

  const history = () => store.readEntity({ topic: 'gift-card', entityId: first.gift_card_id })

  test('are created once, however often the request is repeated', async () => {
    const { status, body } = await served.request('POST', '/gift-cards', first)
    expect({ status, body }).toMatchObject({ status: 200, body: { ids: [first.gift_card_id] } })
    expect((await served.request('POST', '/gift-cards', first)).status).toBe(200)
    expect(await history()).toMatchObject([{ type: 'gift_card_created', data: first }])
  })

  test('are refused with what was met and what was expected', async () => {
    const { status, body } = await served.request('POST', '/gift-cards', { ...first, name: 7 })
    expect({ status, body }).toMatchObject({ status: 400, body: { error: { fields: [{ path: 'name' }] } } })
    expect(await history()).toEqual([])
  })
})
