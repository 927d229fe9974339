import { unread } from '@ordershop/contracts'
import { runService, watchedBy } from '@ordershop/shop'
import type { LostEvents } from './head-watch.ts'
import { lagMetrics } from './lag-metrics.ts'
import { lagRoutes } from './lag-routes.ts'
import { projectionRoutes } from './projection-routes.ts'

await runService({
  name: 'monitor',
  env: process.env,
  start({ config, log, metrics, store, observer }) {
    const onLost = ({ topic, partition, before }: LostEvents) =>
      observer.forked({ topic, partition, group: 'monitor', lastPosition: before })
    const source = { ops: store.ops, watched: { ...watchedBy(config), unread } }
    lagMetrics(metrics, log, { ...source, onLost })
    return { routes: [lagRoutes(source), projectionRoutes(source)] }
  },
})
