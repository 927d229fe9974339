import { appendFileSync } from 'node:fs'
import { eventsSince, mark, settled } from '@ordershop/check/log'
import { eventually } from '@ordershop/core/testing'
import { expect, inject, test } from 'vitest'
import { openShop } from './shop.ts'

const shop = await openShop()

test('whatever an order leads to, to its last mail, is put down to the API key that it was placed with', async () => {
  const [{ key, line }] = JSON.parse(
    await shop.ops('--json', 'api-keys', 'new', 'warehouse', '--roles', 'write'),
  ) as [{ key: string; line: string }]
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'x-actor': 'somebody-else',
  }
  const ask = (method: string, path: string, body?: object) =>
    fetch(shop.gatewayUrl() + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  const create = async (path: string, body: object) => {
    const answer = await ask('POST', path, body)
    expect(answer.ok, `POST ${path}`).toBe(true)
    return ((await answer.json()) as [string])[0]
  }

  await settled(shop.store)
  const start = await mark(shop.store)
  expect((await ask('GET', '/v1/me')).status).toBe(401)
  appendFileSync(inject('sandbox').env.AUTH_API_KEYS_FILE ?? '', `${line}\n`)
  await eventually(async () => expect((await ask('GET', '/v1/me')).status).toBe(200))

  const customer_id = await create('/customers', { name: 'Ada', email: 'ada@callers.example' })
  const product_ids = [
    await create('/products', { name: 'Lamp', price: 5 }),
    await create('/products', { name: 'Desk', price: 9 }),
  ]
  for (const product_id of product_ids) await create('/inventory', { product_id, amount: 3 })
  const order_id = await create('/orders', { customer_id, product_ids })
  await create('/billing', { order_id })
  await settled(shop.store)

  const events = await eventsSince(shop.store, start)
  const types = [...new Set<string>(events.map(({ type }) => type))]
  expect(types).toEqual(
    expect.arrayContaining(['order_confirmed', 'inventory_sold', 'billing_created', 'mail_sent']),
  )
  const others = events.filter(({ actor }) => actor !== 'warehouse')
  expect(others.map(({ type, actor }) => ({ type, actor }))).toEqual([])
})
