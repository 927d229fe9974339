import { catalog } from '@ordershop/contracts'
import { connectRedis, type LogPosition } from '@ordershop/event-store'
import { answerProblemDetails, requestSigner } from '@ordershop/service'
import { runService, storeSettings } from '@ordershop/shop'
import { logRoutes } from '@ordershop/store-http/log'
import { Router } from 'express'
import { authentication } from './auth/authentication.ts'
import { authVariables, checkAuth, isOpenToAll } from './auth/config.ts'
import { originVariable, streamVariable, traceVariable, upstreamUrls, variables } from './config.ts'
import { crossOrigin } from './cross-origin.ts'
import { maxBodyBytes } from './deps.ts'
import { forwarder } from './forward.ts'
import { gateway } from './gateway.ts'
import { openToAnybody } from './open-to-anybody.ts'
import { rateLimit, rateVariables } from './rate-limit.ts'
import { redisMemory } from './v1/redis-memory.ts'
import { views } from './views.ts'

const seenWithinMs = 2_000

await runService({
  name: 'gateway',
  env: process.env,
  variables: {
    ...variables,
    ...originVariable,
    ...streamVariable,
    ...traceVariable,
    ...authVariables,
    ...rateVariables,
  },
  check: checkAuth,
  answer: answerProblemDetails,
  maxBodyBytes,
  start({ config, store, log }) {
    if (isOpenToAll(config))
      log.warn({ host: config.HOST }, 'AUTH is none: whoever reaches this port may read and write everything')
    const memory = redisMemory(storeSettings(config).redis)
    const limit = rateLimit(config, () => connectRedis(storeSettings(config).redis, 'gateway-rate-limit'))
    const { SIGNING_KEYS_FILE: keys } = config
    const sign = keys ? requestSigner(keys, log) : undefined
    const { forward, close } = forwarder(upstreamUrls(config), {
      sign,
      // A third is left to the others where one is stuck.
      maxUnderWay: Math.ceil((config.MAX_IN_WORK * 2) / 3),
    })
    const cache = store.cache('read-model')
    const { router, leave } = logRoutes({
      ...{ store, topics: catalog.topics, prefix: '/v1' },
      limits: { streams: config.MAX_STREAMS },
    })
    const deps = {
      store,
      log: router,
      auth: config.AUTH,
      traceUrl: config.TRACE_URL,
      openToAll: isOpenToAll(config),
      forward,
      memory,
      views: views({ ...store, cache }),
      seen: (positions: readonly LogPosition[]) => cache.waitFor(positions, seenWithinMs),
    }
    const authenticated = authentication(config, log)
    const callers = limit ? limit.guard(authenticated) : authenticated
    const { CORS_ORIGINS: origins } = config
    const stop = () => Promise.all([memory.close(), limit?.close(), close()])
    const guard = [
      ...(origins.length > 0 ? [crossOrigin(origins)] : []),
      openToAnybody(config.AUTH),
      ...(callers ? [callers] : []),
    ]
    return { guard: Router().use(guard), routes: [gateway(deps)], leave, stop }
  },
})
