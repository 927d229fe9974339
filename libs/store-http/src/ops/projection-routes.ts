import type { Operations } from '@ordershop/event-store'
import { methodNotAllowed } from '@ordershop/service'
import { type Request, Router } from 'express'
import type { CarryOut } from './command.ts'
import { named, type WatchedNow } from './watched.ts'

type Source = {
  readonly ops: Pick<Operations, 'projection' | 'rebuild' | 'survey'>
  readonly watched: WatchedNow
  /** Whether a rebuild may be begun here. */
  readonly rebuilds: boolean
  /** Default: it is just done. */
  readonly carryOut?: CarryOut
}

const justDone: CarryOut = (_request, _command, work) => work()

/**
 * `GET /projections/:name`: its live version, the version being built or `null`, progress from 0 to 1, and the number of
 * events there are to fold. `POST /projections/:name/rebuild`, where it is served, begins a build and answers 202 with the
 * same; 409 when one is under way, or its former version still kept. An unknown projection gets 404 with a list of the known ones.
 */
export function projectionRoutes({ ops, watched, rebuilds, carryOut = justDone }: Source): Router {
  const router = Router()
  router
    .route('/projections/:name')
    .get(async (request, response) => {
      const { name } = request.params
      const status = await ops.projection(name, await topicsOf(name))
      response.json({ ...status, events: await eventsOf(name) })
    })
    .all(methodNotAllowed)
  if (!rebuilds) return router
  router
    .route('/projections/:name/rebuild')
    .post(async (request, response) => {
      const { name } = request.params
      const topics = await topicsOf(name)
      const command = { action: 'rebuild', target: name } as const
      const status = await carryOut(request as unknown as Request, command, () => ops.rebuild(name, topics))
      response.status(202).json({ ...status, events: await eventsOf(name) })
    })
    .all(methodNotAllowed)
  return router

  async function topicsOf(name: string): Promise<readonly string[]> {
    return named('projection', new Map(Object.entries((await watched()).projections)), name)
  }

  async function eventsOf(name: string): Promise<number> {
    const projections = { [name]: await topicsOf(name) }
    const { lags, versions } = await ops.survey({ groups: {}, projections })
    const seen = versions.find(({ live }) => live)?.group
    return lags.filter(({ group }) => group === seen).reduce((sum, { head }) => sum + head, 0)
  }
}
