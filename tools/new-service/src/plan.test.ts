import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { planOf } from './plan.ts'

const root = resolve(import.meta.dirname, '../../..')

describe('a plan', () => {
  test('has every file of a service that reacts, and every edit finds its place', () => {
    const { plan, port } = planOf(root, 'wish-list', 'order')
    expect([...plan.keys()].filter((file) => file.startsWith('services/wish-list'))).toHaveLength(8)
    expect(plan.get('services/wish-list/src/subscriptions.ts')).toContain(
      'async order_created(event, context)',
    )
    expect(plan.get('libs/contracts/src/services.ts')).toContain(
      `  'wish-list': { port: ${port}, owns: ['wish-list'], subscribesTo: ['order'] },\n} as const`,
    )
    expect(plan.get('charts/ordershop/values.yaml')).toMatch(
      / {2}archiver:\n( {4}.*\n)+ {2}wish-list:\n {4}port: \d+\n {4}group: wish-list\n\nsmtp:/,
    )
    expect(
      JSON.parse(`${plan.get('charts/ordershop/values.schema.json')}`).properties.services,
    ).toHaveProperty(['properties', 'wish-list'])
    expect(plan.has('libs/contracts/src/http.ts')).toBe(false)
  })

  test('has every file of a service that takes commands, in the plural where there are many', () => {
    const { plan } = planOf(root, 'wish-list')
    expect(plan.get('services/wish-list/src/routes.ts')).toContain(".route('/wish-lists/:id')")
    expect(plan.get('libs/contracts/src/http.ts')).toContain('export const createWishLists =')
    expect(plan.has('load-tests/soak.ts')).toBe(false)
  })

  test('leaves no made-up name', () => {
    for (const topic of ['order', undefined])
      for (const [file, text] of planOf(root, 'wish-list', topic).plan)
        expect({ file, text }).not.toMatchObject({ text: expect.stringMatching(/gift.?card/i) })
  })

  test.each([
    ['order', /"order": expected a name that no service, package, program or topic has/],
    ['event-store', /"event-store": expected a name that no service/],
    ['redis', /"redis": expected a name that no service/],
    ['Gift Card', /"Gift Card": expected lower-case words with dashes/],
    ['a', /2 to 30 characters/],
    ['delete', /"delete": expected another name, since delete means something else/],
    ['price', /"price": expected another name, since price means something else/],
    ['order-line', /since orderLine means something else/],
    ['http', /"http": expected another name/],
  ])('is refused the name %s', (name, why) => {
    expect(() => planOf(root, name)).toThrow(why)
  })

  test('never overwrites a file', () => {
    expect(() => planOf(root, 'index')).toThrow('libs/contracts/src/index.ts exists, expected a new file')
  })
})
