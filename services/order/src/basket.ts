// What is ordered, and the arithmetic of how many pieces of which product.
import type { Order, OrderLine, ProductQuantity } from '@ordershop/contracts'

/** What a customer orders, names and prices captured. */
export type Basket = Omit<Order, 'status'>

/** Pieces by product_id; what is not named is 0. */
export type Quantities = Readonly<Record<string, number>>

/** What a customer asks for. */
export type Asked = Pick<Order, 'order_id' | 'customer_id' | 'product_ids'>

/** What products are sold as, now, by product_id. */
export type Offers = ReadonlyMap<string, Pick<OrderLine, 'name' | 'unit_price_cents'>>

/** Captures names and prices of every product, in the order of first appearance. */
export function basket(asked: Asked, offers: Offers): Basket {
  const pieces = new Map<string, number>()
  for (const productId of asked.product_ids) pieces.set(productId, (pieces.get(productId) ?? 0) + 1)
  const lines = [...pieces].flatMap(([product_id, quantity]) => {
    const offer = offers.get(product_id)
    return offer ? [{ product_id, quantity, ...offer }] : []
  })
  const total_cents = lines.reduce((sum, line) => sum + line.quantity * line.unit_price_cents, 0)
  return { ...asked, lines, total_cents, currency: 'EUR' }
}

export function basketOf({
  order_id,
  customer_id,
  product_ids,
  lines,
  total_cents,
  currency,
}: Order): Basket {
  return { order_id, customer_id, product_ids, lines, total_cents, currency }
}

export function isSameBasket(a: Basket, b: Basket): boolean {
  return a.customer_id === b.customer_id && a.product_ids.join() === b.product_ids.join()
}

export function piecesOf(basket: Basket | null): Quantities {
  return quantitiesOf(basket?.lines ?? [])
}

export function quantitiesOf(products: readonly ProductQuantity[]): Quantities {
  return Object.fromEntries(products.map(({ product_id, quantity }) => [product_id, quantity]))
}

/** By product_id: the order in which every order acquires its products. */
export function sorted(quantities: Quantities): ProductQuantity[] {
  return Object.keys(quantities)
    .sort()
    .map((product_id) => ({ product_id, quantity: quantities[product_id] ?? 0 }))
}

/** The greater quantity of each product. */
export function greatest(a: Quantities, b: Quantities): Quantities {
  const products = Object.keys({ ...a, ...b })
  return Object.fromEntries(products.map((product) => [product, Math.max(a[product] ?? 0, b[product] ?? 0)]))
}

/** Only those products that `others` names too. */
export function within(quantities: Quantities, others: Quantities): Quantities {
  return Object.fromEntries(Object.entries(quantities).filter(([product]) => others[product] !== undefined))
}

/** The products of which `to` has less than `from`, with the quantity in `to`. */
export function reductions(from: Quantities, to: Quantities): ProductQuantity[] {
  return sorted(from)
    .filter(({ product_id, quantity }) => (to[product_id] ?? 0) < quantity)
    .map(({ product_id }) => ({ product_id, quantity: to[product_id] ?? 0 }))
}

export function isSame(a: Quantities, b: Quantities): boolean {
  return reductions(a, b).length === 0 && reductions(b, a).length === 0
}
