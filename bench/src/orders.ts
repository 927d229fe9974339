import type { EventOf } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'

/** An order of two products, as the shop records it: about 600 bytes of JSON. */
export function orderCreated(): EventOf<'order_created'> {
  const [lamp, chair] = [newId(), newId()]
  return {
    type: 'order_created',
    data: {
      order_id: newId(),
      customer_id: newId(),
      product_ids: [lamp, lamp, chair],
      lines: [
        { product_id: lamp, name: 'Lamp', quantity: 2, unit_price_cents: 1_999 },
        { product_id: chair, name: 'Chair', quantity: 1, unit_price_cents: 4_900 },
      ],
      total_cents: 8_898,
      currency: 'EUR',
      status: 'pending',
      wants: [
        { product_id: lamp, quantity: 2 },
        { product_id: chair, quantity: 1 },
      ],
    },
  }
}
