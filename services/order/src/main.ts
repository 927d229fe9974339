import { runService } from '@ordershop/shop'
import { Counter } from 'prom-client'
import { orders as ordersOf } from './orders.ts'
import { routes } from './routes.ts'
import { subscriptions } from './subscriptions.ts'

await runService({
  name: 'order',
  env: process.env,
  start({ store, metrics }) {
    const outcomes = new Counter({
      name: 'ordershop_orders_total',
      help: 'Events recorded of orders, by what came of it: created, confirmed, rejected, billed, …',
      labelNames: ['outcome'],
      registers: [metrics],
    })
    const orders = ordersOf(store, (type) => outcomes.inc({ outcome: type.replace('order_', '') }))
    return { routes: [routes({ orders, store })], subscriptions: subscriptions({ orders }) }
  },
})
