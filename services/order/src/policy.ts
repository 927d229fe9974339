// What inventory's and billing's events ask of an order.
import type { EventOf } from '@ordershop/contracts'
import type { OrderCommand } from './domain.ts'

/** The events that ask something of an order. */
export type Asking = EventOf<'inventory_reserved' | 'inventory_refused' | 'billing_requested'>

/** The command to the order that an event names, or `null` while its products are not all held yet. */
export function commandFor(event: Asking & { version: number }): OrderCommand | null {
  switch (event.type) {
    case 'inventory_reserved': {
      const { order_version: orderVersion, rest } = event.data
      return rest.length === 0 ? { type: 'ConfirmOrder', orderVersion } : null
    }
    case 'inventory_refused': {
      const { order_version: orderVersion, product_id: productId } = event.data
      return { type: 'RefuseOrder', orderVersion, productId }
    }
    case 'billing_requested': {
      const { order_id: orderId, billing_id: billingId } = event.data
      return { type: 'BillOrder', orderId, billingId, requestVersion: event.version }
    }
  }
}
