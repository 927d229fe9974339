// `node bench/src/console.ts [MINUTES]`: how soon the console can be used, how it draws a busy log, and whether so many minutes of it grow.
import { setTimeout as pause } from 'node:timers/promises'
import { catalog } from '@ordershop/contracts'
import { newId } from '@ordershop/core/id'
import { startRedis } from '@ordershop/event-store/testing'
import { type Browser, chromium, type Page } from 'playwright-core'
import which from 'which'
import { atRate, concurrently } from './load.ts'
import { openStoreOf } from './ours.ts'
import { cpuMsOf, processesOn } from './processes.ts'
import { quantile } from './quantile.ts'

const minutes = Number(process.argv[2] ?? 0)
const [before, busy, calm] = [100_000, 1_000, 100]

const redis = await startRedis('--appendonly', 'no')
const processes = processesOn(redis.url, 'memory')
// As the chart has it.
const url = await processes.start('gateway', {}, ['--max-old-space-size=384', '--max-semi-space-size=4'])
const gatewayPid = processes.children.at(-1)?.pid
const store = await openStoreOf(catalog, { url: redis.url }, 'memory')

function append(): Promise<unknown> {
  const mail_id = newId()
  const data = { mail_id, customer_id: mail_id, template: 'welcome' as const, params: { name: 'Ada' } }
  const events = [{ type: 'mail_requested' as const, data }]
  return store.append({ topic: 'mail', entityId: mail_id, expected: 0, commandId: null, events })
}

async function started(): Promise<Browser> {
  const executablePath = await which('chromium')
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--enable-precise-memory-info']
  return chromium.launch({ executablePath, args })
}

async function tailing(): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(`${url}/console/events`)
  await page.getByRole('status').getByText('Live').waitFor()
  return page
}

/** From the address to a view that has answered a click, with nothing cached. */
async function untilUsable(): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const begun = performance.now()
  await page.goto(`${url}/console/events`, { waitUntil: 'commit' })
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Resume' }).waitFor()
  const ms = performance.now() - begun
  await context.close()
  return ms
}

/** Frames a second that the page draws, and the longest without one. It is asked by what it draws itself. */
function frames(page: Page, seconds: number): Promise<{ perSecond: number; longestMs: number }> {
  return page.evaluate(
    (forMs) =>
      new Promise<{ perSecond: number; longestMs: number }>((resolve) => {
        const { requestAnimationFrame: onFrame } = globalThis as unknown as {
          requestAnimationFrame(call: (now: number) => void): void
        }
        let drawn = 0
        let longestMs = 0
        let first = 0
        let last = 0
        const frame = (now: number) => {
          if (first === 0) first = now
          else {
            drawn++
            longestMs = Math.max(longestMs, now - last)
          }
          last = now
          if (now - first < forMs) onFrame(frame)
          else resolve({ perSecond: (drawn * 1_000) / (now - first), longestMs })
        }
        onFrame(frame)
      }),
    seconds * 1_000,
  )
}

const told = ({ perSecond, longestMs }: Awaited<ReturnType<typeof frames>>) =>
  `${perSecond.toFixed(1)} frames a second, ${longestMs.toFixed(0)} ms without one at most`

async function seen(page: Page): Promise<number> {
  return Number(((await page.locator('.count strong').textContent()) ?? '').replace(/\D/g, ''))
}

async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  await session.detach()
  return `${(value('JSHeapUsedSize') / 2 ** 20).toFixed(1)} MiB of heap, ${value('Nodes')} nodes`
}

await concurrently(before, 256, append)
const browser = await started()

const times: number[] = []
for (let k = 0; k < 10; k++) times.push(await untilUsable())
const [half, worst] = [0.5, 1].map((share) => quantile(times, share).toFixed(0))
console.log(`usable, ${before.toLocaleString('en')} events behind it: ${half} ms, at most ${worst} ms of 10`)

const empty = await browser.newPage()
await empty.goto('about:blank')
console.log(`an empty page: ${told(await frames(empty, 10))}`)
await empty.close()
const page = await tailing()
console.log(`no events: ${told(await frames(page, 10))}`)
const cpuBefore = cpuMsOf(gatewayPid)
const [drawn, appended] = await Promise.all([frames(page, 30), atRate(busy, 30_000, append)])
await page.waitForFunction(
  (all) =>
    Number(
      (
        globalThis as unknown as {
          document: { querySelector(selector: string): { textContent: string } | null }
        }
      ).document
        .querySelector('.count strong')
        ?.textContent.replace(/\D/g, ''),
    ) >= all,
  appended,
)
const gatewayShare = ((cpuMsOf(gatewayPid) - cpuBefore) / 30_000).toFixed(2)
console.log(`${busy.toLocaleString('en')} events a second: ${told(drawn)}, gateway ${gatewayShare} of a core`)
console.log(`counted ${await seen(page)} of ${appended}`)

let all = await seen(page)
for (let minute = 0; minute <= minutes; minute++) {
  if (minute > 0) all += await atRate(calm, 60_000, append)
  if (minute % 5 === 0 || minute === 1) {
    await pause(1_000)
    console.log(
      `after ${minute} min of ${calm} a second: ${await heapOf(page)}, counted ${await seen(page)} of ${all}`,
    )
  }
}
await browser.close()
await store.close()
await processes.stop()
await redis.stop()
