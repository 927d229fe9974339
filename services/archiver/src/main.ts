// archiver: copies the log into the archive, takes out of Redis what need not stay there, and serves the archive, read-only,
// to those who cannot reach it.
import { objectsAt } from '@ordershop/archive-objects'
import { archiving, runService } from '@ordershop/shop'
import { Gauge } from 'prom-client'
import { variables } from './config.ts'
import { routes } from './routes.ts'

await runService({
  name: 'archiver',
  env: process.env,
  variables,
  start({ config, store, metrics }) {
    const objects = objectsAt(config)
    // It ends with the store, and the store is as healthy as it is.
    store.archive({
      ...archiving(objects),
      ageMs: config.ARCHIVE_SEAL_MS,
      events: config.ARCHIVE_SEGMENT_EVENTS,
      trim: {
        keepEvents: config.ARCHIVE_KEEP_EVENTS,
        keepMs: config.ARCHIVE_KEEP_MS,
        memoryTarget: config.ARCHIVE_MEMORY_TARGET,
      },
    })
    new Gauge({
      name: 'eventstore_memory_target_ratio',
      help: 'Part of its maxmemory above which the oldest archived events leave Redis',
      registers: [metrics],
    }).set(config.ARCHIVE_MEMORY_TARGET)
    return { routes: [routes(objects)] }
  },
})
