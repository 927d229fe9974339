import { appendFileSync } from 'node:fs'
import { eventually } from '@ordershop/core/testing'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { openShop } from '../e2e/shop.ts'
import { person, violations } from './browser.ts'

const shop = await openShop()
const { open, shot } = await person(shop.gatewayUrl())
await shop.run('orders', '200')

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const confirm = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name }).click()

test('the shop’s root leads to the console', async () => {
  const page = await open('/')
  await page.waitForURL('**/console/shop/orders')
  await says(page, 'Place an order')
})

test('a customer, a product and its stock are made, changed, and ordered', async () => {
  const page = await open('/console/shop/customers')
  await page.getByLabel('Name').fill('Ada Lovelace')
  await page.getByLabel('Email').fill('ada@console.example')
  await page.getByRole('button', { name: 'Create' }).click()
  await says(page, 'Done: 1 time')

  await page.getByRole('link', { name: 'Products' }).click()
  await page.getByLabel('Name').fill('Walnut desk')
  await page.getByLabel('Price').fill('899.90')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('button', { name: 'Change Walnut desk' }).click()
  await page.getByLabel('Price').fill('849.50')
  await page.getByRole('button', { name: 'Save' }).click()
  await says(page, '849.50 EUR')

  await page.getByRole('link', { name: 'Stock' }).click()
  await page.getByLabel('Product').selectOption('Walnut desk')
  await page.getByLabel('Pieces').fill('5')
  await page.getByRole('button', { name: 'Create' }).click()
  await says(page, 'Done: 1 time')

  await page.getByRole('link', { name: 'Orders' }).click()
  await page.getByLabel('Customer').selectOption('Ada Lovelace')
  await page.getByLabel('Product').selectOption('Walnut desk')
  await page.getByLabel('Pieces').fill('2')
  await page.getByRole('button', { name: 'Place order' }).click()
  await says(page, 'confirmed')
  await says(page, '1699.00 EUR')
  await page.getByRole('button', { name: 'Bill it' }).click()
  await says(page, 'billed')
})

test('what a service refuses is said where it was asked', async () => {
  const page = await open('/console/shop/customers')
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('Email').fill(`${'a'.repeat(70)}@console.example`)
  await page.getByRole('button', { name: 'Create' }).click()
  await says(page, /at most 64 characters before the @/)
})

test('crm is stopped, its lag grows with the orders placed, and falls once it is started', async () => {
  const page = await open('/console/flow')
  await page.getByRole('button', { name: 'Stop crm' }).click()
  await says(page, /Nothing is lost: its events wait in the log/)
  await confirm(page, 'Stop crm')
  await says(page, 'Down: crm')
  await page.getByRole('link', { name: 'Shop' }).click()
  await page.getByRole('button', { name: 'Place 100', exact: true }).click()
  await says(page, '100 orders placed')
  await page.getByRole('link', { name: 'Flow', exact: true }).click()
  await says(page, /[1-9]\d\d behind/)
  await shot(page, 'flow-crm-down')
  await page.getByRole('button', { name: 'Start crm' }).click()
  await says(page, 'Every service is up')
  await page
    .getByText(/\d+ behind/)
    .first()
    .waitFor({ state: 'detached' })
})

test('a projection is rebuilt once it was confirmed, and by the keyboard alone', async () => {
  const page = await open('/console/groups')
  await says(page, 'v1 live')
  await page.getByRole('button', { name: 'Rebuild…' }).focus()
  await page.keyboard.press('Enter')
  await says(page, /Redis holds both meanwhile/)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Rebuild' }).focus()
  await page.keyboard.press('Enter')
  await says(page, 'v2 live')
})

test('whoever is refused is asked for a credential, and shown no action that it is not good for', async () => {
  const made = await shop.ops('--json', 'api-keys', 'new', 'reader', '--roles', 'read')
  const [{ key, line }] = JSON.parse(made) as [{ key: string; line: string }]
  appendFileSync(inject('sandbox').env.AUTH_API_KEYS_FILE ?? '', `${line}\n`)
  await eventually(async () => {
    const answer = await fetch(`${shop.gatewayUrl()}/v1/me`, { headers: { authorization: `Bearer ${key}` } })
    expect(answer.status).toBe(200)
  })
  const page = await open('/console/groups')
  await page.evaluate(() => sessionStorage.setItem('console-credential', 'forged'))
  await page.reload()
  await says(page, 'It was refused')
  await page.getByLabel('API key or token').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await says(page, 'Groups and projections')
  await says(page, /^reader$/)
  expect(await page.getByRole('button', { name: 'Rebuild…' }).count()).toBe(0)
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(key)
})

/** Its heading is there, and whatever it has asked for was answered. */
async function drawn(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor()
  await page.getByText('Loading…').first().waitFor({ state: 'detached' })
}

const views = [
  'shop/orders',
  'shop/products',
  'shop/stock',
  'shop/customers',
  'events',
  'entities',
  'flow',
  'groups',
]

test.each(['light', 'dark'] as const)('axe has nothing to say of any view, %s', async (colorScheme) => {
  const page = await open('/console/', { colorScheme })
  const found: Record<string, readonly string[]> = {}
  for (const view of views) {
    await page.goto(`${shop.gatewayUrl()}/console/${view}`)
    await drawn(page)
    found[view] = await violations(page)
    await shot(page, `${view.replace('/', '-')}-${colorScheme}`)
  }
  expect(found).toEqual(Object.fromEntries(views.map((view) => [view, []])))
})

test.each([320, 3_840])('at a width of %i no view is wider than the window', async (width) => {
  const page = await open('/console/', { viewport: { width, height: 900 } })
  for (const view of views) {
    await page.goto(`${shop.gatewayUrl()}/console/${view}`)
    await drawn(page)
    const over = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = (
        globalThis as unknown as {
          document: { documentElement: Record<'scrollWidth' | 'clientWidth', number> }
        }
      ).document.documentElement
      return scrollWidth - clientWidth
    })
    expect({ view, over }).toEqual({ view, over: 0 })
  }
})

test('while the server is away the page says so, and goes on by itself once it is back', async () => {
  const page = await open('/console/groups')
  await says(page, 'Parked keys')
  await page.context().setOffline(true)
  await says(page, /The server cannot be reached/)
  await page.context().setOffline(false)
  await page
    .getByText(/The server cannot be reached/)
    .first()
    .waitFor({ state: 'detached' })
})
