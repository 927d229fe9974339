import { type EntityKind, entityKinds, http } from '@ordershop/contracts'
import { AppError, isStaleVersion } from '@ordershop/core'
import { methodNotAllowed, parseBody, type RequestCause } from '@ordershop/service'
import { type Request, type Response, Router } from 'express'
import type { RouteDeps } from '../deps.ts'
import { refusal } from '../problem.ts'
import { isUuid, noSuch, ownCause, requireSameProduct, target } from '../request-context.ts'
import { changing, deleting, type UpstreamRequest } from '../upstreams.ts'
import { accepted, isSeen, notModified, send, shown, written } from './answer.ts'
import { create } from './create.ts'
import { expectedVersion, inETags, isCurrent } from './headers.ts'
import type { IdempotencyStore } from './idempotency.ts'
import { page } from './list.ts'
import { findPast, looksBack } from './past.ts'
import { patch } from './patch.ts'
import { resources } from './resources.ts'

export type V1Deps = RouteDeps & { readonly memory: IdempotencyStore }

/** The modern routes beside the article's; what each takes and answers is written out at /openapi.json. */
export function v1Routes(deps: V1Deps): Router {
  const router = Router()
  for (const entity of entityKinds) {
    const { path } = resources[entity]
    router.route(path).get(page(deps, entity)).post(create(deps, entity)).all(methodNotAllowed)
    const single = router.route(`${path}/:id`).get(findOne(deps, entity))
    if (entity !== 'billing') {
      single.put(change(deps, entity)).patch(patch(deps, entity)).delete(remove(deps, entity))
    }
    single.all(methodNotAllowed)
  }
  return router
}

type HandleOne = (request: Request<{ id: string }>, response: Response) => Promise<void>

function findOne(deps: RouteDeps, entity: EntityKind): HandleOne {
  const past = findPast(deps, entity)
  return async (request, response) => {
    if (looksBack(request)) return send(response, await past(request))
    const { id } = request.params
    const found = isUuid(id) ? await deps.views.find(entity, id) : null
    if (!found) throw noSuch(entity, id)
    send(response, isCurrent(request, found) ? notModified(found) : shown(200, entity, found))
  }
}

function change(deps: RouteDeps, entity: EntityKind): HandleOne {
  const { body: schema } = resources[entity]
  return async (request, response) => {
    const { id } = request.params
    const body = parseBody(schema, request.body)
    const cause = conditional(request)
    requireSameProduct(await target(deps.views, entity, id), body)
    const positions = await carryOut(deps, changing(entity, id, body), cause)
    const found = await written(deps, entity, id, positions)
    send(response, found ? shown(200, entity, found) : accepted(id, positions))
  }
}

function remove(deps: RouteDeps, entity: EntityKind): HandleOne {
  return async (request, response) => {
    const { id } = request.params
    const cause = conditional(request)
    const known = await target(deps.views, entity, id)
    const positions = await carryOut(deps, deleting(entity, id, known?.row.product_id), cause)
    const isGone = await isSeen(deps, positions)
    send(response, isGone ? { status: 204, headers: {} } : accepted(id, positions))
  }
}

function conditional(request: Pick<Request, 'headers'>): RequestCause {
  const expected = expectedVersion(request)
  return { ...ownCause(request), ...(expected === undefined ? {} : { expectedVersion: expected }) }
}

/** The service checks the version when it decides, so nothing comes between the check and the write. */
async function carryOut({ forward }: RouteDeps, request: UpstreamRequest, cause: RequestCause) {
  const answer = await forward(request, cause).catch((error: unknown) => {
    if (error instanceof AppError && isStaleVersion(error))
      throw refusal(412, `If-Match: ${inETags(error.fields[0]?.message)}`)
    throw error
  })
  return http.changed.parse(answer).positions
}
