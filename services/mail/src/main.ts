// mail: sends what was requested, once, and records what came of it.
import { reread } from '@ordershop/service'
import { runService } from '@ordershop/shop'
import { Counter } from 'prom-client'
import { checkServer, smtpUrlIn, variables } from './config.ts'
import { subscriptions } from './subscriptions.ts'
import { consoleTransport, smtpTransport } from './transport.ts'

await runService({
  name: 'mail',
  env: process.env,
  variables,
  check: checkServer,
  start({ config, log, metrics, store }) {
    const mails = new Counter({
      name: 'ordershop_mails_total',
      help: 'Attempts to send a mail',
      labelNames: ['outcome'],
      registers: [metrics],
    })
    const { SMTP_URL: url, SMTP_URL_FILE: file } = config
    const server = file ? reread(file, smtpUrlIn, log) : url && (() => url)
    const transport = server ? smtpTransport(server, config.MAIL_FROM) : consoleTransport(log)
    const count = (outcome: string) => mails.inc({ outcome })
    return { subscriptions: subscriptions({ store, transport, count }), stop: () => transport.close() }
  },
})
