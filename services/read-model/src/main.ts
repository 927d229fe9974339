import { catalog, projections } from '@ordershop/contracts'
import { redisEventStore } from '@ordershop/event-store'
import { eventStoreObserver, groupSettings, runService, storeSettings } from '@ordershop/service'
import { schema } from './config.ts'
import { project } from './projection.ts'

await runService({
  name: 'read-model',
  schema,
  env: process.env,
  async start({ config, log, metrics }) {
    const store = redisEventStore({
      catalog,
      clientName: 'read-model',
      ...storeSettings(config),
      observer: eventStoreObserver(metrics, log),
    })
    store.project({
      name: 'read-model',
      topics: projections['read-model'],
      project,
      ...groupSettings(config),
    })
    return { ready: () => store.health(), stop: () => store.close() }
  },
})
