import { runService } from '@ordershop/shop'
import { subscriptions } from './subscriptions.ts'

await runService({
  name: 'gift-card',
  env: process.env,
  start: ({ store }) => ({ subscriptions: subscriptions({ store }) }),
})
