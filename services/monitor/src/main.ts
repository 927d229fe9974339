import { catalog, groups, projections } from '@ordershop/contracts'
import { redisEventStore } from '@ordershop/event-store'
import { eventStoreObserver, runService, storeSettings } from '@ordershop/service'
import { schema } from './config.ts'
import type { LostEvents } from './head-watch.ts'
import { lagMetrics } from './lag-metrics.ts'
import { lagRoutes } from './lag-routes.ts'
import { projectionRoutes } from './projection-routes.ts'

await runService({
  name: 'monitor',
  schema,
  env: process.env,
  async start({ config, log, metrics, app }) {
    const observer = eventStoreObserver(metrics, log)
    const store = redisEventStore({ catalog, clientName: 'monitor', ...storeSettings(config), observer })
    const onLost = ({ topic, partition, before }: LostEvents) =>
      observer.forked({ topic, partition, group: 'monitor', lastPosition: before })
    const source = { ops: store.ops, watched: { groups, projections } }
    lagMetrics(metrics, log, { ...source, onLost })
    app.use(lagRoutes(source), projectionRoutes(source))
    return { ready: () => store.health(), stop: () => store.close() }
  },
})
