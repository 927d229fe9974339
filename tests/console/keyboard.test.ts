// The whole way without a pointer: from opening the page to placing an order and looking into what came of it.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openShop } from '../e2e/shop.ts'
import { person, violations } from './browser.ts'

const shop = await openShop()
// What the form offers first must be in stock.
await shop.run('reset')
await shop.ready()
await shop.run('orders', '5')
const { open } = await person(shop.gatewayUrl())

const focused = (page: Page) => page.locator(':focus')

/** Goes on by Tab until what has the focus says it, as somebody does who sees where the focus is. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let tabs = 0; tabs < 80; tabs++) {
    await page.keyboard.press('Tab')
    const said = await focused(page).evaluateAll((elements) =>
      elements.map((element) => {
        const { textContent, labels, ariaLabel } = element as unknown as {
          ariaLabel: string | null
          textContent: string | null
          labels?: ArrayLike<{ textContent: string | null }>
        }
        return ariaLabel ?? labels?.[0]?.textContent ?? textContent ?? ''
      }),
    )
    if (name.test(said[0]?.trim() ?? '')) return
  }
  throw new Error(`nothing that says ${name} was met in 80 steps`)
}

test('an order is placed, its saga read, and each of its versions seen again, all by keyboard', async () => {
  const page = await open('/')
  await page.getByRole('button', { name: 'Place order' }).waitFor()
  // The first stop leads past all that is on every page.
  await page.keyboard.press('Tab')
  expect(await focused(page).textContent()).toBe('Skip to the view')
  await page.keyboard.press('Enter')
  await tabTo(page, /^Pieces/)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('2')
  await page.keyboard.press('Enter')
  const saga = page.getByRole('region', { name: 'Saga: Placed' })
  await saga.getByText('order_confirmed').first().waitFor()

  await tabTo(page, /^History$/)
  await page.keyboard.press('Enter')
  await page.getByText('State at version 2').waitFor()
  await tabTo(page, /^Version 2 of 2/)
  await page.keyboard.press('ArrowLeft')
  await page.getByText('State at version 1').waitFor()
  expect(await violations(page)).toEqual([])

  await tabTo(page, /^order_created$/)
  await page.keyboard.press('Enter')
  const detail = page.getByRole('complementary', { name: 'Event' })
  await detail.getByText('Recorded').waitFor()
  await page.keyboard.press('Escape')
  await detail.waitFor({ state: 'detached' })
})
