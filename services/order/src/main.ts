import { catalog } from '@ordershop/contracts'
import { redisEventStore } from '@ordershop/event-store'
import { eventStoreObserver, groupSettings, runService, storeSettings } from '@ordershop/service'
import { Counter } from 'prom-client'
import { schema } from './config.ts'
import { orders as ordersOf } from './orders.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

await runService({
  name: 'order',
  schema,
  env: process.env,
  async start({ config, log, metrics, app }) {
    const outcomes = new Counter({
      name: 'ordershop_orders_total',
      help: 'Events recorded of orders, by what came of it: created, confirmed, rejected, billed, …',
      labelNames: ['outcome'],
      registers: [metrics],
    })
    const observer = eventStoreObserver(metrics, log)
    const store = redisEventStore({ catalog, clientName: 'order', ...storeSettings(config), observer })
    const orders = ordersOf(store, (type) => outcomes.inc({ outcome: type.replace('order_', '') }))
    app.use(routes({ orders }))
    for (const subscription of subscriptions({ orders })) {
      store.subscribe({ ...subscription, ...groupSettings(config) })
    }
    return { ready: () => store.health(), stop: () => store.close() }
  },
})
