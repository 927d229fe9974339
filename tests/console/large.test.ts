// A log of 100,000 events behind the page: each view shows a part of it, and is as usable as with a handful.
import { newId } from '@ordershop/core/id'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openShop } from '../e2e/shop.ts'
import { person, violations } from './browser.ts'

const shop = await openShop()
const { open, shot } = await person(shop.gatewayUrl())
const events = 100_000
const batch = 500

const products = Array.from({ length: 20 }, () => newId())
const since = new Date()
/** By turns of all products, so each has its events all along. */
for (let round = 0; round < events / batch / products.length; round++)
  await Promise.all(
    products.map((product_id) =>
      shop.store.append({
        ...{ topic: 'product', entityId: product_id, expected: round * batch, commandId: newId() },
        events: Array.from({ length: batch }, (_, n) => ({
          type: round + n === 0 ? ('product_created' as const) : ('product_updated' as const),
          data: { product_id, name: `Lamp ${round * batch + n + 1}`, price_cents: 100 + n, currency: 'EUR' },
        })),
      }),
    ),
  )
const until = new Date()

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const rows = (page: Page) => page.locator('table.events tbody tr')

test('100,000 events are behind it', async () => {
  const ends = await shop.store.ends(['product'])
  expect(ends.reduce((sum, { position }) => sum + position, 0)).toBeGreaterThanOrEqual(events)
})

test('the log is read from the first event on, page by page, and from a time in the middle', async () => {
  const page = await open(`/console/events?topic=product&at=${since.toISOString()}`, { timezoneId: 'UTC' })
  await says(page, /^100 events from/)
  await rows(page).first().getByText('product_created').waitFor()
  await page.getByRole('button', { name: 'Show later events' }).click()
  await says(page, /^200 events from/)
  const middle = new Date((since.getTime() + until.getTime()) / 2)
  await page.getByLabel('From').fill(middle.toISOString().slice(0, 19))
  await page.waitForURL((url) => url.searchParams.get('at') === `${middle.toISOString().slice(0, 19)}.000Z`)
  await says(page, /^100 events from/)
  await rows(page).first().getByRole('link').click()
  const detail = page.getByRole('complementary', { name: 'Event' })
  await detail.getByText('Recorded').waitFor()
  expect(await violations(page)).toEqual([])
  await shot(page, 'large-events')

  // The address is all of it: somebody else sees the same.
  const theirs = await open(page.url().slice(shop.gatewayUrl().length), { timezoneId: 'UTC' })
  await says(theirs, /^100 events from/)
  await theirs.getByRole('complementary', { name: 'Event' }).getByText('Recorded').waitFor()
  expect(await rows(theirs).allTextContents()).toEqual(await rows(page).allTextContents())
})

test('an entity of 5,000 events is gone through by keyboard, and an address leads to any version of it', async () => {
  const [id] = products
  const page = await open(`/console/entities/product/${id}?version=1234`)
  await says(page, /State at version 1234/)
  await page.getByRole('slider').press('ArrowLeft')
  await says(page, 'State at version 1233')
  await page.getByRole('slider').press('Home')
  await says(page, 'State at version 1184')
  await page.getByRole('button', { name: 'Load older' }).click()
  await says(page, 'State at version 1183')
  await page.getByRole('combobox', { name: 'Compare with version' }).selectOption('1100')
  await says(page, 'State at version 1100')
  expect(await violations(page)).toEqual([])
  await shot(page, 'large-entity')
  await page.getByRole('button', { name: 'Newest' }).click()
  await says(page, 'State at version 5000')
})

test('groups tell how far behind they are, and are up to date in the end', async () => {
  const page = await open('/console/groups?group=read-model.v1')
  await says(page, 'Groups and projections')
  await page
    .getByText('Redis 7', { exact: false })
    .or(page.getByText('Redis 8', { exact: false }))
    .waitFor()
  await says(page, /\d+(\.\d)? MiB/)
  await shot(page, 'large-groups')
  expect(await violations(page)).toEqual([])
})
