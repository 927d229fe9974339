import { catalog } from '@ordershop/contracts'
import { redisEventStore } from '@ordershop/event-store'
import { eventStoreObserver, groupSettings, runService, storeSettings } from '@ordershop/service'
import { billings } from './billings.ts'
import { schema } from './config.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

await runService({
  name: 'billing',
  schema,
  env: process.env,
  async start({ config, log, metrics, app }) {
    const observer = eventStoreObserver(metrics, log)
    const store = redisEventStore({ catalog, clientName: 'billing', ...storeSettings(config), observer })
    app.use(routes({ billings: billings(store) }))
    for (const subscription of subscriptions({ store })) {
      store.subscribe({ ...subscription, ...groupSettings(config) })
    }
    return { ready: () => store.health(), stop: () => store.close() }
  },
})
