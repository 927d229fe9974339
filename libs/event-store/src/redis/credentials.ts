// Passwords and certificates that are files, so that they may change while a process runs.
import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import type { Cluster, Redis } from 'ioredis'
import type { RedisSettings } from './settings.ts'

const before = new Map<string, string>()

/**
 * What a file says now, without its line end. While it cannot be read, what it said before: ioredis would not survive an
 * exception here, and whoever replaces a file may leave a moment without one.
 */
export function contentOf(file: string): string | undefined {
  try {
    before.set(file, readFileSync(file, 'utf8').trimEnd())
  } catch {}
  return before.get(file)
}

/** The options of TLS, or `undefined` without it. Of files, ioredis asks at each attempt to connect. */
export function tlsFrom({ tls, caFile, certFile, keyFile }: RedisSettings): ConnectionOptions | undefined {
  const files = { ca: caFile, cert: certFile, key: keyFile }
  const named = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined)
  if (!tls && named.length === 0) return undefined
  const options = {}
  for (const [option, file] of named)
    Object.defineProperty(options, option, { enumerable: true, get: () => contentOf(file) })
  return options
}

/** Has a connection, or each of a Cluster, read its password from a file whenever it connects. */
export function passwordFrom(redis: Redis | Cluster, file: string | undefined): void {
  if (file === undefined) return
  const readAtConnect = ({ options }: Redis) =>
    Object.defineProperty(options, 'password', { enumerable: true, get: () => contentOf(file) })
  if (redis.isCluster) redis.on('+node', readAtConnect)
  else readAtConnect(redis as Redis)
}

/** Whether a connection, or those of a Cluster, are over TLS. */
export function usesTls(redis: Redis | Cluster): boolean {
  const options = redis.isCluster ? (redis as Cluster).options.redisOptions : (redis as Redis).options
  return Boolean(options?.tls)
}
