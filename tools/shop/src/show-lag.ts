import { askShop } from './control.ts'
import { lagTable, surveyShop } from '@ordershop/ops/lag'
import { liveView } from './live-view.ts'
import type { Settings } from './settings.ts'
import { withStore } from '@ordershop/shop'

/** `shop lag`: a live view in a terminal until Ctrl-C; once, as plain text, with `once` or into a pipe. */
export async function showLag(settings: Settings, once: boolean): Promise<void> {
  const shop = await askShop(settings.socket)
  await withStore(settings.env, shop?.redis.url, async ({ ops }) => {
    const now = async () => lagTable((await surveyShop(ops)).lags)
    if (once || !process.stdout.isTTY) return console.log(await now())
    const ended = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.abort())
    // An outage passes, and this is where it is watched.
    const problem = (error: unknown) => (error instanceof Error ? error.message : String(error))
    const draw = async () =>
      `${new Date().toLocaleTimeString()}  Ctrl-C ends\n\n${await now().catch(problem)}`
    console.log(await liveView(process.stdout, draw, { signal: ended.signal }))
  })
}
