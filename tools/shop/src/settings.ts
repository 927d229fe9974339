import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ServiceName, serviceNames } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { type Ports, portsFrom } from './ports.ts'
import { root } from './root.ts'

/** Where one shop lives and how it is reached. */
export type Settings = {
  /** The repository. */
  readonly root: string
  /** State folder: Redis data, archive, keys, logs, control socket. */
  readonly dir: string
  readonly socket: string
  /** Of the keys by which its processes know each other. */
  readonly keysDir: string
  readonly ports: Ports
  readonly gatewayUrl: string
  readonly mailboxUrl: string
  /** How long a process may take to stop before it is killed, in milliseconds. */
  readonly killAfterMs: number
  /** The caller named a Redis of its own: none is started. */
  readonly givenRedis: boolean
  /** Those that run: all, but for the archiver where nothing is archived. */
  readonly services: readonly ServiceName[]
  /** All but the archiver read the archive over HTTP where that serves it, as on a cluster that has it on a volume. */
  readonly archiveIsServed: boolean
  /** The archive of who names none. */
  readonly ownArchive: string
  /** What the heap of each process may grow to, in MiB; `undefined`: as Node has it. */
  readonly heapMib: number | undefined
  /** With the `ARCHIVE_URL` of what is archived to, or without one. */
  readonly env: NodeJS.ProcessEnv
}

/**
 * Reads `SHOP_DIR` (default `.shop` in the repository), `SHOP_PORT_BASE` (default 5000), `SHOP_ARCHIVE` (`on`, `off` or
 * `served`, default on), `ARCHIVE_URL` (default the folder `archive` in SHOP_DIR), `SHOP_HEAP_MIB`, `REDIS_*`
 * and `STOP_MS`.
 */
export function shopSettings(env: NodeJS.ProcessEnv): Settings {
  const dir = resolve(root, env.SHOP_DIR || '.shop')
  const socket = join(dir, 'control.sock')
  // sun_path holds 104 bytes on macOS, 108 on Linux.
  if (Buffer.byteLength(socket) > 103) {
    throw new AppError('invalid', `SHOP_DIR: ${dir} is ${dir.length} characters long, expected at most 90`)
  }
  const ownArchive = join(dir, 'archive')
  const archive = archiveOf(env)
  const archiving = archive !== 'off'
  const archiveUrl = env.ARCHIVE_URL || pathToFileURL(ownArchive).href
  const { ARCHIVE_URL: _, ...others } = env
  const ports = portsFrom(whole(env, 'SHOP_PORT_BASE', 5000, 1024, 63_000))
  return {
    root,
    dir,
    socket,
    keysDir: join(dir, 'keys'),
    ports,
    gatewayUrl: `http://127.0.0.1:${ports.instance('gateway', 1)}`,
    mailboxUrl: `http://127.0.0.1:${ports.mailbox}`,
    killAfterMs: whole(env, 'STOP_MS', 10_000, 100, 600_000) + 2_000,
    givenRedis: Boolean(env.REDIS_URL || env.REDIS_SENTINELS || env.REDIS_CLUSTER_NODES),
    services: serviceNames.filter((name) => archiving || name !== 'archiver'),
    archiveIsServed: archive === 'served',
    ownArchive,
    heapMib: env.SHOP_HEAP_MIB ? whole(env, 'SHOP_HEAP_MIB', 0, 32, 65_536) : undefined,
    env: archiving ? { ...others, ARCHIVE_URL: archiveUrl } : others,
  }
}

function archiveOf({ SHOP_ARCHIVE }: NodeJS.ProcessEnv): 'on' | 'off' | 'served' {
  const word = SHOP_ARCHIVE || 'on'
  if (word === 'on' || word === 'off' || word === 'served') return word
  throw new AppError('invalid', `SHOP_ARCHIVE: got ${word}, expected on, off or served`)
}

function whole(env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const value = Number(env[name] || fallback)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new AppError('invalid', `${name}: got ${env[name]}, expected a whole number from ${min} to ${max}`)
}
