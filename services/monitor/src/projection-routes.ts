import { AppError } from '@ordershop/core'
import type { Operations, Watched } from '@ordershop/event-store'
import { methodNotAllowed } from '@ordershop/service'
import { Router } from 'express'

type Source = {
  readonly ops: Pick<Operations, 'projection' | 'rebuild' | 'survey'>
  readonly watched: Watched
  /** Whether a rebuild may be begun here. */
  readonly rebuilds: boolean
}

/**
 * For those who rebuild a projection and watch it from outside, as the load tests do.
 *
 * `GET /projections/:name`: its live version, the version being built or `null`, progress from 0 to 1, and the number of
 * events there are to fold. `POST /projections/:name/rebuild`, where it is served, begins a build and answers 202 with the same; 409 when one
 * is under way, or its former version still kept. An unknown projection gets 404 with a list of the known ones.
 */
export function projectionRoutes({ ops, watched, rebuilds }: Source): Router {
  const router = Router()
  router
    .route('/projections/:name')
    .get(async (request, response) => {
      const { name } = request.params
      const status = await ops.projection(name, topicsOf(name, watched))
      response.json({ ...status, events: await eventsOf(name) })
    })
    .all(methodNotAllowed)
  if (!rebuilds) return router
  router
    .route('/projections/:name/rebuild')
    .post(async (request, response) => {
      const { name } = request.params
      const status = await ops.rebuild(name, topicsOf(name, watched))
      response.status(202).json({ ...status, events: await eventsOf(name) })
    })
    .all(methodNotAllowed)
  return router

  async function eventsOf(name: string): Promise<number> {
    const projections = { [name]: topicsOf(name, watched) }
    const { lags, versions } = await ops.survey({ groups: {}, projections })
    const seen = versions.find(({ live }) => live)?.group
    return lags.filter(({ group }) => group === seen).reduce((sum, { head }) => sum + head, 0)
  }
}

function topicsOf(name: string, { projections }: Watched): readonly string[] {
  const topics = new Map(Object.entries(projections)).get(name)
  if (topics) return topics
  const known = Object.keys(projections).join(', ')
  throw new AppError('not_found', `projection ${name}: no such projection, expected one of ${known}`)
}
