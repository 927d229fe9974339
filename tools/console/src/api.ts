import { methodNotAllowed } from '@ordershop/service'
import { logRoutes } from '@ordershop/store-http/log'
import { flowOf, type OpsCommand, opsRoutes } from '@ordershop/store-http/ops'
import { type Request, Router } from 'express'
import type { AnyStore } from './any-store.ts'
import type { Config } from './config.ts'

type Settings = Pick<Config, 'OPERATOR' | 'PASSWORD_FILE' | 'TRACE_URL' | 'ARCHIVE_URL'>

/** What the console serves of the store that `show` was given last. */
export function consoleApi(settings: Settings, onCommand: (command: OpsCommand, request: Request) => void) {
  const router = Router()
  let shown = Router()
  let leave = () => {}
  router
    .route('/v1/me')
    .get((_request, response) => {
      response.set('cache-control', 'no-store').json({
        auth: settings.PASSWORD_FILE ? 'required' : 'none',
        actor: settings.OPERATOR,
        roles: ['read', 'write', 'ops'],
        shop: false,
        trace_url: settings.TRACE_URL ?? null,
        open_to_all: false,
      })
    })
    .all(methodNotAllowed)
  router.use((request, response, next) => shown(request, response, next))

  function show({ store, topics, found }: AnyStore): void {
    const { ARCHIVE_URL: url, OPERATOR: operator } = settings
    const watched = () => found().watched
    const operating = opsRoutes({
      ...{ ops: store.ops, watched, durability: 'unknown', onCommand },
      archive: url ? { url, group: 'archive' } : undefined,
      flow: () => flowOf(watched()),
      operatorOf: () => operator,
    })
    leave()
    const log = logRoutes({ store, topics, prefix: '/v1' })
    leave = log.leave
    shown = Router().use('/v1/ops', operating).use(log.router)
  }
  return { router, show, leave: () => leave() }
}
