// `node bench/src/watchers.ts [READERS] [SLOW]`: what readers of /v1/events cost a gateway; the slow ones stop reading.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { catalog } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import { startRedis } from '@ordershop/event-store/testing'
import { openStoreOf } from './ours.ts'
import { cpuMsOf, processesOn } from './processes.ts'

const [readers = 1_000, slow = 200] = process.argv.slice(2).map(Number)
/** Events a second and seconds of them: enough that a slow reader's socket is full long before the end. */
const [perSecond, seconds] = [20, 40]
/** Large, so that sockets are full soon. */
const params = { text: 'x'.repeat(12_000) }

// Of the chart's gateway: 75 % of 256 MiB.
const heap = ['--max-old-space-size=192']

const redis = await startRedis('--appendonly', 'no')
const processes = processesOn(redis.url, 'memory')
const gateway = new URL(await processes.start('gateway', { MAX_STREAMS: `${readers}` }, heap))
const pid = processes.children.at(-1)?.pid
const store = await openStoreOf(catalog, { url: redis.url }, 'memory')

const rssMiB = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
const seen = { frames: 0, ends: 0 }

async function reader(isSlow: boolean): Promise<Socket> {
  const socket = connect(Number(gateway.port), gateway.hostname)
  socket.on('error', () => {})
  socket.write('GET /v1/events?topic=mail HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n')
  await once(socket, 'data')
  if (isSlow) return socket.pause()
  return socket.on('data', (piece: Buffer) => {
    for (let at = piece.indexOf('{"event_id"'); at >= 0; at = piece.indexOf('{"event_id"', at + 1))
      seen.frames++
    if (piece.includes('event: end')) seen.ends++
  })
}

const told = (what: string) => console.log(`${what}: RSS ${rssMiB().toFixed(0)} MiB`)
told('no reader')
const sockets: Socket[] = []
for (let k = 0; k < readers; k++) sockets.push(await reader(k < slow))
told(`${readers} readers`)
const cpuBefore = cpuMsOf(pid)
for (let second = 1; second <= seconds; second++) {
  const due = performance.now() + 1_000
  for (let k = 0; k < perSecond; k++) {
    const mail_id = newId()
    const data = { mail_id, customer_id: mail_id, template: 'welcome' as const, params }
    const events = [{ type: 'mail_requested' as const, data }]
    await store.append({ topic: 'mail', entityId: mail_id, expected: 0, commandId: null, events })
  }
  await pause(Math.max(0, due - performance.now()))
  if (second % 10 === 0) told(`after ${second} s of ${perSecond} events a second`)
}
const expected = (readers - slow) * perSecond * seconds
for (let k = 0; k < 40 && seen.frames < expected; k++) await pause(500)
const cpu = ((cpuMsOf(pid) - cpuBefore) / 1_000).toFixed(1)
console.log(
  `${seen.frames} of ${expected} events received by ${readers - slow} readers, ${seen.ends} of them dropped`,
)
let dropped = 0
for (const socket of sockets.slice(0, slow)) {
  socket.on('data', (piece: Buffer) => {
    if (piece.includes('slow reader: ')) dropped++
  })
  socket.resume()
}
await pause(2_000)
const gone = sockets.slice(0, slow).filter(({ closed }) => closed).length
console.log(
  `of ${slow} slow readers ${dropped} read why they were dropped, ${gone} are disconnected; gateway ${cpu} s of processor`,
)
told('at the end')
for (const socket of sockets) socket.destroy()
await store.close()
await processes.stop()
await redis.stop()
