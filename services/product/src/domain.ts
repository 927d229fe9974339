import type { Product, TopicEvent } from '@ordershop/contracts'
import { AppError, type Decider } from '@ordershop/core'

/** A deleted product is kept, so that its id never comes back and a repeated delete is known. */
export type ProductState = { product: Product | null; deleted: boolean }

export type ProductCommand =
  | { type: 'CreateProduct'; product: Product }
  | { type: 'UpdateProduct'; product: Product }
  | { type: 'DeleteProduct'; productId: string }

type ProductEvent = TopicEvent<'product'>

export const product = {
  revision: 'product/1',
  initialState: (): ProductState => ({ product: null, deleted: false }),
  decide,
  evolve,
} satisfies Decider<ProductState, ProductCommand, ProductEvent> & { revision: string }

function decide(command: ProductCommand, state: ProductState): ProductEvent[] {
  switch (command.type) {
    case 'CreateProduct': {
      const { product } = command
      if (!state.product) return [{ type: 'product_created', data: product }]
      if (!state.deleted && isSame(product, state.product)) return []
      throw new AppError(
        'conflict',
        `create product ${product.product_id}: the id is taken, expected a new one`,
      )
    }
    case 'UpdateProduct': {
      const { product } = command
      if (isSame(product, living(product.product_id, state))) return []
      return [{ type: 'product_updated', data: product }]
    }
    case 'DeleteProduct': {
      if (state.deleted) return []
      return [{ type: 'product_deleted', data: living(command.productId, state) }]
    }
  }
}

function living(productId: string, { product, deleted }: ProductState): Product {
  if (product && !deleted) return product
  throw new AppError('not_found', `product ${productId}: expected one that exists`)
}

function isSame(a: Product, b: Product): boolean {
  return a.name === b.name && a.price_cents === b.price_cents && a.currency === b.currency
}

function evolve(_state: ProductState, event: ProductEvent): ProductState {
  return { product: event.data, deleted: event.type === 'product_deleted' }
}
