import { unread } from '@ordershop/contracts'
import { requestCause } from '@ordershop/service'
import { archiveGroup, runService, shopFlow, watchedBy } from '@ordershop/shop'
import { opsRoutes, projectionRoutes } from '@ordershop/store-http/ops'
import { Router } from 'express'
import { commandLog } from './command-log.ts'
import { checkSocket, monitorVariables } from './config.ts'
import type { LostEvents } from './head-watch.ts'
import { lagMetrics } from './lag-metrics.ts'
import { lagRoutes } from './lag-routes.ts'
import { supervisedProcesses } from './supervisor.ts'

const opsPath = '/v1/ops'

await runService({
  name: 'monitor',
  env: process.env,
  variables: monitorVariables,
  check: checkSocket,
  callersBelow: opsPath,
  start({ config, log, metrics, store, observer }) {
    const onLost = ({ topic, partition, before }: LostEvents) =>
      observer.forked({ topic, partition, group: 'monitor', lastPosition: before })
    const { ARCHIVE_URL: archiveUrl, SHOP_CONTROL_SOCKET: socket } = config
    const source = { ops: store.ops, watched: { ...watchedBy(config), unread } }
    lagMetrics(metrics, log, { ...source, onLost })
    const watched = () => source.watched
    const operating = opsRoutes({
      ops: store.ops,
      watched,
      durability: config.DURABILITY,
      archive: archiveUrl ? { url: archiveUrl, group: archiveGroup } : undefined,
      flow: shopFlow,
      operatorOf: (request) => requestCause(request).actor,
      onCommand: commandLog(log),
      processes: socket ? supervisedProcesses(socket) : undefined,
    })
    return {
      routes: [
        lagRoutes(source),
        projectionRoutes({ ops: store.ops, watched, rebuilds: config.REBUILD_OVER_HTTP === 'on' }),
        Router().use(opsPath, operating),
      ],
    }
  },
})
