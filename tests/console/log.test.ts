// What a person sees of the log: events as they come, what they led to, an entity as it was, an order's way, and what is parked.
import { shopClient } from '@ordershop/client'
import { eventually } from '@ordershop/core/testing'
import { Redis } from 'ioredis'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openShop } from '../e2e/shop.ts'
import { person, violations } from './browser.ts'

const shop = await openShop()
const { open, shot } = await person(shop.gatewayUrl())

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

const client = shopClient({ url: shop.gatewayUrl() })

/** A confirmed order of somebody's own. */
async function ordered(name: string): Promise<string> {
  const body = { name, email: 'log@console.example' }
  const { data: customer } = await client.POST('/v1/customers', { body })
  const shelf = { name: 'Oak shelf', price_cents: 12_500 }
  const { data: product } = await client.POST('/v1/products', { body: shelf })
  if (!customer || !('customer_id' in customer) || !product || !('product_id' in product))
    throw new Error('expected a customer and a product to be created')
  const { customer_id } = customer
  const { product_id } = product
  await client.POST('/v1/inventory', { body: { product_id, amount: 10 } })
  const { data: order } = await client.POST('/v1/orders', {
    body: { customer_id, product_ids: [product_id] },
    params: { header: { Prefer: 'wait=10' } },
  })
  expect(order).toMatchObject({ status: 'confirmed' })
  return order && 'order_id' in order ? order.order_id : ''
}

test('events are seen as they come, stand still while they are held, and one is looked into with what it led to', async () => {
  const page = await open('/console/events')
  await page.getByRole('status').getByText('Live').waitFor()
  const order = await ordered('Grace')
  const list = page.getByRole('table', { name: 'Live events, newest first' })
  await list.getByText('order_confirmed').first().waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await ordered('Edsger')
  await says(page, /Paused: [1-9]\d* new events/)
  await page.getByRole('button', { name: 'Resume' }).click()

  await page.getByLabel('Entity').fill(order)
  await page.getByLabel('Types').fill('order_created')
  await says(page, 'Waiting for events')
  await page.getByRole('button', { name: 'hour' }).click()
  await says(page, /^1 event from/)
  await page.getByRole('link', { name: 'order_created' }).click()
  const detail = page.getByRole('complementary', { name: 'Event' })
  await detail.getByText('Oak shelf').first().waitFor()
  await detail.getByRole('link', { name: 'inventory_reserved' }).waitFor()
  await detail.getByRole('link', { name: 'mail_requested' }).first().waitFor()
  expect(page.url()).toContain(`entity=${order}`)
  expect(await violations(page)).toEqual([])
  await shot(page, 'event')
})

test('an order’s way is told step by step, and each state of it is seen again', async () => {
  const order = await ordered('Barbara')
  const page = await open(`/console/shop/orders/${order}`)
  const saga = page.getByRole('region', { name: 'Saga: Placed' })
  for (const step of ['order_created', 'reservation_requested', 'inventory_reserved', 'order_confirmed'])
    await saga.getByText(step).first().waitFor()
  await shot(page, 'saga')
  await page.getByRole('link', { name: 'History' }).click()
  await says(page, 'State at version 2')
  await page.getByLabel('Version').first().press('ArrowLeft')
  await says(page, 'State at version 1')
  await page
    .getByRole('combobox', { name: 'Compare with version' })
    .selectOption({ label: 'version 2: order_confirmed' })
  const changed = page.getByRole('table', { name: 'What changed' })
  await changed.getByText('"pending"').waitFor()
  await changed.getByText('"confirmed"').waitFor()
  expect(await violations(page)).toEqual([])
  await shot(page, 'entity')
})

test('a parked key is seen with its reason and what waits, and is skipped with a reason of one’s own', async () => {
  const redis = new Redis(shop.redisUrl)
  await redis.xadd('events:{mail:0}', '*', 'by', 'hand')
  await redis.quit()
  const page = await open('/console/groups')
  await page.locator('a[href*="/parked/mail/mail/"]').first().click()
  await says(page, /mail cannot handle entry:/)
  await page.getByRole('button', { name: 'Skip' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('written by hand')
  await dialog.getByRole('button').last().click()
  await says(page, 'Nothing of this key waits any more')
  await says(page, /“written by hand”/)
  await eventually(async () =>
    expect(JSON.parse(await shop.ops('--json', 'audit'))).toContainEqual(
      expect.objectContaining({ action: 'parked skip', outcome: 'done' }),
    ),
  )
})

test('a key that is parked is replayed with success once its cause is gone, and another is discarded', async () => {
  // A member of the group whose handler fails until it is mended, in the place of the service's own.
  await shop.run('stop', 'mail')
  let isMended = false
  const member = shop.store.subscribe({
    group: 'mail',
    topics: ['mail'],
    attempts: 1,
    on: {
      mail_requested() {
        if (!isMended) throw new Error('the template has no place for a name')
      },
    },
  })
  try {
    const parked = () => shop.store.ops.parked('mail', ['mail'])
    await ordered('Hedy')
    await eventually(async () => expect((await parked()).length).toBeGreaterThanOrEqual(2))
    const page = await open('/console/groups')
    const keys = page.getByRole('region', { name: 'Keys that wait' })
    await keys.getByText('the template has no place for a name').first().waitFor()
    const memory = page.getByRole('region', { name: 'Memory and archive' })
    await memory.getByText(/^[1-9][\d.]* MiB/).waitFor()
    await memory.getByText(/^[1-9][\d,]* events in \d+ partitions$/).waitFor()
    expect(await violations(page)).toEqual([])
    await shot(page, 'parked')

    await keys.getByRole('link').first().click()
    const heading = page.getByRole('heading', { name: /^mail cannot handle/ })
    const key = (await heading.textContent())?.split(' ').at(-1)
    await page.getByRole('button', { name: 'Discard them…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('nobody waits for it')
    expect(await violations(page)).toEqual([])
    await shot(page, 'discard')
    await dialog.getByRole('button', { name: 'Discard them' }).click()
    await says(page, /chose to discard 1 event: “nobody waits for it”/)
    await says(page, 'Nothing of this key waits any more')
    expect((await parked()).map((one) => one.key)).not.toContain(key)

    isMended = true
    await page.getByRole('link', { name: '← Groups' }).click()
    for (const { key } of await parked()) {
      const row = keys.getByRole('row').filter({ has: page.getByTitle(key) })
      await row.getByRole('button', { name: 'Replay' }).click()
      await dialog.getByRole('button', { name: 'Replay' }).click()
      await dialog.waitFor({ state: 'detached' })
      await row.waitFor({ state: 'detached' })
    }
    expect(await parked()).toEqual([])
    await says(page, 'Nothing is parked: every event was handled.')
  } finally {
    await member.stop()
  }
})

test('an event leads to its trace where traces are shown', async () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  const { data: customer } = await client.POST('/v1/customers', {
    body: { name: 'Rosalind', email: 'log@console.example' },
    headers: { traceparent },
  })
  const { customer_id } = customer as { customer_id: string }
  const page = await open(`/console/entities/customer/${customer_id}`)
  await page.getByRole('link', { name: 'customer_created' }).click()
  const link = page.getByRole('link', { name: '4bf92f3577b34da6a3ce929d0e0e4736' })
  expect(await link.getAttribute('href')).toBe('http://traces.example/4bf92f3577b34da6a3ce929d0e0e4736')
})
