import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import which from 'which'
import { freePortFrom, isFree } from './ports.ts'
import { writeAclFile } from './redis-users.ts'
import { root } from './root.ts'
import type { Settings } from './settings.ts'
import type { Program } from './supervised.ts'

const dockerImage = 'redis:7.2'
const aclName = 'users.acl'
const mendAof = join(root, 'libs/event-store/src/redis/mend-aof.sh')

/** The Redis that the shop starts for itself, or `undefined` where the caller named one. */
export async function ownRedis(settings: Settings): Promise<Program | undefined> {
  if (settings.givenRedis) return undefined
  const data = join(settings.dir, 'redis')
  mkdirSync(data, { recursive: true })
  writeAclFile(settings.dir, join(data, aclName))
  const wanted = settings.ports.redis
  if (!(await isFree(wanted))) await endLeftover(wanted, data)
  const port = await freePortFrom(wanted)
  return {
    service: 'redis',
    instance: 'redis',
    port,
    logFile: join(settings.dir, 'logs', 'redis.log'),
    isNode: false,
    ...(onPath('redis-server') ? local(settings, port, data) : inDocker(settings, port, data)),
  }
}

// What an acknowledged order needs: on disk before the reply, and never evicted.
// https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
function durable(port: number, data: string, bind: string): string[] {
  const options = {
    port,
    bind,
    dir: data,
    aclfile: join(data, aclName),
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
  }
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  return [...flags, '--no-appendfsync-on-rewrite', 'no', '--save', '', '--daemonize', 'no']
}

/** Arguments of `sh`. A crash may have torn the last write: its rest is cut off before Redis reads it. */
const afterMending = (script: string, data: string, options: string[]) => [
  ...['-c', 'sh "$0" "$1"; shift; exec redis-server "$@"'],
  ...[script, data, ...options],
]

function local({ env }: Settings, port: number, data: string): Pick<Program, 'command'> {
  const args = afterMending(mendAof, data, durable(port, data, '127.0.0.1'))
  return { command: () => ({ file: 'sh', args, env }) }
}

function inDocker({ env }: Settings, port: number, data: string): Pick<Program, 'command' | 'afterExit'> {
  if (!onPath('docker')) {
    throw new AppError(
      'unavailable',
      'found no Redis: expected REDIS_URL, or redis-server or docker on PATH. Install Redis 7.0 or newer, e.g. `sudo apt-get install redis-server`',
    )
  }
  const name = `ordershop-redis-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`
  const remove = () => spawnSync('docker', ['rm', '--force', name], { stdio: 'ignore' })
  remove()
  const run = [
    'run',
    '--rm',
    '--name',
    name,
    '--publish',
    `127.0.0.1:${port}:${port}`,
    '--volume',
    `${data}:/data`,
    '--volume',
    `${mendAof}:/mend-aof.sh:ro`,
  ]
  const user = ['--user', `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`]
  const options = [...durable(port, '/data', '0.0.0.0'), '--protected-mode', 'no']
  const server = [dockerImage, 'sh', ...afterMending('/mend-aof.sh', '/data', options)]
  return { command: () => ({ file: 'docker', args: [...run, ...user, ...server], env }), afterExit: remove }
}

const onPath = (program: string) => which.sync(program, { nothrow: true }) !== null

/** A Redis on our port that works in our data folder is what a killed supervisor left behind: end it. */
async function endLeftover(port: number, data: string): Promise<void> {
  const folder = await ask(port, 'CONFIG GET dir').catch(() => '')
  if (!folder.includes(data)) return
  const pid = /process_id:(\d+)/.exec(await ask(port, 'INFO server'))?.[1]
  if (!pid) return
  process.kill(Number(pid), 'SIGTERM')
  await eventually(() => isFree(port), { withinMs: 10_000, everyMs: 50 })
}

/** Whether a Redis answers on the port; one that still loads its data does not count. */
export async function redisAnswers(port: number): Promise<boolean> {
  return (await ask(port, 'PING').catch(() => '')).startsWith('+PONG')
}

/** One inline command, and the first chunk of its answer. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`))
    socket.setTimeout(1_000, () => socket.destroy(new Error(`no answer from port ${port} within 1 s`)))
    socket.once('data', (chunk) => {
      resolve(chunk.toString())
      socket.destroy()
    })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error(`port ${port} closed the connection`)))
  })
}
