import { runService } from '@ordershop/shop'
import { routes } from './routes.ts'

await runService({
  name: 'customer',
  env: process.env,
  start: ({ store }) => ({ routes: [routes({ store })] }),
})
