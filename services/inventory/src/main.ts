import { runService } from '@ordershop/shop'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

await runService({
  name: 'inventory',
  env: process.env,
  start: ({ store }) => ({ routes: [routes({ store })], subscriptions: subscriptions({ store }) }),
})
