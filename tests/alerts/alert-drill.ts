// `scripts/alert-drill`: provokes every alert on a running shop, and has a real Prometheus fire and resolve it.
import { join } from 'node:path'
import { clientOf } from '@ordershop/check/client'
import { type Load, steadyLoad } from '@ordershop/check/load'
import { eventually } from '@ordershop/core/testing'
import { portsFrom } from '@ordershop/local-shop/ports'
import { table } from '@ordershop/ops/table'
import { Redis } from 'ioredis'
import { newSandbox, type Sandbox, shopCommand } from '../e2e/sandbox.ts'
import { writeAcceleratedRules } from './accelerated-rules.ts'
import { alertRules } from './expressions.ts'
import * as faults from './faults.ts'
import { type Labels, type Prometheus, startPrometheus, startRedisExporter } from './prometheus.ts'

/** An hour of the rules is a minute of the drill. */
const factor = 60
const withinMs = 150_000

type Line = Readonly<
  Record<'alert' | 'provoked by', string> & Record<'fired after s' | 'resolved after s', number>
>

/** Name and labels, for people. */
const named = ({ alertname = '', ...labels }: Labels) => [alertname, ...Object.values(labels)].join(' ')

async function fires(prometheus: Prometheus, wanted: Labels): Promise<boolean> {
  const alerts = await prometheus.alerts()
  const matches = (labels: Labels) => Object.entries(wanted).every(([name, value]) => labels[name] === value)
  return alerts.some(({ state, labels }) => state === 'firing' && matches(labels))
}

/** Seconds from now until the alert fires, or resolves. */
async function secondsUntil(prometheus: Prometheus, alert: Labels, firing: boolean): Promise<number> {
  const started = performance.now()
  const reached = async () => (await fires(prometheus, alert)) === firing
  await eventually(reached, { withinMs, everyMs: 250 }).catch(() => {
    throw new Error(`${named(alert)} did not ${firing ? 'fire' : 'resolve'} within ${withinMs / 1_000} s`)
  })
  return Math.round((performance.now() - started) / 100) / 10
}

/** Provokes a fault. What it returns waits for the alerts, repairs the fault, and waits until they resolve. */
async function begin(prometheus: Prometheus, fault: faults.Fault): Promise<() => Promise<Line[]>> {
  for (const alert of fault.alerts)
    if (await fires(prometheus, alert)) throw new Error(`${named(alert)} fires before ${fault.what}`)
  console.log(`${fault.what} …`)
  const all = (firing: boolean) =>
    Promise.all(fault.alerts.map((alert) => secondsUntil(prometheus, alert, firing)))
  const firing = all(true)
  firing.catch(() => {}) // reported where it is awaited
  await fault.provoke()
  return async () => {
    const fired = await firing
    const silent = all(false)
    silent.catch(() => {})
    await fault.heal()
    const resolved = await silent
    return fault.alerts.map((alert, k) => ({
      alert: named(alert),
      'provoked by': fault.what,
      'fired after s': fired[k] ?? Number.NaN,
      'resolved after s': resolved[k] ?? Number.NaN,
    }))
  }
}

async function drill(prometheus: Prometheus, drilled: faults.Drilled): Promise<Line[]> {
  const inFull = async (fault: faults.Fault) => (await begin(prometheus, fault))()
  // What is parked must grow old: meanwhile other things go wrong.
  const mails = await begin(prometheus, faults.mailsDeferred(drilled))
  const consumers = await inFull(faults.consumersStopped(drilled))
  const monitor = await inFull(faults.monitorStopped(drilled))
  return [
    ...(await mails()),
    ...consumers,
    ...monitor,
    ...(await inFull(faults.archiverStopped(drilled))),
    ...(await inFull(faults.archiveUnavailable(drilled))),
    ...(await inFull(faults.archiveEmptied(drilled))),
    ...(await inFull(faults.memoryFull(drilled))),
    ...(await inFull(faults.appendOnlyOff(drilled))),
    ...(await inFull(faults.historyLost(drilled))),
  ]
}

async function orders({ portBase }: Sandbox): Promise<Load<string>> {
  const gateway = `http://127.0.0.1:${portsFrom(portBase).instance('gateway', 1)}`
  const client = clientOf([gateway], [200, 202])
  const customer_id = await client.create('/customers', { name: 'Drill', email: 'drill@observe.example' })
  const product_id = await client.create('/products', { name: 'Helmet', price: 5 })
  await client.post('/inventory', { product_id, amount: 100_000 })
  return steadyLoad(4, () => client.create('/orders', { customer_id, product_ids: [product_id] }))
}

async function watch(sandbox: Sandbox, stops: Stop[]): Promise<Prometheus> {
  const dir = join(sandbox.dir, 'observe')
  const exporter = await startRedisExporter(dir, `redis://127.0.0.1:${portsFrom(sandbox.portBase).redis}`)
  stops.push(exporter.stop)
  const all: { service: string; port: number }[] = JSON.parse(await shopCommand(sandbox, 'status', '--json'))
  const services = all.filter(({ service }) => service !== 'redis' && service !== 'mailbox')
  const targets = [
    ...services.map(({ service, port }) => ({ service, address: `127.0.0.1:${port}` })),
    { service: 'redis', address: exporter.address },
  ].map(({ service, address }) => ({ address, labels: { namespace: 'drill', service } }))
  const prometheus = await startPrometheus(dir, targets, writeAcceleratedRules(join(dir, 'rules'), factor))
  stops.push(prometheus.stop)
  return prometheus
}

type Stop = () => unknown

async function main(stops: Stop[]): Promise<void> {
  const { sandbox, end } = await newSandbox('alert-drill', { ARCHIVE_SEAL_MS: '1000' })
  stops.push(end)
  await shopCommand(sandbox, 'up', '--detach', '--no-demo')
  const load = await orders(sandbox)
  stops.push(load.stop)
  const prometheus = await watch(sandbox, stops)
  const redis = new Redis(portsFrom(sandbox.portBase).redis)
  redis.on('error', () => {}) // it is stopped on purpose
  stops.push(() => redis.disconnect())
  const lines = await drill(prometheus, { sandbox, redis, orders: () => load.acknowledged.length })
  console.log(`\n${table(lines)}\n`)
  const drilled = new Set(lines.map(({ alert }) => alert.split(' ')[0]))
  const left = alertRules().filter(({ alert }) => !drilled.has(alert))
  if (left.length > 0) throw new Error(`never provoked: ${left.map(({ alert }) => alert).join(', ')}`)
  console.log(`${drilled.size} alerts fired and resolved; times in the rules were divided by ${factor}`)
}

const stops: Stop[] = []
try {
  await main(stops)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  for (const stop of stops.reverse()) await stop()
}
