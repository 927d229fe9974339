import { http } from '@ordershop/contracts'
import { methodNotAllowed, parseBody, requestCause } from '@ordershop/service'
import { Router } from 'express'
import type { Billings } from './billings.ts'

export function routes({ billings }: { billings: Billings }): Router {
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
  return router
}
