import { entityKinds } from '@ordershop/contracts'
import type { EventStore } from '@ordershop/event-store'
import { methodNotAllowed } from '@ordershop/service'
import { entityEvents } from '@ordershop/store-http/log'
import { type Request, Router } from 'express'
import type { Views } from '../views.ts'
import { resources } from './resources.ts'

export type HistoryDeps = { readonly views: Views; readonly store: Pick<EventStore, 'readBack'> }

/** `GET /v1/orders/:id/events` and its like: what became of an entity, newest first, also when it was deleted. */
export function historyRoutes({ views, store }: HistoryDeps): Router {
  const router = Router()
  for (const kind of entityKinds) {
    // A record of stock lies with its product; of one that was deleted the caller must know which.
    const keyOf = async (id: string) =>
      kind === 'inventory' ? (await views.find(kind, id))?.row.product_id : undefined
    const refOf = async ({ params: { id } }: Request<{ id: string }>, given: string | undefined) => {
      const key = given ?? (await keyOf(id))
      return { topic: kind, entityId: id, ...(key === undefined ? {} : { key }) }
    }
    router
      .route(`${resources[kind].path}/:id/events`)
      .get(entityEvents<Request<{ id: string }>>(store, refOf))
      .all(methodNotAllowed)
  }
  return router
}
