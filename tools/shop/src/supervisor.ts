import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { hasKeys, newKeys, writeKeys } from '@ordershop/shop'
import { listenForControl, type ShopPhase, type ShopRedis } from './control.ts'
import { openFleet } from './fleet.ts'
import { requireFree } from './ports.ts'
import { ownRedis, redisAnswers } from './redis.ts'
import { operatorUrl } from './redis-users.ts'
import type { Settings } from './settings.ts'

const redisWithinMs = 5_000

/** The process that owns all others. */
export type Supervisor = {
  /** Resolves once everything has been stopped, by a signal or by `shop down`. */
  readonly ended: Promise<void>
  phase(): ShopPhase
  stop(): Promise<void>
}

/** Starts every process of the shop and keeps it running. @throws AppError when a port is taken or Redis is missing. */
export async function startSupervisor(settings: Settings): Promise<Supervisor> {
  await requireShopPorts(settings)
  rmSync(join(settings.dir, 'logs'), { recursive: true, force: true })
  mkdirSync(join(settings.dir, 'logs'), { recursive: true })
  if (!hasKeys(settings.keysDir)) writeKeys(settings.keysDir, newKeys())
  const redis = await ownRedis(settings)
  const fleet = openFleet(settings, redis)
  const archive = settings.env.ARCHIVE_URL
  // For `scripts/ordershop-ops`, which knows nothing of this supervisor.
  const redisUrlFile = join(settings.dir, 'redis-url')
  const archiveUrlFile = join(settings.dir, 'archive-url')
  if (redis) writeFileSync(redisUrlFile, `${operatorUrl(settings.dir, redis.port)}\n`, { mode: 0o600 })
  if (archive) writeFileSync(archiveUrlFile, `${archive}\n`)
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()

  let started = false
  let stopping: Promise<void> | undefined
  const phase = () => (stopping ? 'stopping' : started ? 'running' : 'starting')
  const stopEverything = () => {
    stopping ??= fleet.stop()
    return stopping
  }
  const stop = async () => {
    await stopEverything()
    // An answer under way, that to `down` above all, is still sent.
    control.close()
    rmSync(settings.socket, { force: true })
    for (const file of [redisUrlFile, archiveUrlFile]) rmSync(file, { force: true })
    end()
  }
  const control = await listenForControl({
    socket: settings.socket,
    fleet,
    phase,
    redis: whereRedisIs(settings, redis?.port),
    archive,
    down: () => stopEverything().then(() => void setImmediate(stop)),
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

  if (redis) {
    await fleet.start('redis')
    await untilAnswers(redis.port, () => stopping !== undefined)
  }
  if (!stopping) await fleet.start()
  started = true
  return { ended, phase, stop }
}

/** Services would wait for Redis by themselves; started after it they have nothing to complain about. */
async function untilAnswers(redisPort: number, isStopping: () => boolean): Promise<void> {
  const answers = () => isStopping() || redisAnswers(redisPort)
  await eventually(answers, { withinMs: redisWithinMs, everyMs: 20 }).catch(() => {})
}

/** @throws AppError `unavailable` when a port that the shop needs is taken. */
export async function requireShopPorts({ ports, services: names }: Settings): Promise<void> {
  const services = names.map((name) => [name, ports.instance(name, 1)])
  await requireFree({
    ...Object.fromEntries(services),
    'mailbox SMTP': ports.smtp,
    'mailbox HTTP': ports.mailbox,
  })
}

function whereRedisIs({ env }: Settings, ownPort: number | undefined): ShopRedis {
  if (ownPort !== undefined) return { url: `redis://127.0.0.1:${ownPort}`, own: true }
  return env.REDIS_URL ? { url: env.REDIS_URL, own: false } : { own: false }
}
