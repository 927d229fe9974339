import { catalog } from '@ordershop/contracts'
import { redisEventStore } from '@ordershop/event-store'
import { eventStoreObserver, runService, storeSettings } from '@ordershop/service'
import { schema } from './config.ts'
import { forwarder } from './forward.ts'
import { gateway } from './gateway.ts'
import { redisMemory } from './idempotency.ts'
import { answerProblem } from './problem.ts'
import { maxBodyBytes } from './routes.ts'
import { views } from './views.ts'

const seenWithinMs = 2_000

await runService({
  name: 'gateway',
  schema,
  env: process.env,
  answer: answerProblem,
  maxBodyBytes,
  async start({ config, log, metrics, app }) {
    const observer = eventStoreObserver(metrics, log)
    const settings = storeSettings(config)
    const store = redisEventStore({ catalog, clientName: 'gateway', ...settings, observer })
    const memory = redisMemory(settings.redis)
    const { forward, close } = forwarder({
      customer: config.CUSTOMER_URL,
      product: config.PRODUCT_URL,
      inventory: config.INVENTORY_URL,
      order: config.ORDER_URL,
      billing: config.BILLING_URL,
    })
    const cache = store.cache('read-model')
    app.use(
      gateway({
        forward,
        memory,
        views: views({ ...store, cache }),
        seen: (positions) => cache.waitFor(positions, seenWithinMs),
      }),
    )
    return {
      ready: () => store.health(),
      async stop() {
        memory.close()
        await Promise.all([close(), store.close()])
      },
    }
  },
})
