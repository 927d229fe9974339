import { AppError } from '@ordershop/core'
import type { Durability, Operations } from '@ordershop/event-store'
import { methodNotAllowed } from '@ordershop/service'
import { type Request, Router } from 'express'
import type { Flow } from './flow.ts'
import { jsonOnly } from './json-only.ts'
import { type ParkedAction, parkedRoutes } from './parked-routes.ts'
import type { Processes } from './processes.ts'
import { projectionRoutes } from './projection-routes.ts'
import { type ArchivePlace, storage } from './storage.ts'
import type { WatchedNow } from './watched.ts'

/** What an operator had done, or asked for. */
export type OpsCommand = {
  readonly action: ParkedAction | 'rebuild' | 'start' | 'stop'
  /** e.g. `crm/customer/0199…`, `read-model`, `order` */
  readonly target: string
  /** `anonymous` where nobody says who it is. */
  readonly operator: string
  readonly reason?: string
}

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
  const tell = (request: Request, command: Omit<OpsCommand, 'operator'>) =>
    options.onCommand({ ...command, operator: operatorOf(request) }, request)

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
    parkedRoutes({
      ops,
      watched,
      operatorOf,
      onAsked: (request, action, target, reason) =>
        tell(request, { action, target, ...(reason === undefined ? {} : { reason }) }),
    }),
    projectionRoutes({
      ...{ ops, watched, rebuilds: true },
      onRebuild: (request, target) => tell(request, { action: 'rebuild', target }),
    }),
    processRoutes(processes, tell),
  )
  return router
}

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
