import { setTimeout as delay } from 'node:timers/promises'
import { type EntityKind, http, maxItems } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import { parseBody, type RequestCause } from '@ordershop/service'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { callerOf } from '../auth/caller.ts'
import type { RouteDeps } from '../deps.ts'
import { inCallersWords } from '../problem.ts'
import { ownCause } from '../request-context.ts'
import { creating } from '../upstreams.ts'
import type { CachedEntity } from '../views.ts'
import { accepted, type Reply, send, shown, written } from './answer.ts'
import { createEach } from './bulk.ts'
import { idempotencyKey, preferredWait } from './headers.ts'
import { type IdempotencyStore, once } from './idempotency.ts'
import { locationOf, resources } from './resources.ts'

/** Each is a request of its own to the service, and may wait for its order: see `createEach`. */
export const maxBillings = 100

type Deps = RouteDeps & { readonly memory: IdempotencyStore }
type Creation = (ids: readonly string[]) => Promise<{ answer: Reply; final: boolean }>

/** POST of one entity, or of an array of them. */
export function create(deps: Deps, entity: EntityKind) {
  const several = z
    .array(z.unknown())
    .min(1)
    .max(entity === 'billing' ? maxBillings : maxItems)
  return async (request: Request, response: Response): Promise<void> => {
    const key = idempotencyKey(request)
    const cause = ownCause(request)
    const isGone = () => response.closed
    const asked = request.body as unknown
    const items = Array.isArray(asked) ? parseBody(several, asked) : [asked]
    const work: Creation = Array.isArray(asked)
      ? (ids) => createEach(deps, entity, items, ids, cause)
      : one(deps, entity, parseBody(resources[entity].body, asked), cause, waitOf(request, entity, isGone))
    // Drawn before the first attempt and in array order: a retry is the same command, and ids sort as sent.
    const ids = items.map(() => newId())
    if (key === undefined) return send(response, (await work(ids)).answer)
    const keyed = { key, caller: callerOf(request)?.id, ids, asked: [resources[entity].path, asked] }
    send(response, await once(deps.memory, keyed, work))
  }
}

function one(
  deps: Deps,
  entity: EntityKind,
  body: object,
  cause: RequestCause,
  wait: Wait | undefined,
): Creation {
  return async (drawn) => {
    const created = await deps.forward(creating(entity, [body], drawn), cause).catch((error: unknown) => {
      throw inCallersWords(error, true)
    })
    const { ids, positions } = http.created.parse(created)
    const [id = ''] = ids
    const found = await written(deps, entity, id, positions)
    const settled = found && wait ? await decided(deps, id, found, wait) : found
    const answer = settled ? shown(201, entity, settled) : accepted(id, positions)
    const applied = wait ? { 'preference-applied': `wait=${wait.seconds}` } : {}
    const headers = { location: locationOf(entity, id), ...answer.headers, ...applied }
    return { answer: { ...answer, headers }, final: true }
  }
}

type Wait = { readonly seconds: number; isGone(): boolean }

/** Only an order has an outcome to wait for. */
function waitOf(request: Request, entity: EntityKind, isGone: () => boolean): Wait | undefined {
  const seconds = entity === 'order' ? preferredWait(request) : undefined
  return seconds === undefined ? undefined : { seconds, isGone }
}

/** An order is decided within tens of milliseconds; a look is one command in a pipeline with those of others. */
const lookEveryMs = 10

/** The order once it is confirmed or rejected, or as it is when the time is up or the caller has hung up. */
async function decided({ views }: Deps, id: string, found: CachedEntity, { seconds, isGone }: Wait) {
  const deadline = performance.now() + seconds * 1_000
  let order = found
  while (order.row.status === 'pending' && performance.now() < deadline && !isGone()) {
    await delay(lookEveryMs)
    order = (await views.find('order', id).catch(() => null)) ?? order
  }
  return order
}
