// What a person reads where there is nothing yet, where something is away, and where they may not look.
import { appendFileSync } from 'node:fs'
import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { openShop } from '../e2e/shop.ts'
import { person, violations } from './browser.ts'

const shop = await openShop()
await shop.run('reset')
await shop.ready()
const { open, shot } = await person(shop.gatewayUrl())

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const saysNoMore = (page: Page, text: string | RegExp) =>
  page.getByText(text).first().waitFor({ state: 'detached' })

async function create(path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${shop.gatewayUrl()}/v1/${path}`, {
    ...{ method: 'POST', headers, body: JSON.stringify(body) },
  })
  expect(answer.ok, path).toBe(true)
}

/** Straight into the log, as when the gateway is away. */
async function recorded(name: string): Promise<string> {
  const customer_id = newId()
  const data = { customer_id, name, email: 'face@console.example' }
  await shop.store.append({
    ...{ topic: 'customer', entityId: customer_id, expected: 0, commandId: null },
    events: [{ type: 'customer_created', data }],
  })
  return customer_id
}

test.each(['light', 'dark'] as const)(
  'a store in which nothing has happened says so in every view, %s',
  async (colorScheme) => {
    const page = await open('/console/', { colorScheme })
    const said: Record<string, string | RegExp> = {
      'shop/orders': 'To order you need a customer',
      'shop/products': 'There are none yet.',
      'shop/stock': 'There are none yet.',
      'shop/customers': 'There are none yet.',
      events: 'Waiting for events',
      [`events?at=${new Date(0).toISOString()}`]: 'Nothing was recorded since then that fits',
      entities: 'Name an entity by its topic and id',
      [`entities/order/${newId()}`]: /Topic order has none of/,
      groups: 'Nothing is parked: every event was handled.',
    }
    for (const [view, text] of Object.entries(said)) {
      await page.goto(`${shop.gatewayUrl()}/console/${view}`)
      await says(page, text)
      expect({ view, violations: await violations(page) }).toEqual({ view, violations: [] })
      await shot(page, `empty-${view.replaceAll(/\W.*$/g, '')}-${colorScheme}`)
    }
  },
)

test('every page has the one policy: /docs beside it may have styles in its elements, and nobody else', async () => {
  const policyOf = async (path: string) =>
    (await fetch(shop.gatewayUrl() + path)).headers.get('content-security-policy')
  const strict = await policyOf('/docs/events')
  expect(strict).toMatch(/^default-src 'none';script-src 'self';style-src 'self';/)
  expect(await policyOf('/console/')).toBe(strict)
  expect(await policyOf('/docs')).toBe(
    strict?.replace("style-src 'self'", "$& 'unsafe-inline'").replace("img-src 'self'", '$& data:'),
  )
  const page = await open('/docs')
  await page
    .getByText('Places an order')
    .or(page.getByRole('heading', { name: 'OrderShop' }))
    .first()
    .waitFor()
  await shot(page, 'docs')
})

test('while Redis is away each view says so, an order is refused in words, and all goes on by itself', async () => {
  await create('customers', { name: 'Ada', email: 'face@console.example' })
  await create('products', { name: 'Lamp', price_cents: 500 })
  const groups = await open('/console/groups')
  await says(groups, 'Parked keys')
  await says(groups, 'v1 live')
  const orders = await open('/console/shop/orders')
  await says(orders, 'Place an order')
  const redis = await shop.pidOf('redis')
  process.kill(redis, 'SIGSTOP')
  try {
    await orders.getByRole('button', { name: 'Place order' }).click()
    await says(groups, /Redis or a service is away/)
    await says(groups, /Shown as of .*; trying again/)
    const products = await open('/console/shop/products')
    await says(products, 'Redis or a service is away')
    await says(products, 'Trying again by itself.')
    expect(await violations(products)).toEqual([])
    await orders.getByRole('form', { name: 'Place an order' }).locator('.problem').waitFor()
    for (const [page, name] of Object.entries({ groups, orders, products }))
      await shot(name, `redis-away-${page}`)
  } finally {
    process.kill(redis, 'SIGCONT')
  }
  for (const page of [groups, orders]) await saysNoMore(page, /Shown as of/)
  await shop.ready()
})

test('while the service of orders is down whoever orders reads so, and may order once it is up', async () => {
  const page = await open('/console/shop/orders')
  await shop.run('stop', 'order')
  await page.getByRole('button', { name: 'Place order' }).click()
  const said = page.getByRole('form', { name: 'Place an order' }).locator('.problem')
  await said.waitFor()
  expect(await said.textContent()).toMatch(/service order does not answer.*look before you try again/)
  await shot(page, 'order-down')
  await shop.run('start', 'order')
  await page.getByRole('button', { name: 'Place order' }).click()
  await page.getByRole('heading', { name: 'Order' }).waitFor()
})

test('a tail goes on behind the last event seen once the gateway is back: none is lost, none comes twice', async () => {
  const page = await open('/console/events?type=customer_created')
  await page.getByRole('status').getByText('Live').waitFor()
  const ids = [await recorded('Before'), await recorded('Before, too')]
  await says(page, '2 events')
  await shop.run('stop', 'gateway')
  await page
    .getByRole('status')
    .getByText(/Reconnecting/)
    .waitFor()
  await shot(page, 'reconnecting')
  for (const name of ['Meanwhile', 'And again']) ids.push(await recorded(name))
  await shop.run('start', 'gateway')
  await page.getByRole('status').getByText('Live').waitFor()
  ids.push(await recorded('After'))
  await says(page, '5 events')
  const shown = await page
    .locator('table.events td:nth-child(4)')
    .evaluateAll((cells) => cells.map((cell) => (cell as unknown as { title: string }).title))
  // Across partitions there is no order.
  expect(shown.toSorted()).toEqual(ids.toSorted())
})

test('a tail begins anew where the log has lost what was seen', async () => {
  const page = await open('/console/events?type=customer_created')
  await page.getByRole('status').getByText('Live').waitFor()
  await recorded('Soon lost')
  await says(page, '1 event')
  await shop.run('reset')
  await shop.ready()
  await page.getByRole('status').getByText('Live').waitFor()
  await recorded('Of another history')
  await says(page, '2 events')
})

test('a stream that goes silent is broken off and opened anew', async () => {
  const page = await open('/console/events')
  await page.clock.install()
  await page.reload()
  await page.getByRole('status').getByText('Live').waitFor()
  const gateway = await shop.pidOf('gateway')
  process.kill(gateway, 'SIGSTOP')
  try {
    await page.clock.fastForward(46_000)
    await page
      .getByRole('status')
      .getByText(/Reconnecting/)
      .waitFor()
  } finally {
    process.kill(gateway, 'SIGCONT')
  }
  await page.clock.fastForward(10_000)
  await page.getByRole('status').getByText('Live').waitFor()
})

test('whoever has no role is told so, and may sign in as somebody else', async () => {
  const made = await shop.ops('--json', 'api-keys', 'new', 'guest', '--roles', 'read')
  const [{ key, line }] = JSON.parse(made) as [{ key: string; line: string }]
  appendFileSync(inject('sandbox').env.AUTH_API_KEYS_FILE ?? '', `${line}\n`)
  const me = () => fetch(`${shop.gatewayUrl()}/v1/me`, { headers: { authorization: `Bearer ${key}` } })
  await eventually(async () => expect((await me()).status).toBe(200))
  const page = await open('/console/shop/customers')
  const token = inject('tokenWithoutRole')
  await page.evaluate((kept) => sessionStorage.setItem('console-credential', kept), token)
  await page.reload()
  await says(page, /expected the role read/)
  expect(await violations(page)).toEqual([])
  await shot(page, 'forbidden')
  await page.getByLabel('API key or token').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await says(page, 'To change anything you need the role write.')
  await shot(page, 'reader')
  await page.getByRole('link', { name: 'Groups' }).click()
  await says(page, 'Groups and projections')
  expect(await page.getByRole('button', { name: /Rebuild|Replay/ }).count()).toBe(0)
})
