import { http, type ShopEvent } from '@ordershop/contracts'
import type { CommandCause, EventStore } from '@ordershop/event-store'
import { methodNotAllowed, parseBody, posted, requestCause } from '@ordershop/service'
import { asItWas, carryOut } from '@ordershop/shop'
import { Router } from 'express'
import { type CustomerCommand, customer } from './domain.ts'

export function routes({ store }: { store: EventStore<ShopEvent> }): Router {
  const decide = (entityId: string, command: CustomerCommand, cause: CommandCause) =>
    carryOut(store, customer, { topic: 'customer', entityId }, command, cause)

  const router = Router()
  router
    .route('/customers')
    .post(
      posted(http.createCustomers, async ({ items }, cause) => {
        const create = (customer: (typeof items)[number]) => {
          const commandId = `create:${customer.customer_id}`
          return decide(
            customer.customer_id,
            { type: 'CreateCustomer', customer },
            { ...cause, commandId, probablyNew: true },
          )
        }
        const positions = await Promise.all(items.map(create))
        return { ids: items.map((item) => item.customer_id), positions } satisfies http.Created
      }),
    )
    .all(methodNotAllowed)
  router
    .route('/customers/:id')
    .get(
      asItWas({
        ...{ store, topic: 'customer', decider: customer },
        show: ({ customer, deleted }) => (customer && !deleted ? { entity: customer } : null),
      }),
    )
    .put(async (request, response) => {
      const customer = { customer_id: request.params.id, ...parseBody(http.updateCustomer, request.body) }
      const command = { type: 'UpdateCustomer', customer } as const
      const position = await decide(request.params.id, command, requestCause(request))
      response.json({ positions: [position] } satisfies http.Changed)
    })
    .delete(async (request, response) => {
      const command = { type: 'DeleteCustomer', customerId: request.params.id } as const
      const position = await decide(request.params.id, command, requestCause(request))
      response.json({ positions: [position] } satisfies http.Changed)
    })
    .all(methodNotAllowed)
  return router
}
