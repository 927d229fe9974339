import { http, type ShopEvent } from '@ordershop/contracts'
import type { EventStore } from '@ordershop/event-store'
import { methodNotAllowed, parseBody, posted, requestCause } from '@ordershop/service'
import { asItWas } from '@ordershop/shop'
import { Router } from 'express'
import { basket } from './basket.ts'
import { order } from './domain.ts'
import type { Orders } from './orders.ts'

type Deps = { readonly orders: Orders; readonly store: EventStore<ShopEvent> }

export function routes({ orders, store }: Deps): Router {
  const router = Router()
  router
    .route('/orders')
    .post(
      posted(http.createOrders, async ({ items }, cause) => {
        const offers = await orders.offersFor(items, (index) => `items.${index}.`)
        const create = (asked: (typeof items)[number]) => {
          const command = { type: 'CreateOrder', basket: basket(asked, offers) } as const
          const commandId = `create:${asked.order_id}`
          return orders.carryOut(asked.order_id, command, { ...cause, commandId, probablyNew: true })
        }
        const positions = await Promise.all(items.map(create))
        return { ids: items.map((item) => item.order_id), positions } satisfies http.Created
      }),
    )
    .all(methodNotAllowed)
  router
    .route('/orders/:id')
    .get(
      asItWas({
        ...{ store, topic: 'order', decider: order },
        show: ({ basket, status }) =>
          basket && status !== 'deleted' ? { entity: { ...basket, status } } : null,
      }),
    )
    .put(async (request, response) => {
      const asked = { order_id: request.params.id, ...parseBody(http.updateOrder, request.body) }
      const offers = await orders.offersFor([asked], () => '')
      const command = { type: 'UpdateOrder', basket: basket(asked, offers) } as const
      const position = await orders.carryOut(asked.order_id, command, requestCause(request))
      response.json({ positions: [position] } satisfies http.Changed)
    })
    .delete(async (request, response) => {
      const command = { type: 'DeleteOrder', orderId: request.params.id } as const
      const position = await orders.carryOut(request.params.id, command, requestCause(request))
      response.json({ positions: [position] } satisfies http.Changed)
    })
    .all(methodNotAllowed)
  return router
}
