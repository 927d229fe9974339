import { http, type ShopEvent } from '@ordershop/contracts'
import type { CommandCause, EventStore } from '@ordershop/event-store'
import { methodNotAllowed, parseBody, posted, requestCause } from '@ordershop/service'
import { asItWas, carryOut } from '@ordershop/shop'
import { Router } from 'express'
import { type ProductCommand, product } from './domain.ts'

const euros = { currency: 'EUR' } as const

export function routes({ store }: { store: EventStore<ShopEvent> }): Router {
  const decide = (entityId: string, command: ProductCommand, cause: CommandCause) =>
    carryOut(store, product, { topic: 'product', entityId }, command, cause)

  const router = Router()
  router
    .route('/products')
    .post(
      posted(http.createProducts, async ({ items }, cause) => {
        const create = (item: (typeof items)[number]) => {
          const product = { ...item, ...euros }
          const commandId = `create:${product.product_id}`
          return decide(
            product.product_id,
            { type: 'CreateProduct', product },
            { ...cause, commandId, probablyNew: true },
          )
        }
        const positions = await Promise.all(items.map(create))
        return { ids: items.map((item) => item.product_id), positions } satisfies http.Created
      }),
    )
    .all(methodNotAllowed)
  router
    .route('/products/:id')
    .get(
      asItWas({
        ...{ store, topic: 'product', decider: product },
        show: ({ product, deleted }) => (product && !deleted ? { entity: product } : null),
      }),
    )
    .put(async (request, response) => {
      const asked = parseBody(http.updateProduct, request.body)
      const product = { product_id: request.params.id, ...asked, ...euros }
      const command = { type: 'UpdateProduct', product } as const
      const position = await decide(request.params.id, command, requestCause(request))
      response.json({ positions: [position] } satisfies http.Changed)
    })
    .delete(async (request, response) => {
      const command = { type: 'DeleteProduct', productId: request.params.id } as const
      const position = await decide(request.params.id, command, requestCause(request))
      response.json({ positions: [position] } satisfies http.Changed)
    })
    .all(methodNotAllowed)
  return router
}
