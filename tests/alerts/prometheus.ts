// A real Prometheus beside the shop, and a redis_exporter.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import getPort from 'get-port'
import { type ChildProcess, programOnPath, startChild } from './child-process.ts'

export type Labels = Readonly<Record<string, string>>
/** What is scraped: `127.0.0.1:5004`, with the labels that the scraper gives it. */
export type ScrapeTarget = { readonly address: string; readonly labels: Labels }
type Sample = { readonly metric: Labels; readonly value: number }
type Alert = {
  readonly labels: Labels
  readonly annotations: Labels
  readonly state: 'pending' | 'firing'
}

export type Prometheus = ChildProcess & {
  /** Now. */
  query(expr: string): Promise<readonly Sample[]>
  /** The labels of every series of a selector. */
  series(selector: string): Promise<readonly Labels[]>
  labelValues(label: string, selector: string): Promise<readonly string[]>
  alerts(): Promise<readonly Alert[]>
}

const advice = '`need_prometheus` in scripts/setup installs it'

export const promtool = () => programOnPath(['promtool'], advice)

/** Scrapes and evaluates every second. `dir` takes its data and its log. */
export async function startPrometheus(
  dir: string,
  targets: readonly ScrapeTarget[],
  rules: readonly string[] = [],
): Promise<Prometheus> {
  mkdirSync(dir, { recursive: true })
  const port = await getPort({ host: '127.0.0.1' })
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: rules,
    scrape_configs: [
      {
        job_name: 'ordershop',
        static_configs: targets.map(({ address, labels }) => ({ targets: [address], labels })),
      },
    ],
  }
  // JSON is YAML.
  writeFileSync(join(dir, 'prometheus.yml'), JSON.stringify(config, null, 2))
  const args = [
    `--config.file=${join(dir, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(dir, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=warn',
  ]
  const program = startChild(programOnPath(['prometheus'], advice), args, join(dir, 'prometheus.log'))
  const url = `http://127.0.0.1:${port}`
  await answering(`${url}/-/ready`)
  return { stop: program.stop, ...clientOf(url) }
}

/** Exports a Redis as every redis_exporter does. Returns where it is scraped. */
export async function startRedisExporter(
  dir: string,
  redisUrl: string,
): Promise<ChildProcess & { address: string }> {
  mkdirSync(dir, { recursive: true })
  const address = `127.0.0.1:${await getPort({ host: '127.0.0.1' })}`
  const name = programOnPath(['redis_exporter', 'prometheus-redis-exporter'], advice)
  const program = startChild(
    name,
    ['-redis.addr', redisUrl, '-web.listen-address', address],
    join(dir, 'exporter.log'),
  )
  await answering(`http://${address}/metrics`)
  return { stop: program.stop, address }
}

function clientOf(url: string): Omit<Prometheus, 'stop'> {
  async function get<T>(path: string, parameters: Labels = {}): Promise<T> {
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`)
    const answer = (await response.json()) as { status: string; data: T; error?: string }
    if (answer.status === 'success') return answer.data
    throw new Error(`${path} ${JSON.stringify(parameters)}: ${answer.error}`)
  }
  return {
    async query(query) {
      type Vector = { result: { metric: Labels; value: [number, string] }[] }
      const { result } = await get<Vector>('query', { query })
      return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }))
    },
    series: (selector) => get('series', { 'match[]': selector }),
    labelValues: (label, selector) => get(`label/${label}/values`, { 'match[]': selector }),
    alerts: async () => (await get<{ alerts: Alert[] }>('alerts')).alerts,
  }
}

async function answering(url: string): Promise<void> {
  await eventually(async () => (await fetch(url)).ok, { withinMs: 20_000, everyMs: 50 })
}
