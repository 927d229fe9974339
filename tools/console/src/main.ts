#!/usr/bin/env node
// `ordershop-console`: looks into any store of the library, and operates it.
import { consoleRoutes } from '@ordershop/console'
import {
  answerProblemDetails,
  eventStoreObserver,
  requestCause,
  reread,
  runProcess,
} from '@ordershop/service'
import { storeSettings } from '@ordershop/shop'
import { Router } from 'express'
import { openAnyStore } from './any-store.ts'
import { consoleApi } from './api.ts'
import { callers } from './caller.ts'
import { passwordIn, schema } from './config.ts'

await runProcess({
  name: 'console',
  schema,
  env: process.env,
  answer: answerProblemDetails,
  async start({ config, log, metrics, app, guardBy }) {
    const { PASSWORD_FILE: file, REDIS_KEY_PREFIX: keyPrefix } = config
    // The page is the same files for everybody: only what it asks for needs a password.
    guardBy(Router().use(consoleRoutes(), callers(file ? reread(file, passwordIn, log) : undefined)))
    const { redis, archive } = storeSettings(config, log)
    const options = {
      redis: { ...redis, ...(keyPrefix ? { keyPrefix } : {}) },
      ...(archive ? { archive } : {}),
      observer: eventStoreObserver(metrics, log),
    }
    const { router, show } = consoleApi(config, (command, request) => {
      log.info({ ...command, correlationId: requestCause(request).correlationId }, 'an operator asked for it')
    })
    app.use(router)
    const opened = openAnyStore(options, show)
    return { ready: opened.health, stop: opened.close }
  },
})
