import { describe, expect, test } from 'vitest'
import * as http from './http.ts'
import { email } from './values.ts'

const uuid = (n: number) => `0199c1e2-7f3a-7c3e-9b1d-${n.toString(16).padStart(12, '0')}`
const ids = (count: number) => Array.from({ length: count }, (_, n) => uuid(n))
const order = (product_ids: string[]) =>
  http.articleOrder.safeParse({ customer_id: uuid(1), product_ids }).success
const price = (value: unknown) => http.articleProduct.safeParse({ name: 'Lamp', price: value }).success

describe('bodies', () => {
  test('hold 1 to 1,000 items', () => {
    const sized = (count: number) =>
      http.createBillings.safeParse({ items: ids(count).map((order_id) => ({ order_id })) }).success
    expect([0, 1, 1_000, 1_001].map(sized)).toEqual([false, true, true, false])
  })

  test('name 1 to 1,000 pieces in an order, of at most 100 different products', () => {
    expect(order([])).toBe(false)
    expect(order(Array(1_000).fill(uuid(2)))).toBe(true)
    expect(order(Array(1_001).fill(uuid(2)))).toBe(false)
    expect(order(ids(100))).toBe(true)
    expect(order(ids(101))).toBe(false)
  })

  test('take a price with at most two decimals', () => {
    expect([0, 5, 19.99, 19.9].every(price)).toBe(true)
    expect([-1, 19.999, '19.99', null, 10_000_000.01].some(price)).toBe(false)
  })

  test('accept ids of any UUID version', () => {
    const customer_id = '7d444840-9dc0-11d1-b245-5ffdce74fad2'
    expect(http.articleOrder.safeParse({ customer_id, product_ids: [uuid(1)] }).success).toBe(true)
    expect(http.articleOrder.safeParse({ customer_id: '7', product_ids: [uuid(1)] }).success).toBe(false)
  })

  test("ignore what the article's client sends beside an order", () => {
    const asked = { customer_id: uuid(1), product_ids: [uuid(2)] }
    expect(http.articleOrder.parse({ ...asked, id: uuid(3), status: 'pending' })).toEqual(asked)
  })

  test('refuse names that are empty, too long or hold control characters', () => {
    const named = (name: string) => http.articleCustomer.safeParse({ name, email: 'ada@example.com' }).success
    expect(['Ada', 'Åsa Öberg', '李', 'x'.repeat(150)].every(named)).toBe(true)
    expect(['', 'x'.repeat(151), 'Ada\r\nBcc: all'].some(named)).toBe(false)
  })
})

test('an address that no mail server takes is refused in a request, and read in an event that has it', () => {
  const takes = (email: string) => http.articleCustomer.safeParse({ name: 'Ada', email }).success
  const label = (length: number) => 'd'.repeat(length)
  expect(takes(`${'a'.repeat(64)}@${label(63)}.example`)).toBe(true)
  const refused = [`${'a'.repeat(65)}@example.com`, `a@${label(64)}.example`, 'a@label-.example']
  expect(refused.map(takes)).toEqual([false, false, false])
  for (const address of refused) expect(email.safeParse(address).success).toBe(true)
})
