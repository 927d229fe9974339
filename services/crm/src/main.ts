// crm: hears of customers, orders and billings, and requests the mails they deserve.
import { catalog } from '@ordershop/contracts'
import { redisEventStore } from '@ordershop/event-store'
import { baseSchema, eventStoreObserver, groupSettings, runService, storeSettings } from '@ordershop/service'
import { subscriptions } from './subscriptions.ts'

await runService({
  name: 'crm',
  schema: baseSchema,
  env: process.env,
  async start({ config, log, metrics }) {
    const observer = eventStoreObserver(metrics, log)
    const store = redisEventStore({ catalog, clientName: 'crm', ...storeSettings(config), observer })
    for (const subscription of subscriptions({ store })) {
      store.subscribe({ ...subscription, ...groupSettings(config) })
    }
    return { ready: () => store.health(), stop: () => store.close() }
  },
})
