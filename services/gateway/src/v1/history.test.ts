import { eventually } from '@ordershop/core/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, type FakeShop, fakeShop, lamp, stock } from '../../test/fake-shop.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
})
afterEach(() => shop.close())

type Page = { readonly items: readonly { readonly event_id: string; readonly entity_id: string }[] }

test('what became of a customer is told, and of each event what it came from; all as /openapi.json says', async () => {
  await shop.put('customer', ada, { customer_id: ada, name: 'Ada', email: 'ada@example.com' })
  const { body } = await shop.request('GET', `/v1/customers/${ada}/events`)
  const [event] = (body as Page).items
  expect(event?.entity_id).toBe(ada)
  expect((await shop.request('GET', `/v1/events/${event?.event_id}`)).body).toEqual(event)
  const causes = await shop.request('GET', `/v1/causes/${event?.event_id}`)
  expect(causes.body).toMatchObject({ ancestors: [], tree: { event, effects: [] }, complete: true })
  expect((await shop.request('GET', '/v1/events?limit=1')).body).toMatchObject({ items: [event] })
  expect((await shop.request('GET', '/v1/topics')).status).toBe(200)
})

test('the history of a record of stock is found with its product', async () => {
  await shop.put('inventory', lamp, { inventory_id: stock, product_id: lamp, amount: '10' })
  await eventually(async () => {
    const { status } = await shop.request('GET', `/v1/inventory/${stock}/events?key=${lamp}`)
    expect(status).toBe(200)
  })
})
