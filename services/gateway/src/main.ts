import { consoleRoutes } from '@ordershop/console'
import type { LogPosition } from '@ordershop/event-store'
import { answerProblemDetails, requestSigner } from '@ordershop/service'
import { runService, storeSettings } from '@ordershop/shop'
import { Router } from 'express'
import { authentication } from './auth/authentication.ts'
import { authVariables, checkAuth, isOpenToAll } from './auth/config.ts'
import { originVariable, traceVariable, upstreamUrls, variables } from './config.ts'
import { crossOrigin } from './cross-origin.ts'
import { maxBodyBytes } from './deps.ts'
import { forwarder } from './forward.ts'
import { gateway } from './gateway.ts'
import { redisMemory } from './v1/redis-memory.ts'
import { views } from './views.ts'

const seenWithinMs = 2_000

await runService({
  name: 'gateway',
  env: process.env,
  variables: { ...variables, ...originVariable, ...traceVariable, ...authVariables },
  check: checkAuth,
  answer: answerProblemDetails,
  maxBodyBytes,
  start({ config, store, log }) {
    if (isOpenToAll(config))
      log.warn({ host: config.HOST }, 'AUTH is none: whoever reaches this port may read and write everything')
    const memory = redisMemory(storeSettings(config).redis)
    const { SIGNING_KEYS_FILE: keys } = config
    const sign = keys ? requestSigner(keys, log) : undefined
    const { forward, close } = forwarder(upstreamUrls(config), { sign })
    const cache = store.cache('read-model')
    const deps = {
      auth: config.AUTH,
      traceUrl: config.TRACE_URL,
      openToAll: isOpenToAll(config),
      forward,
      memory,
      views: views({ ...store, cache }),
      seen: (positions: readonly LogPosition[]) => cache.waitFor(positions, seenWithinMs),
    }
    const callers = authentication(config, log)
    const { CORS_ORIGINS: origins } = config
    const guard = origins.length > 0 ? crossOrigin(origins, callers) : callers
    const stop = () => Promise.all([memory.close(), close()])
    // The page is the same files for everybody: only what it asks for needs a credential.
    const guarded = guard ? [consoleRoutes(), guard] : [consoleRoutes()]
    return { guard: Router().use(guarded), routes: [gateway(deps)], stop }
  },
})
