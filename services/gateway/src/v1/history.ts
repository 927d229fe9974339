import { type EntityKind, entityKinds } from '@ordershop/contracts'
import type { EventStore } from '@ordershop/event-store'
import { methodNotAllowed } from '@ordershop/service'
import { entityEvents } from '@ordershop/store-http/log'
import { type Request, Router } from 'express'
import { isUuid, noSuch } from '../request-context.ts'
import type { Views } from '../views.ts'
import { resources } from './resources.ts'

export type HistoryDeps = { readonly views: Views; readonly store: Pick<EventStore, 'readBack'> }

/** In whose history these are told: of one that was deleted the caller must know it, and says so by `key`. */
const told: { readonly [Kind in EntityKind]?: 'product_id' | 'order_id' } = {
  inventory: 'product_id',
  billing: 'order_id',
}

/** `GET /v1/orders/:id/events` and its like: what became of an entity, newest first, also when it was deleted. */
export function historyRoutes({ views, store }: HistoryDeps): Router {
  const router = Router()
  for (const kind of entityKinds) {
    const refOf = async ({ params: { id } }: Request<{ id: string }>, given: string | undefined) => {
      if (!told[kind]) return { topic: kind, entityId: id, ...(given === undefined ? {} : { key: given }) }
      if (!isUuid(id)) throw noSuch(kind, id)
      return { topic: kind, entityId: given ?? (await views.find(kind, id))?.row[told[kind]] ?? id }
    }
    router
      .route(`${resources[kind].path}/:id/events`)
      .get(entityEvents<Request<{ id: string }>>(store, refOf))
      .all(methodNotAllowed)
  }
  return router
}
