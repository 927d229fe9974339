// crm: decides which mails customers, orders and billings deserve, and requests them.
import { runService } from '@ordershop/shop'
import { subscriptions } from './subscriptions.ts'

await runService({
  name: 'crm',
  env: process.env,
  start: ({ store }) => ({ subscriptions: subscriptions({ store }) }),
})
