import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually } from '@ordershop/core/testing'
import { Redis } from 'ioredis'
import { killAtExit } from './kill-at-exit.ts'

/** A real `redis-server` of a test's own, on loopback, in a folder of its own. */
export type RedisServer = {
  readonly port: number
  readonly url: string
  readonly dir: string
  /** A plain client for looking at keys and setting up faults. */
  readonly client: Redis
  /** SIGKILL, as a crash. */
  kill(): Promise<void>
  /** Starts it again on the same port and data, after `mendAof`. */
  restart(): Promise<void>
  /** Freezes and thaws the process. */
  pause(): void
  resume(): void
  /** Copies the data folder as it is on disk now. */
  saveCopy(): string
  /** Puts a copy in the place of the data folder; only while it is not running. */
  putBack(copy: string): void
  stop(): Promise<void>
}

const mendScript = fileURLToPath(new URL('../redis/mend-aof.sh', import.meta.url))

/** Cuts a torn write off the end of the append-only file in a data folder, as wherever the shop starts Redis. */
export function mendAof(dir: string): void {
  spawnSync('sh', [mendScript, dir])
}

const defaults = [
  '--appendonly',
  'yes',
  '--appendfsync',
  'always',
  '--save',
  '',
  '--maxmemory-policy',
  'noeviction',
]

/**
 * Starts `redis-server` from PATH (or `REDIS_SERVER`).
 *
 * @param options extra arguments of redis-server; later ones win.
 * @throws when it is not installed or does not answer within 10 s: a test without Redis fails, it does not skip.
 */
export async function startRedis(...options: string[]): Promise<RedisServer> {
  const port = await freePort()
  const dir = mkdtempSync(join(tmpdir(), 'event-store-test-'))
  const client = new Redis(port, '127.0.0.1', {
    lazyConnect: true,
    retryStrategy: () => 50,
    maxRetriesPerRequest: null,
  })
  client.on('error', () => {})
  let child: ChildProcess | undefined

  async function launch(): Promise<void> {
    mendAof(dir)
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, ...defaults, ...options]
    const started = spawn(process.env.REDIS_SERVER ?? 'redis-server', args, { stdio: 'ignore' })
    const failed = new Promise<never>((_, reject) => {
      started.on('error', (cause) =>
        reject(new Error('redis-server cannot be started: is it installed?', { cause })),
      )
    })
    child = started
    killAtExit(started)
    await Promise.race([failed, eventually(async () => (await ping(port)) === 'PONG')])
  }

  function ended(): Promise<void> {
    const running = child
    if (!running || running.exitCode !== null || running.signalCode !== null) return Promise.resolve()
    return new Promise((resolve) => running.once('exit', () => resolve()))
  }

  async function kill(): Promise<void> {
    child?.kill('SIGKILL')
    await ended()
  }

  await launch()
  await client.connect()
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    dir,
    client,
    kill,
    restart: launch,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    saveCopy() {
      const copy = mkdtempSync(join(tmpdir(), 'event-store-copy-'))
      cpSync(dir, copy, { recursive: true })
      return copy
    },
    putBack(copy) {
      rmSync(dir, { recursive: true, force: true })
      cpSync(copy, dir, { recursive: true })
      rmSync(copy, { recursive: true, force: true })
    },
    async stop() {
      client.disconnect()
      await kill()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function ping(port: number): Promise<string> {
  const redis = new Redis(port, '127.0.0.1', {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return await redis.ping()
  } finally {
    redis.disconnect()
  }
}

/** A loopback port that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
