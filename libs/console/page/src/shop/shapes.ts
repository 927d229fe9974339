// Entities of the shop, as /v1 shows them.

export type Customer = { readonly customer_id: string; readonly name: string; readonly email: string }
export type Product = {
  readonly product_id: string
  readonly name: string
  readonly price_cents: number
  readonly currency: string
}
export type Stock = { readonly inventory_id: string; readonly product_id: string; readonly amount: number }
export type Order = {
  readonly order_id: string
  readonly customer_id: string
  readonly product_ids: readonly string[]
  readonly lines: readonly { product_id: string; name: string; quantity: number; unit_price_cents: number }[]
  readonly total_cents: number
  readonly currency: string
  readonly status: 'pending' | 'confirmed' | 'rejected'
  readonly reason?: string
  readonly billing_id?: string
}
/** A write that is stored, and that readers cannot see yet. */
export type Accepted = { readonly id: string }
