import { http, type ShopEvent } from '@ordershop/contracts'
import type { EventStore } from '@ordershop/event-store'
import { methodNotAllowed, parseBody, requestCause } from '@ordershop/service'
import { asItWas } from '@ordershop/shop'
import { Router } from 'express'
import type { Billings } from './billings.ts'
import { billing } from './domain.ts'

type Deps = { readonly billings: Billings; readonly store: EventStore<ShopEvent> }

export function routes({ billings, store }: Deps): Router {
  const router = Router()
  router
    .route('/billings')
    .post(async (request, response) => {
      const { items } = parseBody(http.createBillings, request.body)
      const orderIds = items.map((item) => item.order_id)
      const billed: http.Created = await billings.bill(orderIds, requestCause(request))
      response.json(billed)
    })
    .all(methodNotAllowed)
  router
    .route('/billings/:id')
    .get(
      asItWas({
        ...{ store, topic: 'billing', decider: billing },
        // A bill's events lie with its order.
        entityIdOf: ({ query }) => parseBody(http.ofOrder, query, 'query').order_id,
        // Nothing follows a bill that is created: the last event is the one that created it.
        show({ billing }, { id, recordedAt }) {
          return billing?.billing_id === id ? { entity: { ...billing, billed_at: recordedAt } } : null
        },
      }),
    )
    .all(methodNotAllowed)
  return router
}
