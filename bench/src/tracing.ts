// What tracing costs: the same requests to the same shop, turn by turn without traces and with 1 % of them recorded.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { catalog, groups } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { startRedis } from '@ordershop/event-store/testing'
import { Agent, request } from 'undici'
import { concurrently } from './load.ts'
import { progress } from './measure.ts'
import { openStoreOf } from './ours.ts'
import { processesOn } from './processes.ts'
import { median, quantile } from './quantile.ts'

const rounds = Number(process.env.ROUNDS ?? 150)
const requests = Number(process.env.REQUESTS ?? 300)
const ratio = process.env.RATIO ?? '0.01'
const warmUpRounds = 20
const target = 0.95

let batches = 0
const collector = createServer((incoming, outgoing) => {
  incoming.resume().once('end', () => {
    batches++
    outgoing.end()
  })
}).listen(0, '127.0.0.1')
await once(collector, 'listening')

const redis = await startRedis('--appendfsync', 'everysec')
const store = await openStoreOf(catalog, redis, 'memory')
const processes = processesOn(redis.url, 'memory')

function start(service: string, more: Record<string, string> = {}): Promise<string> {
  const COLLECTOR_URL = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
  const switched = ['--import', join(import.meta.dirname, 'switched-tracing.ts')]
  return processes.start(service, { COLLECTOR_URL, SAMPLED: ratio, ...more }, switched)
}

// From the request to the mail that it deserves: customers through gateway and customer to crm.
await start('crm')
await start('read-model')
const gateway = await start('gateway', { CUSTOMER_URL: await start('customer') })
const agent = new Agent()

async function createCustomer(): Promise<void> {
  const body = JSON.stringify({ name: 'Ada', email: 'ada@example.com' })
  const headers = { 'content-type': 'application/json' }
  const answer = await request(`${gateway}/customers`, { dispatcher: agent, method: 'POST', headers, body })
  await answer.body.dump()
  if (answer.statusCode > 202) throw new Error(`got ${answer.statusCode}, expected 200 or 202`)
}

async function allHandled(): Promise<void> {
  const behind = (await store.ops.lag({ crm: groups.crm })).reduce((sum, { lag }) => sum + lag, 0)
  if (behind > 0) throw new Error(`crm is ${behind} events behind`)
}

/** Requests a second, until all that they lead to is done, and milliseconds of processor for each. */
type Measured = { readonly perSecond: number; readonly cpu: number }

async function round(on: boolean): Promise<Measured> {
  for (const child of processes.children) {
    child.send(on)
    await once(child, 'message')
  }
  const [started, before] = [performance.now(), processes.cpuMs()]
  await concurrently(requests, 32, createCustomer)
  await eventually(allHandled, { withinMs: 60_000, everyMs: 2 })
  return {
    perSecond: (1_000 * requests) / (performance.now() - started),
    cpu: (processes.cpuMs() - before) / requests,
  }
}

const pairs: { off: Measured; on: Measured }[] = []
for (let k = -warmUpRounds; k < rounds; k++) {
  progress(k < 0 ? 'warming up' : `round ${k + 1} of ${rounds}`)
  // Who goes first changes, so that neither always has the quieter moment.
  const first = await round(k % 2 === 0)
  const second = await round(k % 2 !== 0)
  if (k >= 0) pairs.push(k % 2 === 0 ? { on: first, off: second } : { on: second, off: first })
}
progress('')

function row(what: string, value: (one: Measured) => number, digits: number, wanted: string) {
  const [off, on] = [pairs.map((pair) => value(pair.off)), pairs.map((pair) => value(pair.on))]
  const ratios = on.map((one, k) => one / (off[k] as number))
  return {
    what,
    off: median(off).toFixed(digits),
    on: median(on).toFixed(digits),
    ratio: median(ratios).toFixed(3),
    'middle half': `${quantile(ratios, 0.25).toFixed(2)}-${quantile(ratios, 0.75).toFixed(2)}`,
    target: wanted,
  }
}

console.table([
  row(
    `requests a second, ${100 * Number(ratio)} % recorded`,
    ({ perSecond }) => perSecond,
    0,
    `>= ${target}`,
  ),
  row('processor for each, ms', ({ cpu }) => cpu, 3, `<= ${(1 / target).toFixed(2)}`),
])

await Promise.all([store.close(), agent.close()])
await processes.stop()
await redis.stop()
console.log(`the collector took ${batches} batches of spans`)
collector.close()
