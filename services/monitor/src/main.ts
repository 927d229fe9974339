import { catalog, groups, projections } from '@ordershop/contracts'
import { redisEventStore } from '@ordershop/event-store'
import { eventStoreObserver, runService, storeSettings } from '@ordershop/service'
import { schema } from './config.ts'
import { lagMetrics } from './lag-metrics.ts'

await runService({
  name: 'monitor',
  schema,
  env: process.env,
  async start({ config, log, metrics }) {
    const store = redisEventStore({
      catalog,
      clientName: 'monitor',
      ...storeSettings(config),
      observer: eventStoreObserver(metrics, log),
    })
    lagMetrics(metrics, log, { ops: store.ops, groups, projections })
    return { ready: () => store.health(), stop: () => store.close() }
  },
})
