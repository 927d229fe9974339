// The shop at work, with a redis_exporter and two Prometheus beside it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientOf, each } from '@ordershop/check/client'
import { steadyLoad } from '@ordershop/check/load'
import { eventually } from '@ordershop/core/testing'
import { afterAll } from 'vitest'
import { openShop, type Shop } from '../e2e/shop.ts'
import { type Labels, type Prometheus, startPrometheus, startRedisExporter } from './prometheus.ts'

/** What a scraper adds to every series, as kube-prometheus-stack does it. */
export const targetLabels = ['namespace', 'service', 'pod', 'container', 'endpoint', 'job', 'instance']

type Process = { readonly service: string; readonly instance: string; readonly address: string }

/** Resolves once every process has been scraped by both and orders have gone all the way. Everything ends with the test file. */
export async function observedShop() {
  const shop = await openShop()
  const dir = mkdtempSync(join(tmpdir(), 'ordershop-observe-'))
  const exporter = await startRedisExporter(dir, shop.redisUrl)
  afterAll(() => exporter.stop())
  const processes = [
    ...(await servicesOf(shop)),
    { service: 'redis', instance: 'redis-0', address: exporter.address },
  ]
  const start = async (name: string, labelsOf: (process: Process) => Labels) => {
    const targets = processes.map((process) => ({ address: process.address, labels: labelsOf(process) }))
    const prometheus = await startPrometheus(join(dir, name), targets)
    afterAll(() => prometheus.stop())
    return prometheus
  }
  const kubernetes = await start('kubernetes', inKubernetes)
  const bare = await start('bare', () => ({}))
  afterAll(() => rmSync(dir, { recursive: true }))
  const load = await business(shop)
  afterAll(() => load.stop())

  const allUp = async (prometheus: Prometheus) =>
    (await prometheus.query('count(up == 1)'))[0]?.value === processes.length
  for (const prometheus of [kubernetes, bare]) await eventually(() => allUp(prometheus), { withinMs: 30_000 })
  await eventually(() => load.acknowledged.length > 10, { withinMs: 30_000 })
  return { processes, kubernetes, bare }
}

async function servicesOf(shop: Shop): Promise<readonly Process[]> {
  const all = await shop.processes()
  return all
    .filter(({ service }) => service !== 'redis' && service !== 'mailbox')
    .map(({ service, instance, port }) => ({ service, instance, address: `127.0.0.1:${port}` }))
}

function inKubernetes({ service, instance }: Process): Labels {
  return { namespace: 'ordershop', service, pod: instance, container: service, endpoint: 'http' }
}

/** Customers who order what there is, and what there is not. */
async function business({ gatewayUrl }: Shop) {
  const client = clientOf([gatewayUrl()], [200, 202])
  const customers = await client.post(
    '/customers',
    each(3, (n) => ({ name: `Watched ${n}`, email: `w${n}@observe.example` })),
  )
  const [plenty, nothing] = await client.post(
    '/products',
    each(2, (n) => ({ name: `Thing ${n}`, price: 5 })),
  )
  await client.post('/inventory', { product_id: plenty, amount: 100_000 })
  return steadyLoad(4, (n) =>
    client.create('/orders', {
      customer_id: customers[n % 3],
      product_ids: [n % 4 === 0 ? nothing : plenty],
    }),
  )
}
