import { AppError } from '@ordershop/core'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { catalog, fingerprintOf } from './catalog.ts'
import { examples } from './examples.ts'

const topic = (type: string) => catalog.topics.find((name) => takes(name, type)) ?? 'none'

function takes(name: string, type: string): boolean {
  try {
    return catalog.schemaVersion(name, type) > 0
  } catch {
    return false
  }
}

const refusal = (...args: Parameters<typeof catalog.parse>): AppError => {
  try {
    catalog.parse(...args)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('expected the event to be refused')
}

describe('the catalog of events', () => {
  test('has an event in each of its topics', () => {
    const used = new Set(examples.map(({ type }) => topic(type)))
    expect([...used].sort()).toEqual([...catalog.topics].sort())
  })

  test.each(examples)('reads $type as it was written', ({ type, data }) => {
    const wire = JSON.parse(JSON.stringify(data))
    expect(catalog.parse(topic(type), type, catalog.schemaVersion(topic(type), type), wire)).toEqual({
      type,
      data,
    })
  })

  test.each(examples)('refuses $type when any field is missing, and names it', ({ type, data }) => {
    for (const field of Object.keys(data)) {
      const { [field as keyof typeof data]: _, ...others } = data
      expect(refusal(topic(type), type, 1, others).fields).toContainEqual({
        path: field,
        message: expect.stringContaining('got nothing'),
      })
    }
  })

  test('gives each type a fingerprint, which changes with its schema and its version', () => {
    const all = new Set(examples.map(({ type }) => catalog.fingerprint(topic(type), type)))
    for (const fingerprint of all) expect(fingerprint).toMatch(/^[\w-]{8}$/)
    const kind = (text: z.ZodType) => z.object({ id: z.string(), text })
    const prints = [kind(z.string()), kind(z.string().min(1)), kind(z.string().optional())].map((schema) =>
      fingerprintOf(schema),
    )
    expect(new Set([...prints, fingerprintOf(kind(z.string()), 2)]).size).toBe(4)
    expect(fingerprintOf(kind(z.string()))).toBe(prints[0])
  })

  test('names a wrong field with the number met, and of a text, which may be a name, its length', () => {
    const created = examples.find(({ type }) => type === 'order_created')
    const lines = [{ product_id: 'seven', name: 'Lamp', quantity: 2, unit_price_cents: 19.99 }]
    const error = refusal('order', 'order_created', 1, { ...created?.data, lines })
    expect(error.code).toBe('invalid')
    expect(error.message).toMatch(/^order_created: lines\.0\.product_id: /)
    expect(error.fields).toEqual([
      { path: 'lines.0.product_id', message: expect.stringMatching(/UUID, got text of 5 characters$/) },
      { path: 'lines.0.unit_price_cents', message: expect.stringMatching(/got 19\.99$/) },
    ])
  })

  test('shows nothing of a text, however long it is', () => {
    const data = { customer_id: 'x'.repeat(5_000), name: 'Ada', email: 'ada@example.com' }
    expect(refusal('customer', 'customer_created', 1, data).message).not.toContain('xx')
  })

  test('drops fields that a newer writer added', () => {
    const [created] = examples
    expect(catalog.parse('customer', 'customer_created', 1, { ...created?.data, shoe_size: 37 })).toEqual(
      created,
    )
  })

  test('refuses what is no object at all', () => {
    for (const data of [null, undefined, 7, 'text', []]) {
      expect(refusal('customer', 'customer_created', 1, data).code).toBe('invalid')
    }
  })

  test('refuses a type that the topic does not have, and says which it has', () => {
    expect(refusal('customer', 'order_created', 1, {}).message).toBe(
      'event order_created of topic customer: expected one of customer_created, customer_updated, customer_deleted',
    )
    expect(() => catalog.schemaVersion('order', 'customer_created')).toThrow(AppError)
    expect(() => catalog.schemaVersion('order', 'toString')).toThrow(AppError)
  })

  test('refuses a schema version that it does not know', () => {
    expect(refusal('customer', 'customer_created', 2, {}).message).toMatch(/schema version 2, expected 1/)
  })
})
