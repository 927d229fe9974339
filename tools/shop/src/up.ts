import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@ordershop/core'
import { withProgress } from '@ordershop/ops/progress'
import { askShop, type ShopStatus, tellShop } from './control.ts'
import { runDemo } from './demo.ts'
import { root } from './root.ts'
import type { Settings } from './settings.ts'
import { requireShopPorts, startSupervisor } from './supervisor.ts'

const readyWithinMs = 90_000

/** Starts the shop, shows the article's scenario, and stays (or returns, detached, with the shop running). */
export async function up(settings: Settings, options: { detach: boolean; demo: boolean }): Promise<void> {
  const running = await askShop(settings.socket)
  if (running) {
    console.log(`the shop is running already (process ${running.pid})\n${places(settings, running)}`)
    return
  }
  mkdirSync(settings.dir, { recursive: true })
  if (options.detach) await detached(settings, () => present(settings, options.demo))
  else await attached(settings, () => present(settings, options.demo))
}

async function attached(settings: Settings, whenUp: () => Promise<void>): Promise<void> {
  const supervisor = await startSupervisor(settings)
  try {
    await Promise.race([whenUp().then(() => console.log('Ctrl-C stops it.')), supervisor.ended])
  } catch (error) {
    // What fails because everything is being stopped is no failure.
    if (supervisor.phase() !== 'stopping') {
      await supervisor.stop()
      throw error
    }
  }
  await supervisor.ended
  console.log('stopped')
}

async function detached(settings: Settings, whenUp: () => Promise<void>): Promise<void> {
  // Asked here as well as in the supervisor, whose complaint would end up in a log.
  await requireShopPorts(settings)
  const logFile = join(settings.dir, 'supervisor.log')
  const log = openSync(logFile, 'w')
  const main = join(root, 'tools/shop/src/shop.ts')
  const supervisor = spawn(process.execPath, [main, 'supervise'], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const gone = new Promise<never>((_, reject) => {
    supervisor.once('exit', () => reject(new AppError('unavailable', readFileSync(logFile, 'utf8').trim())))
  })
  try {
    await Promise.race([whenUp(), gone])
  } catch (error) {
    await tellShop(settings.socket, 'POST', '/down').catch(() => undefined)
    throw error
  }
  supervisor.removeAllListeners('exit')
  supervisor.unref()
  console.log('`scripts/shop down` stops it.')
}

async function present(settings: Settings, demo: boolean): Promise<void> {
  const status = await shopReady(settings)
  // The shop stays up, so that one can look for the cause.
  if (demo) await runDemo(settings).catch(reportFailure)
  console.log(places(settings, status))
}

function reportFailure(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** Waits until every process that is not stopped on purpose is ready. @throws AppError `unavailable` saying who is not. */
export async function shopReady(settings: Settings, only?: string): Promise<ShopStatus> {
  return withProgress(`starting ${only ?? 'the shop'}`, async (waitsFor) => {
    const deadline = performance.now() + readyWithinMs
    let seen = false
    for (;;) {
      const status = await askShop(settings.socket)
      const gone = status?.phase === 'stopping' || (seen && !status)
      if (gone) throw new AppError('unavailable', 'the shop was stopped meanwhile')
      seen ||= status !== undefined
      const concerned = status?.processes.filter(
        ({ service, instance }) => !only || only === service || only === instance,
      )
      const late = concerned?.filter(({ ready, state }) => !ready && state !== 'stopped')
      if (status?.phase === 'running' && late?.length === 0) return status
      if (late) waitsFor(late.map(({ instance }) => instance).join(', '))
      if (performance.now() > deadline) throw notReady(settings, late ?? [])
      await delay(100)
    }
  })
}

function notReady({ dir }: Settings, late: ShopStatus['processes']): AppError {
  const lines = late.map(
    ({ instance, state }) => `${instance} is ${state}: ${lastLine(join(dir, 'logs', `${instance}.log`))}`,
  )
  return new AppError('unavailable', `not ready after ${readyWithinMs / 1_000} s. ${lines.join('\n')}`)
}

function lastLine(file: string): string {
  return (existsSync(file) && readFileSync(file, 'utf8').trim().split('\n').at(-1)) || 'it has logged nothing'
}

function places({ gatewayUrl, mailboxUrl }: Settings, { redis, archive, processes }: ShopStatus): string {
  const monitor = processes.find(({ service }) => service === 'monitor')
  return [
    `shop      ${gatewayUrl}/report`,
    `mails     ${mailboxUrl}/messages`,
    `metrics   http://127.0.0.1:${monitor?.port}/metrics`,
    `archive   ${archive ?? 'none: SHOP_ARCHIVE=off'}`,
    `redis     ${redis.own ? `redis-cli -u ${redis.url}` : 'as given by REDIS_…'}`,
  ].join('\n')
}
