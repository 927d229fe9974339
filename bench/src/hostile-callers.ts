// `node bench/src/hostile-callers.ts [CONNECTIONS [WORDS]]`, of all ways or those whose names have WORDS: what somebody else gets of a gateway that is held up in every way there is.
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { startRedis } from '@ordershop/event-store/testing'
import { atRate } from './load.ts'
import { processesOn } from './processes.ts'
import { quantile } from './quantile.ts'

const connections = Number(process.argv[2] ?? 10_000)
const words = process.argv[3] ?? ''
const [perSecond, ms] = [20, 15_000]
// As the chart has it.
const heapOf = (mib: number) => [`--max-old-space-size=${0.75 * mib}`, '--max-semi-space-size=4']
const [heap, gatewayHeap] = [heapOf(256), heapOf(512)]

const redis = await startRedis('--appendonly', 'no')
const processes = processesOn(redis.url, 'memory')
const customerUrl = await processes.start('customer', {}, heap)
const customer = processes.children.at(-1)
const productUrl = await processes.start('product', {}, heap)
await processes.start('read-model', {}, heap)
const upstreams = { CUSTOMER_URL: customerUrl, PRODUCT_URL: productUrl }
const gateway = new URL(await processes.start('gateway', upstreams, gatewayHeap))
const pid = processes.children.at(-1)?.pid

const residentMiB = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024

/** What somebody else gets meanwhile: creates a product and reads the list, by turns. */
async function somebodyElse(): Promise<string> {
  const times: number[] = []
  let refused = 0
  let turn = 0
  const asked = await atRate(perSecond, ms, async () => {
    const begun = performance.now()
    const body = JSON.stringify({ name: 'Chair', price_cents: 100 })
    const headers = { 'content-type': 'application/json' }
    const post = turn++ % 2 === 0 ? { method: 'POST', headers, body } : {}
    const answer = await fetch(`${gateway.origin}/v1/products${post.body ? '' : '?limit=10'}`, {
      ...post,
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.ok) times.push(performance.now() - begun)
    else refused++
  })
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)].map((time) => time.toFixed(0))
  return `${times.length} of ${asked} | ${refused} | ${p50} ms | ${p99} ms`
}

/** Keeps so many connections open, a new one for each that is cut, until it is called off. */
function hold(count: number, begin: (socket: Socket) => void): { opened(): number; end(): void } {
  const sockets = new Set<Socket>()
  let opened = 0
  let over = false
  const open = () => {
    if (over) return
    opened++
    const socket = connect(Number(gateway.port), gateway.hostname)
    sockets.add(socket)
    socket
      .on('error', () => {})
      .once('close', () => {
        sockets.delete(socket)
        // Not at once: it is one machine, and what is measured is the gateway.
        setTimeout(open, 2_000)
      })
    begin(socket)
  }
  for (let k = 0; k < count; k++) setTimeout(open, (k * 3_000) / count)
  return {
    opened: () => opened,
    end() {
      over = true
      for (const socket of sockets) socket.destroy()
    },
  }
}

const head = 'host: shop\r\ncontent-type: application/json\r\n'
/** A few bytes, now and then. */
const drip = (piece: string) => (socket: Socket) => {
  const timer = setInterval(() => socket.write('x'), 5_000)
  socket.once('close', () => clearInterval(timer))
  socket.write(piece)
}
const floods: Record<string, [count: number, begin: (socket: Socket) => void]> = {
  'connections that send nothing': [connections, () => {}],
  'headers that never end': [connections, drip(`GET /v1/products HTTP/1.1\r\n${head}x-long: `)],
  'bodies that never end': [
    connections,
    drip(`POST /v1/products HTTP/1.1\r\n${head}content-length: 100000\r\n\r\n{"name":"`),
  ],
  'long answers that nobody reads': [
    connections,
    (socket) => socket.pause().write(`GET /products HTTP/1.1\r\n${head}\r\n`.repeat(2)),
  ],
}

console.log('| held up by | answered | refused | p50 | p99 | opened | resident | p99, 10 s after |')
console.log('|---|---|---|---|---|---|---|---|')
async function row(what: string, begin: () => { opened(): number; end(): void }): Promise<void> {
  if (!what.includes(words)) return
  const { opened, end } = begin()
  // It has begun when what is measured begins.
  await pause(3_000)
  const meanwhile = await somebodyElse()
  const resident = `${residentMiB().toFixed(0)} MiB`
  end()
  await pause(10_000)
  const after = (await somebodyElse()).split(' | ').at(-1)
  console.log(`| ${what} | ${meanwhile} | ${opened()} | ${resident} | ${after} |`)
}

const filled = JSON.stringify(Array.from({ length: 1_000 }, () => ({ name: 'Chair', price: 1 })))
for (let k = 0; k < 5; k++)
  await fetch(`${gateway.origin}/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: filled,
  })
await somebodyElse()
await row('nobody', () => ({ opened: () => 0, end: () => {} }))
for (const [what, [count, begin]] of Object.entries(floods))
  await row(`${count} × ${what}`, () => hold(count, begin))
await row('a service that accepts and never answers, asked 100 times a second', () => {
  customer?.kill('SIGSTOP')
  const asking = setInterval(() => {
    fetch(`${gateway.origin}/v1/customers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Ada', email: 'ada@example.com' }),
    }).catch(() => undefined)
  }, 10)
  return {
    opened: () => 0,
    end() {
      clearInterval(asking)
      customer?.kill('SIGCONT')
    },
  }
})
await processes.stop()
await redis.stop()
