import { describe, expect, test } from 'vitest'
import { basket } from './basket.ts'

const offers = new Map([
  ['a', { name: 'Apple', unit_price_cents: 50 }],
  ['b', { name: 'Bread', unit_price_cents: 300 }],
])

describe('a basket', () => {
  test('captures names and prices, a repeated product as one line', () => {
    const asked = { order_id: 'o1', customer_id: 'c1', product_ids: ['b', 'a', 'b'] }
    expect(basket(asked, offers)).toEqual({
      ...asked,
      lines: [
        { product_id: 'b', quantity: 2, name: 'Bread', unit_price_cents: 300 },
        { product_id: 'a', quantity: 1, name: 'Apple', unit_price_cents: 50 },
      ],
      total_cents: 650,
      currency: 'EUR',
    })
  })
})
