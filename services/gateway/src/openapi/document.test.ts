import type { Router } from 'express'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FakeShop, fakeShop } from '../../test/fake-shop.ts'
import { document, documentFor, openapiRoutes } from './document.ts'

let shop: FakeShop
beforeEach(async () => {
  shop = await fakeShop()
})
afterEach(() => shop.close())

/** `GET /orders`, … of a router and those inside it. */
function operationsOf(router: Router): string[] {
  return router.stack.flatMap(({ route, handle }) => {
    if (!route) return operationsOf(handle as unknown as Router)
    const methods = new Set(route.stack.map(({ method }) => method).filter((method) => method !== undefined))
    return [...methods].map((method) => `${method.toUpperCase()} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`)
  })
}

test('the document has exactly the routes that exist', () => {
  const documented = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.keys(operations as object).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(documented.length).toBeGreaterThan(40)
  const served = [shop.router, openapiRoutes('none')].flatMap(operationsOf)
  expect(documented.sort()).toEqual(served.sort())
})

test('the document is served as it is, with what this gateway asks of callers', async () => {
  const { status, body } = await shop.request('GET', '/openapi.json')
  const plain = JSON.parse(JSON.stringify(document))
  expect({ status, body }).toEqual({ status: 200, body: { ...plain, security: [] } })
  expect(documentFor('optional').security).toEqual([{}, { token: [] }, { apiKey: [] }])
  expect(documentFor('required').security).toEqual([{ token: [] }, { apiKey: [] }])
  expect(Object.keys(plain.components.securitySchemes)).toEqual(['token', 'apiKey'])
})

test('every reference of the document leads somewhere, and every component is referred to', () => {
  const references = new Set(JSON.stringify(document).match(/#\/components\/\w+\/[\w-]+/g))
  const { securitySchemes: _, ...referredTo } = document.components ?? {}
  const components = Object.entries(referredTo).flatMap(([kind, named]) =>
    Object.keys(named as object).map((name) => `#/components/${kind}/${name}`),
  )
  expect([...references].sort()).toEqual(components.sort())
})

test('every operation has a name of its own', () => {
  const ids = JSON.stringify(document).match(/"operationId":"[^"]+"/g) ?? []
  expect(new Set(ids).size).toBe(ids.length)
})
