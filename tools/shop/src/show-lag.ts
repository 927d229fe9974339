import { setTimeout as delay } from 'node:timers/promises'
import { lagTable, surveyShop } from '@ordershop/ops/lag'
import { withStore } from '@ordershop/shop'
import logUpdate from 'log-update'
import { askShop, shopEnv } from './control.ts'
import type { Settings } from './settings.ts'

const everyMs = 1_000

/** `shop lag`: a live view in a terminal until Ctrl-C; once, as plain text, with `once` or into a pipe. */
export async function showLag(settings: Settings, once: boolean): Promise<void> {
  const env = shopEnv(settings.env, await askShop(settings.socket))
  await withStore(env, async ({ ops }) => {
    const now = async () => lagTable((await surveyShop(ops, env)).lags)
    if (once || !process.stdout.isTTY) return console.log(await now())
    const ended = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.abort())
    // An outage passes, and this is where it is watched.
    const problem = (error: unknown) => (error instanceof Error ? error.message : String(error))
    while (!ended.signal.aborted) {
      logUpdate(`${new Date().toLocaleTimeString()}  Ctrl-C ends\n\n${await now().catch(problem)}`)
      await delay(everyMs, undefined, { signal: ended.signal }).catch(() => {})
    }
    logUpdate.done()
  })
}
