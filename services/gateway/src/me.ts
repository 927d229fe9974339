import { rolesOf } from '@ordershop/contracts'
import { methodNotAllowed } from '@ordershop/service'
import { Router } from 'express'
import { callerOf } from './auth/caller.ts'
import type { AuthMode } from './openapi/document.ts'

/** What a gateway tells whoever shows it to people. */
export type Surroundings = {
  readonly auth: AuthMode
  /** Where traces are shown: a URL with `{trace_id}` in it. */
  readonly traceUrl: string | undefined
  /** Whether anybody on the network may do anything. */
  readonly openToAll: boolean
}

/** `GET /v1/me`: who asks, what they may do, and what kind of gateway this is. */
export function meRoutes({ auth, traceUrl, openToAll }: Surroundings): Router {
  const router = Router()
  router
    .route('/v1/me')
    .get((request, response) => {
      const caller = callerOf(request)
      response.set('cache-control', 'no-store').json({
        auth,
        actor: caller?.actor ?? null,
        // Where nobody need say who they are, nobody in particular may do everything.
        roles: [...(caller?.roles ?? rolesOf(['ops']))],
        shop: true,
        trace_url: traceUrl ?? null,
        open_to_all: openToAll,
      })
    })
    .all(methodNotAllowed)
  return router
}
