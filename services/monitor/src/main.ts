import { unread } from '@ordershop/contracts'
import { runService, watchedBy } from '@ordershop/shop'
import { z } from 'zod'
import type { LostEvents } from './head-watch.ts'
import { lagMetrics } from './lag-metrics.ts'
import { lagRoutes } from './lag-routes.ts'
import { projectionRoutes } from './projection-routes.ts'

await runService({
  name: 'monitor',
  env: process.env,
  variables: {
    /** Whether whoever reaches the port may have a projection rebuilt, as the load test of it does. */
    REBUILD_OVER_HTTP: z.enum(['on', 'off']).default('off'),
  },
  start({ config, log, metrics, store, observer }) {
    const onLost = ({ topic, partition, before }: LostEvents) =>
      observer.forked({ topic, partition, group: 'monitor', lastPosition: before })
    const source = { ops: store.ops, watched: { ...watchedBy(config), unread } }
    lagMetrics(metrics, log, { ...source, onLost })
    return {
      routes: [
        lagRoutes(source),
        projectionRoutes({ ...source, rebuilds: config.REBUILD_OVER_HTTP === 'on' }),
      ],
    }
  },
})
