import { AppError } from '@ordershop/core'
import { methodNotAllowed } from '@ordershop/service'
import { jsonOnly, opsPaths } from '@ordershop/store-http/ops'
import { type Request, type Response, Router } from 'express'
import type { Forward } from './forward.ts'
import { ownCause } from './request-context.ts'

const prefix = '/v1/ops'

/** Passes what operators ask on to the monitor, in their name. What needs the role `ops` is the guard's to know. */
export function opsRoutes({ forward }: { readonly forward: Forward }): Router {
  const router = Router()
  for (const [path, methods] of Object.entries(opsPaths)) {
    const route = router.route(prefix + path)
    for (const method of methods)
      route[method](jsonOnly, async (request: Request, response: Response) => {
        const asked = { service: 'monitor', path: pathOf(path, request.params) } as const
        const sent =
          method === 'get'
            ? ({ ...asked, method: 'GET' } as const)
            : ({ ...asked, method: 'POST', body: request.body, once: true } as const)
        response.status(method === 'get' ? 200 : 202).json(await forward(sent, ownCause(request)))
      })
    route.all(methodNotAllowed)
  }
  return router
}

/** Two dots would lead out of the path, however they are encoded. */
function segmentOf(text: string): string {
  if (text === '.' || text === '..') throw new AppError('not_found', `${text}: expected a name`)
  return encodeURIComponent(text)
}

/** Spelled anew from its parts, so that it is no other path to the monitor than it is here. */
function pathOf(path: string, params: Request['params']): string {
  return prefix + path.replaceAll(/:(\w+)/g, (_, name: string) => segmentOf(`${params[name]}`))
}
