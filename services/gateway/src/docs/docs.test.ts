import { createRequire } from 'node:module'
import { catalog, groups, projections, services } from '@ordershop/contracts'
import { type Served, serve } from '@ordershop/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asyncapi } from './asyncapi.ts'
import { docsRoutes } from './routes.ts'

// It is CommonJS, and its types are not those of its exports under nodenext.
const { Parser } = createRequire(import.meta.url)('@asyncapi/parser') as typeof import('@asyncapi/parser')

let docs: Served
beforeAll(async () => {
  docs = await serve(docsRoutes())
})
afterAll(() => docs.close())

test('the events are valid AsyncAPI 3, each with an example that fits its schema', {
  timeout: 60_000,
}, async () => {
  const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncapi))
  expect(diagnostics.filter(({ severity }) => severity <= 1)).toEqual([])
  const types = catalog.topics.flatMap((topic) => catalog.typesOf(topic))
  expect(
    document
      ?.allMessages()
      .all()
      .map((one) => one.name())
      .sort(),
  ).toEqual(types.sort())
})

test('whoever owns a topic sends there, and every group and projection receives what it reads', () => {
  const sent = Object.entries(services).flatMap(([name, row]) =>
    ('owns' in row ? row.owns : []).map((topic) => `${name}-sends-${topic}`),
  )
  const received = Object.entries({ ...groups, ...projections }).flatMap(([name, topics]) =>
    topics.map((topic) => `${name}-receives-${topic}`),
  )
  expect(Object.keys(asyncapi.operations).sort()).toEqual([...sent, ...received].sort())
})

test.each(['/docs', '/docs/events'])('%s loads nothing but what is served here', async (path) => {
  const { body } = await docs.request('GET', path)
  const linked = [...String(body).matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, url]) => url ?? '')
  for (const url of linked.filter((one) => /[.](js|css)$/.test(one))) {
    expect(url).toMatch(/^\/docs\//)
    expect((await docs.request('GET', url)).status).toBe(200)
  }
})

test('the page of events has every event', async () => {
  const { body } = await docs.request('GET', '/docs/events')
  const missing = catalog.topics
    .flatMap((topic) => catalog.typesOf(topic))
    .filter((type) => !String(body).includes(`id="${type}"`))
  expect(missing).toEqual([])
})
