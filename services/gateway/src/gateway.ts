import { Router } from 'express'
import { articleRoutes } from './article/routes.ts'
import { meRoutes, type Surroundings } from './me.ts'
import { opsRoutes } from './ops-routes.ts'
import { type HistoryDeps, historyRoutes } from './v1/history.ts'
import { type V1Deps, v1Routes } from './v1/routes.ts'

/** Everything that the gateway offers to callers, beside what is open to anybody. */
export function gateway(deps: V1Deps & HistoryDeps & Surroundings & { readonly log: Router }): Router {
  const router = Router()
  router.use(articleRoutes(deps), v1Routes(deps), historyRoutes(deps), deps.log)
  router.use(meRoutes(deps), opsRoutes(deps))
  return router
}
