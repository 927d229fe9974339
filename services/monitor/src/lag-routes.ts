import { AppError } from '@ordershop/core'
import type { Operations, Watched } from '@ordershop/event-store'
import { methodNotAllowed } from '@ordershop/service'
import { Router } from 'express'

/**
 * `GET /lag/:group`: events that a group has still to handle, over all its topics and partitions, read from Redis now.
 * A projection is asked for by its name and answers for the version that readers see. KEDA's metrics-api trigger polls it.
 */
export function lagRoutes({ ops, watched }: { ops: Pick<Operations, 'survey'>; watched: Watched }): Router {
  const router = Router()
  router
    .route('/lag/:group')
    .get(async (request, response) => {
      const { group } = request.params
      const { lags, versions } = await ops.survey(only(group, watched))
      const reads = versions.find(({ live }) => live)?.group ?? group
      const own = lags.filter((lag) => lag.group === reads)
      response.json({ group, lag: own.reduce((sum, { lag }) => sum + lag, 0) })
    })
    .all(methodNotAllowed)
  return router
}

function only(group: string, { groups, projections }: Watched): Watched {
  const known = new Map(Object.entries(groups))
  const projected = new Map(Object.entries(projections))
  const [topics, folded] = [known.get(group), projected.get(group)]
  if (topics) return { groups: { [group]: topics }, projections: {} }
  if (folded) return { groups: {}, projections: { [group]: folded } }
  const names = [...known.keys(), ...projected.keys()].join(', ')
  throw new AppError('not_found', `lag of ${group}: no such group, expected one of ${names}`)
}
