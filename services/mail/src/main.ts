// mail: sends what was requested, once, and records what came of it.
import { catalog } from '@ordershop/contracts'
import { redisEventStore } from '@ordershop/event-store'
import { eventStoreObserver, groupSettings, runService, storeSettings } from '@ordershop/service'
import { Counter } from 'prom-client'
import { schema } from './config.ts'
import { subscriptions } from './subscriptions.ts'
import { consoleTransport, smtpTransport } from './transport.ts'

await runService({
  name: 'mail',
  schema,
  env: process.env,
  async start({ config, log, metrics }) {
    const mails = new Counter({
      name: 'ordershop_mails_total',
      help: 'Attempts to send a mail',
      labelNames: ['outcome'],
      registers: [metrics],
    })
    const observer = eventStoreObserver(metrics, log)
    const store = redisEventStore({ catalog, clientName: 'mail', ...storeSettings(config), observer })
    const transport = config.SMTP_URL
      ? smtpTransport(config.SMTP_URL, config.MAIL_FROM)
      : consoleTransport(log)
    const count = (outcome: string) => mails.inc({ outcome })
    for (const subscription of subscriptions({ store, transport, count })) {
      store.subscribe({ ...subscription, ...groupSettings(config) })
    }
    const stop = () => store.close().finally(() => transport.close())
    return { ready: () => store.health(), stop }
  },
})
