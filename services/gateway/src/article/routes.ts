import { type EntityKind, entityKinds, http, maxItems } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import type { LogPosition } from '@ordershop/event-store'
import { admission, methodNotAllowed, parseBody } from '@ordershop/service'
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { RouteDeps } from '../deps.ts'
import { inCallersWords } from '../problem.ts'
import { isUuid, ownCause, requireSameProduct, target } from '../request-context.ts'
import { changing, creating, deleting } from '../upstreams.ts'
import { article } from './resources.ts'
import { jsonArray, jsonObject, sendJson } from './stream.ts'

/**
 * Whole lists in work at a time; one more is refused at once. Each takes a few milliseconds of the process in every turn of
 * its event loop, so with as many as there are places for requests everything else would wait for a second at each step.
 */
const maxLists = 10

/** The article's routes; `/openapi.json` describes each. */
export function articleRoutes(deps: RouteDeps): Router {
  const router = Router()
  const { admit } = admission({ what: 'whole lists', maxInWork: maxLists, maxWaiting: 0, maxWaitMs: 0 })
  router.route('/report').get(admit, report(deps)).all(methodNotAllowed)
  router.route('/orders/unbilled').get(admit, unbilled(deps)).all(methodNotAllowed)
  for (const entity of entityKinds) {
    const { list, one } = article[entity]
    router.route(list).get(admit, listAll(deps, entity)).post(create(deps, entity)).all(methodNotAllowed)
    if (one !== list) router.route(one).post(create(deps, entity)).all(methodNotAllowed)
    const single = router.route(`${one}/:id`).get(findOne(deps, entity))
    if (entity !== 'billing') single.put(change(deps, entity)).delete(remove(deps, entity))
    single.all(methodNotAllowed)
  }
  return router
}

type Handle = (request: Request, response: Response) => Promise<void>
type HandleOne = (request: Request<{ id: string }>, response: Response) => Promise<void>

function listAll({ views }: RouteDeps, entity: EntityKind): Handle {
  return async (_request, response) => {
    await sendJson(response, jsonArray(views.all(entity), article[entity].show))
  }
}

function unbilled({ views }: RouteDeps): Handle {
  return async (_request, response) => {
    await sendJson(response, jsonArray(views.unbilled(), article.order.show))
  }
}

function report({ views }: RouteDeps): Handle {
  return async (_request, response) => {
    const lists = entityKinds.map((entity) => {
      const { list, show } = article[entity]
      return [list.slice(1), jsonArray(views.all(entity), show)] as const
    })
    await sendJson(response, jsonObject(lists))
  }
}

function findOne({ views }: RouteDeps, entity: EntityKind): HandleOne {
  return async ({ params: { id } }, response) => {
    const found = isUuid(id) ? await views.find(entity, id) : null
    response.json(found && article[entity].show(found))
  }
}

function create(deps: RouteDeps, entity: EntityKind): Handle {
  const item = article[entity].schema
  const items = z.array(item).min(1).max(maxItems)
  return async (request, response) => {
    const alone = !Array.isArray(request.body)
    const bodies = alone ? [parseBody(item, request.body)] : parseBody(items, request.body)
    // Drawn before the first attempt and in array order: a retry is the same command, and ids sort as sent.
    const drawn = bodies.map(() => newId())
    const answer = await deps
      .forward(creating(entity, bodies, drawn), ownCause(request))
      .catch((error: unknown) => {
        throw inCallersWords(error, alone)
      })
    const { ids, positions } = http.created.parse(answer)
    await settle(deps, response, ids, positions)
  }
}

function change(deps: RouteDeps, entity: EntityKind): HandleOne {
  const { schema } = article[entity]
  return async (request, response) => {
    const { id } = request.params
    const body = parseBody(schema, request.body)
    requireSameProduct(await target(deps.views, entity, id), body)
    const answer = await deps.forward(changing(entity, id, body), ownCause(request))
    await settle(deps, response, true, http.changed.parse(answer).positions)
  }
}

function remove(deps: RouteDeps, entity: EntityKind): HandleOne {
  return async (request, response) => {
    const { id } = request.params
    const known = await target(deps.views, entity, id)
    const answer = await deps.forward(deleting(entity, id, known?.row.product_id), ownCause(request))
    await settle(deps, response, true, http.changed.parse(answer).positions)
  }
}

/** Answers 200 once every gateway shows the write, or 202 if that takes too long: the write is stored in either case. */
async function settle(
  { seen }: RouteDeps,
  response: Response,
  body: unknown,
  positions: readonly LogPosition[],
): Promise<void> {
  const shown = await seen(positions).catch(() => false)
  response.status(shown ? 200 : 202).json(body)
}
