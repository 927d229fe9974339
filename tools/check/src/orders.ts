import { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import type { Client, Order } from './client.ts'

const withinMs = 15_000

/** The order once it is confirmed or rejected; stock is decided by events, after the answer. */
export function decidedOrder(shop: Client, id: string | undefined): Promise<Order> {
  return eventually(
    async () => {
      const order = await shop.get<Order>(`/order/${id}`)
      if (order.status !== 'pending') return order
      throw new AppError('unavailable', `order ${id} is still pending after ${withinMs / 1_000} s`)
    },
    { withinMs, everyMs: 20 },
  )
}

/** `['confirmed', 'rejected', 'confirmed']` as `2 confirmed, 1 rejected`. */
export function tally(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ')
}
