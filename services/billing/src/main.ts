import { runService } from '@ordershop/shop'
import { billings } from './billings.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

await runService({
  name: 'billing',
  env: process.env,
  start: ({ store }) => ({
    routes: [routes({ store, billings: billings(store) })],
    subscriptions: subscriptions({ store }),
  }),
})
