// Every dashboard, and the file of the chart that it becomes.
import { join } from 'node:path'
import { root } from '../src/root.ts'
import { eventStore } from './event-store.ts'
import { redisDashboard } from './redis.ts'
import { shopDashboard } from './shop.ts'

const folder = join(root, 'charts/ordershop/dashboards')

/** Path and content of each dashboard's file. */
export const dashboardFiles = [eventStore, shopDashboard, redisDashboard].map((dashboard) => ({
  path: join(folder, `${dashboard.uid}.json`),
  json: `${JSON.stringify(dashboard, null, 2)}\n`,
}))
