// A fake shop whose services keep what they are sent, so that it can be read then.
import { ada, at, basket, bill, type FakeShop, lamp } from './fake-shop.ts'

export const v1Bodies = {
  customer: { path: '/v1/customers', body: { name: 'Ada', email: 'ada@example.com' } },
  product: { path: '/v1/products', body: { name: 'Lamp', price_cents: 1999 } },
  inventory: { path: '/v1/inventory', body: { product_id: lamp, amount: 10 } },
  order: { path: '/v1/orders', body: { customer_id: ada, product_ids: [lamp] } },
  billing: { path: '/v1/billings', body: { order_id: basket } },
} as const

const more = {
  customer: {},
  product: { currency: 'EUR' },
  inventory: {},
  order: { status: 'pending', currency: 'EUR', lines: '[]', total_cents: '0' },
  billing: {
    billing_id: bill,
    customer_id: ada,
    total_cents: '0',
    currency: 'EUR',
    billed_at: '2026-01-02T03:04:05.678Z',
  },
} as const

/** Makes the services of a fake shop keep what they create, at version 1. */
export function statefulShop(shop: FakeShop): void {
  shop.before = async ({ service, method, body }) => {
    if (service === 'monitor' || method !== 'POST') return
    const { items } = body as { items: Record<string, string | number | string[]>[] }
    for (const { product_ids: products, ...item } of items) {
      const row = { ...more[service], ...item, ...at(1) }
      const fields = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]))
      const key = `${item[service === 'inventory' ? 'product_id' : `${service}_id`] ?? bill}`
      await shop.put(service, key, fields, Array.isArray(products) ? { products } : {})
    }
  }
}
