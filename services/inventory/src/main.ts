import { catalog } from '@ordershop/contracts'
import { redisEventStore } from '@ordershop/event-store'
import { eventStoreObserver, groupSettings, runService, storeSettings } from '@ordershop/service'
import { schema } from './config.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

await runService({
  name: 'inventory',
  schema,
  env: process.env,
  async start({ config, log, metrics, app }) {
    const observer = eventStoreObserver(metrics, log)
    const store = redisEventStore({ catalog, clientName: 'inventory', ...storeSettings(config), observer })
    app.use(routes({ store }))
    for (const subscription of subscriptions({ store })) {
      store.subscribe({ ...subscription, ...groupSettings(config) })
    }
    return { ready: () => store.health(), stop: () => store.close() }
  },
})
