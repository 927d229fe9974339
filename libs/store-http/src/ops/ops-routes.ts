import { AppError } from '@ordershop/core'
import type { Durability, Operations } from '@ordershop/event-store'
import { methodNotAllowed } from '@ordershop/service'
import { type Request, Router } from 'express'
import { type CarryOut, type OpsCommand, recorded } from './command.ts'
import type { Flow } from './flow.ts'
import { jsonOnly } from './json-only.ts'
import { parkedRoutes } from './parked-routes.ts'
import type { Processes } from './processes.ts'
import { projectionRoutes } from './projection-routes.ts'
import { type ArchivePlace, storage } from './storage.ts'
import type { WatchedNow } from './watched.ts'

export type OpsRoutesOptions = {
  readonly ops: Operations
  readonly watched: WatchedNow
  /** What the store's writers are promised, where that is known here. */
  readonly durability: Durability | 'unknown'
  readonly archive?: ArchivePlace | undefined
  flow(): Flow | Promise<Flow>
  /** Who asks, as far as the caller of the routes was checked; `undefined`: nobody knows. */
  operatorOf(request: Request): string | undefined
  /** Told of every command that was carried out or asked for, once it was. */
  onCommand(command: OpsCommand, request: Request): void
  /** Default: nobody here runs them. */
  readonly processes?: Processes | undefined
}

/**
 * What an operator asks of a store and does to it, over HTTP: the paths are `opsPaths`, `libs/store-http/README.md` says what
 * each answers. They check nobody: who mounts them lets in only those who may operate.
 * A POST must carry JSON, see `jsonOnly`.
 */
export function opsRoutes(options: OpsRoutesOptions): Router {
  const { ops, watched, durability, archive, flow, processes } = options
  const operatorOf = (request: Request) => options.operatorOf(request) ?? 'anonymous'
  const named = (request: Request, command: Omit<OpsCommand, 'operator'>) => ({
    ...command,
    operator: operatorOf(request),
  })
  const tell = (request: Request, command: Omit<OpsCommand, 'operator'>) =>
    options.onCommand(named(request, command), request)
  const carryOut: CarryOut = async (request, command, work) => {
    const done = await recorded(ops, named(request, command), work)
    tell(request, command)
    return done
  }

  const router = Router()
  router.use(jsonOnly)
  router
    .route('/groups')
    .get(async (_request, response) => {
      const at = new Date().toISOString()
      response.json({ ...(await ops.survey(await watched())), at })
    })
    .all(methodNotAllowed)
  router
    .route('/flow')
    .get(async (_request, response) => {
      response.json(await flow())
    })
    .all(methodNotAllowed)
  router
    .route('/storage')
    .get(async (_request, response) => {
      response.json(await storage({ ops, durability, archive }, await watched()))
    })
    .all(methodNotAllowed)
  router.use(
    parkedRoutes({ ops, watched, operatorOf, carryOut }),
    projectionRoutes({ ops, watched, rebuilds: true, carryOut }),
    processRoutes(processes, tell),
  )
  return router
}

// Not in the trail: that is in Redis, which may be the one that is to be started.
function processRoutes(
  processes: Processes | undefined,
  tell: (request: Request, command: Omit<OpsCommand, 'operator'>) => void,
): Router {
  const router = Router()
  router
    .route('/processes')
    .get(async (_request, response) => {
      response.json({ drivable: processes !== undefined, processes: (await processes?.list()) ?? [] })
    })
    .all(methodNotAllowed)
  for (const action of ['start', 'stop'] as const)
    router
      .route(`/processes/:service/${action}`)
      .post(async (request: Request<{ service: string }>, response) => {
        const { service } = request.params
        if (!processes)
          throw new AppError(
            'not_found',
            `${action} ${service}: expected processes that scripts/shop runs; elsewhere whoever runs them does that`,
          )
        await processes[action](service)
        tell(request as unknown as Request, { action, target: service })
        response.status(202).json({})
      })
      .all(methodNotAllowed)
  return router
}
