import { AppError } from '@ordershop/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeShop, fakeShop } from '../test/fake-shop.ts'
import type { document } from './openapi/document.ts'

let shop: FakeShop
beforeAll(async () => {
  const identify = () => {
    throw new AppError('unauthorized', 'nobody is known')
  }
  shop = await fakeShop({ mode: 'required', identify })
})
afterAll(() => shop.close())

const ask = (path: string) => fetch(shop.url + path, { redirect: 'manual' })

test('where everybody must say who they are a browser still opens the documents and all that their pages load', async () => {
  expect((await ask('/v1/orders')).status).toBe(401)
  for (const page of ['/docs', '/docs/events']) {
    const answer = await ask(page)
    expect(answer.status, page).toBe(200)
    const loaded = [...(await answer.text()).matchAll(/(?:src|href)="(\/[^"#]+)"/g)].map(([, path]) => path)
    expect(loaded.length).toBeGreaterThan(0)
    for (const path of loaded) expect((await ask(`${path}`)).status, path).toBe(200)
  }
  const openapi = (await (await ask('/openapi.json')).json()) as typeof document
  expect(openapi.security).toEqual([{ token: [] }, { apiKey: [] }])
  expect(openapi.paths?.['/openapi.json']?.get?.security).toEqual([])
  expect((await ask('/asyncapi.json')).status).toBe(200)
  // A credential is not looked at: one that has run out is no reason to refuse.
  const forged = { headers: { authorization: 'Bearer forged' } }
  expect((await fetch(`${shop.url}/openapi.json`, forged)).status).toBe(200)
  expect((await ask('/docs/..%2fv1/orders')).status).toBe(401)
})

// The console's page is 503 in plain text until it is built: `tests/console` looks at that of a shop.
test.each(['/docs', '/docs/events'])(
  'no page of elsewhere frames %s, and no script of elsewhere runs there',
  async (path) => {
    const { headers } = await ask(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none';script-src 'self';style-src 'self'/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy.includes('unsafe-inline')).toBe(path === '/docs')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  },
)
