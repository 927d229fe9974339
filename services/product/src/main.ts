import { catalog } from '@ordershop/contracts'
import { redisEventStore } from '@ordershop/event-store'
import { eventStoreObserver, runService, storeSettings } from '@ordershop/service'
import { schema } from './config.ts'
import { routes } from './routes.ts'

await runService({
  name: 'product',
  schema,
  env: process.env,
  async start({ config, log, metrics, app }) {
    const observer = eventStoreObserver(metrics, log)
    const store = redisEventStore({ catalog, clientName: 'product', ...storeSettings(config), observer })
    app.use(routes({ store }))
    return { ready: () => store.health(), stop: () => store.close() }
  },
})
