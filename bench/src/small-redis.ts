// `node bench/src/small-redis.ts [EVENTS]`: a Redis of the chart's default size takes ten million events, of as many entities as live.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@ordershop/core/id'
import { connectRedis, folderObjects } from '@ordershop/event-store'
import { startRedis } from '@ordershop/event-store/testing'
import { concurrently } from './load.ts'
import { openStore } from './ours.ts'
import { processesOn } from './processes.ts'
import { quantile } from './quantile.ts'
import { thing } from './things.ts'

const total = Number(process.argv[2] ?? 10_000_000)
const [entities, perCommand, concurrency, parts] = [20_000, 10, 64, 10]
// `maxmemory` of the chart's embedded Redis: 70 % of 512 MiB.
const maxmemory = '358mb'

const redis = await startRedis('--appendfsync', 'everysec', '--maxmemory', maxmemory)
const folder = mkdtempSync(join(tmpdir(), 'bench-small-redis-'))
const processes = processesOn(redis.url, 'memory')
const store = await openStore(redis, 'memory', folderObjects(folder))
// As the chart has it: 75 % of 384 MiB.
const NODE_OPTIONS = '--max-old-space-size=288 --max-semi-space-size=4'
await processes.program('archiving.ts', { FOLDER: folder, NODE_OPTIONS })
const archiver = processes.children.at(-1)?.pid
const client = connectRedis({ url: redis.url }, 'bench')
const ids = Array.from({ length: entities }, () => newId())

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`
const residentMiB = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${archiver}/status`, 'utf8'))?.[1]) / 1_024
const archived = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (sum, { parentPath, name }) =>
        sum + (statSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )

console.log('| events | a second | p50 | p99 | refused | Redis | archive | archiver |')
console.log('|---|---|---|---|---|---|---|---|')
let refused = 0
for (let part = 1; part <= parts; part++) {
  const times: number[] = []
  const perSecond = await concurrently(total / parts / perCommand, concurrency, async () => {
    const entityId = ids[Math.floor(Math.random() * entities)] as string
    const events = Array.from({ length: perCommand }, () => thing(256))
    const begun = performance.now()
    await store
      .append({ topic: 'thing', entityId, expected: 'any', commandId: newId(), events })
      .then(() => times.push(performance.now() - begun))
      .catch(() => refused++)
  })
  const used = Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)].map((time) => time.toFixed(1))
  console.log(
    `| ${((part * total) / parts).toLocaleString('en')} | ${(perSecond * perCommand).toFixed(0)} | ${p50} ms | ${p99} ms | ${refused} | ${mebibytes(used)} | ${mebibytes(archived())} | ${residentMiB().toFixed(0)} MiB |`,
  )
}
await client.quit()
await store.close()
await processes.stop()
await redis.stop()
rmSync(folder, { recursive: true })
