import { runService } from '@ordershop/shop'
import { routes } from './routes.ts'

await runService({
  name: 'gift-card',
  env: process.env,
  start: ({ store }) => ({ routes: [routes({ store })] }),
})
