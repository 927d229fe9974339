// Speed beside raw ioredis, interleaved in one run on one Redis: absolute figures are this machine's, ratios travel.
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { Redis } from 'ioredis'
import * as ours from './ours.ts'
import { median } from './quantile.ts'
import * as raw from './raw.ts'

const rounds = Number(process.env.ROUNDS ?? 5)
const events = Number(process.env.EVENTS ?? 30_000)
const concurrency = 256
const streams = 8

type Figures = Map<string, { ours: number[]; raw: number[]; target: number | undefined }>

type Setup = { name: string; durability: 'fsync' | 'memory'; options: readonly string[]; checked: boolean }

async function round(server: RedisServer, redis: Redis, setup: Setup, figures: Figures): Promise<void> {
  const { name, durability, checked } = setup
  // The targets are the library's; what an application's schemas cost on top is shown for comparison.
  const target = (ratio: number) => (checked ? undefined : ratio)
  const store = await ours.openStore(server.url, redis, durability, checked)
  const appended = await ours.append(store, events, concurrency)
  note(
    figures,
    `append, 256 concurrent, ${name}`,
    appended,
    await raw.xadd(redis, events, concurrency, streams),
    target(0.65),
  )
  const consumed = await ours.consume(store, events, 'bench')
  note(
    figures,
    `consume, no-op handler, ${name}`,
    consumed,
    await raw.xreadgroup(redis, events, streams),
    target(0.9),
  )
  const replayed = await ours.replay(store, events)
  note(figures, `replay, ${name}`, replayed, await raw.xrange(redis, events, streams), target(0.6))
  await store.close()
}

function note(figures: Figures, what: string, own: number, plain: number, target: number | undefined): void {
  const figure = figures.get(what) ?? { ours: [], raw: [], target }
  figure.ours.push(own)
  figure.raw.push(plain)
  figures.set(what, figure)
}

const whole = (value: number) => Math.round(value).toLocaleString('en')

function row(
  what: string,
  own: readonly number[],
  plain: readonly number[],
  target: number | undefined,
): Record<string, string> {
  const ratios = own.map((value, k) => value / (plain[k] as number))
  const spread = `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`
  return {
    what,
    'ours /s': whole(median(own)),
    'raw /s': whole(median(plain)),
    ratio: median(ratios).toFixed(2),
    spread,
    target: target === undefined ? '' : `>= ${target}`,
  }
}

const figures: Figures = new Map()
const setups: Setup[] = [
  { name: 'fsync always', durability: 'fsync', options: ['--appendfsync', 'always'], checked: false },
  { name: 'fsync everysec', durability: 'memory', options: ['--appendfsync', 'everysec'], checked: false },
  {
    name: "everysec, the shop's schemas",
    durability: 'memory',
    options: ['--appendfsync', 'everysec'],
    checked: true,
  },
]
for (const setup of setups) {
  const server = await startRedis(...setup.options)
  const redis = new Redis(server.port, '127.0.0.1')
  for (let k = 0; k <= rounds; k++) {
    process.stderr.write(`\r${setup.name}: ${k === 0 ? 'warming up' : `round ${k} of ${rounds}`}   `)
    await round(server, redis, setup, k === 0 ? new Map() : figures)
  }
  redis.disconnect()
  await server.stop()
}
process.stderr.write('\n')
console.table([...figures].map(([what, { ours: own, raw: plain, target }]) => row(what, own, plain, target)))
