import { AppError } from '@ordershop/core'
import { Redis, type RedisOptions } from 'ioredis'
import { hostAndPort } from './address.ts'
import { openCluster } from './cluster.ts'
import { contentOf, passwordFrom, tlsFrom } from './credentials.ts'
import { denied, markDenied, type OnDenied } from './denied.ts'
import { type ScriptedRedis, scripts } from './scripts.ts'
import type { RedisSettings } from './settings.ts'

/** How long any answer may take before a connection counts as dead, in milliseconds; above every BLOCK and WAIT sent. */
const silenceMs = 3_000

/** How long a WAIT or WAITAOF may take, in milliseconds: a slow replica must not look like a dead connection. */
export const confirmMs = silenceMs - 1_000

type ConnectOptions = { readonly pipelined?: boolean; readonly onDenied?: OnDenied }

/**
 * Opens one connection that connects, and reconnects indefinitely, in the background.
 *
 * No command is ever sent twice by the client: a resent XADD is a second event, a resent read skips one. What was
 * sent and not answered rejects when the connection drops, and the caller decides (ioredis would resend:
 * https://github.com/redis/ioredis#auto-reconnect). A half-open connection is found by `silenceMs`.
 *
 * @param options `pipelined`: what is asked in one turn of the event loop goes in one round trip. For queries, which
 *   may be asked in any order. `onDenied`: told whenever Redis refuses the user something.
 * @throws AppError `invalid` when the settings name no Redis, or two, or a prefix that none may be.
 */
export function connect(
  settings: RedisSettings,
  name: string,
  { pipelined = false, onDenied }: ConnectOptions = {},
): ScriptedRedis {
  const named = [settings.url, settings.sentinels, settings.cluster].filter((way) => way !== undefined)
  if (named.length !== 1) {
    const message = `connect to Redis: ${named.length} ways given, expected exactly one of url, sentinels, cluster`
    throw new AppError('invalid', message)
  }
  checkPrefix(settings.keyPrefix)
  const options = { ...connectionOptions(settings, name, onDenied), enableAutoPipelining: pipelined }
  const redis = settings.cluster ? openCluster(settings.cluster, options) : open(settings, options)
  passwordFrom(redis, settings.passwordFile)
  // Without a listener ioredis prints every failed attempt; `readiness` reports each outage once.
  redis.on('error', () => {})
  return redis as ScriptedRedis
}

// A brace would begin another hash tag, and `*`, `?`, `[` mean something to SCAN.
function checkPrefix(prefix: string | undefined): void {
  if (prefix === undefined || /^[\w.:-]{0,64}$/.test(prefix)) return
  const expected = 'up to 64 letters, digits, dots, underscores, colons or dashes'
  throw new AppError('invalid', `connect to Redis: key prefix is '${prefix}', expected ${expected}`)
}

/** See `connect`. */
export function connectionOptions(settings: RedisSettings, name: string, onDenied?: OnDenied): RedisOptions {
  const password = settings.passwordFile ? contentOf(settings.passwordFile) : settings.password
  const tls = tlsFrom(settings)
  return {
    connectionName: name,
    scripts: { ...scripts },
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: true, // with the line above: reject, do not resend; `false` never settles (ioredis#2193)
    enableOfflineQueue: false,
    connectTimeout: 2_000,
    socketTimeout: silenceMs,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 5), 1_000),
    // ioredis asks this of each error reply. A demoted master answers READONLY until the connection is reopened;
    // 1 = reconnect without resending.
    reconnectOnError(error) {
      markDenied(error, settings, onDenied)
      return error.message.startsWith('READONLY') ? 1 : false
    },
    ...(settings.keyPrefix ? { keyPrefix: settings.keyPrefix } : {}),
    ...(settings.username ? { username: settings.username } : {}),
    ...(password ? { password } : {}),
    ...(tls ? { tls } : {}),
  }
}

function open(settings: RedisSettings, options: RedisOptions): Redis {
  if (settings.url) return new Redis(settings.url, options)
  return new Redis({
    ...options,
    sentinels: (settings.sentinels ?? []).map(hostAndPort),
    name: settings.masterName ?? 'mymaster',
    // No failoverDetector: told of a failover while it connects, ioredis ends the connection for good (ADR 0013). Sentinel
    // closes the clients of a master that it demotes; one that it cannot reach takes no writes, so it is asked again.
    reconnectOnError(error) {
      const again = options.reconnectOnError?.(error) ?? false
      return error.message.startsWith('NOREPLICAS') ? 1 : again
    },
    // A Sentinel that died with its machine accepts the request and never answers; ioredis would wait indefinitely.
    sentinelCommandTimeout: silenceMs - 1_000,
    // Only those that were named: what they call each other may be a pod that is gone, and each is told on stderr.
    updateSentinels: false,
    sentinelRetryStrategy: (times) => Math.min(50 * times, 1_000),
    ...(settings.sentinelPassword ? { sentinelPassword: settings.sentinelPassword } : {}),
    ...(options.tls ? { enableTLSForSentinelMode: true, sentinelTLS: options.tls } : {}),
  })
}

// Answers that mean "not now", or, in a pipeline to a Cluster whose slots have just moved, "not here". https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
const passing =
  /^(LOADING|MOVED|ASK|READONLY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|MISCONF|BUSY|OOM|NOAUTH|WRONGPASS|UNKILLABLE)\b/

const full = 'Redis has reached its maxmemory and refuses writes until there is room; reads still work'
/** Neither room nor a permission comes within the time for which a write is repeated: whoever waits is told at once. */
const refusedRetryAfterMs = 5_000

/** Turns what ioredis threw into an `AppError`: `unavailable` for everything but an answer that says the command is wrong. */
export function redisError(attempted: string, error: unknown): AppError {
  if (error instanceof AppError) return error
  const { name, message } = error as Error
  // What ioredis says of a missing connection speaks of its options; callers need to know only this.
  if (name !== 'ReplyError')
    return new AppError('unavailable', `${attempted}: Redis cannot be reached`, { cause: error })
  const lacking = denied(error)
  if (lacking)
    return new AppError('unavailable', `${attempted}: ${lacking}`, {
      cause: error,
      retryAfterMs: refusedRetryAfterMs,
    })
  if (message.startsWith('OOM'))
    return new AppError('unavailable', `${attempted}: ${full}`, {
      cause: error,
      retryAfterMs: refusedRetryAfterMs,
    })
  const code = passing.test(message) ? 'unavailable' : 'internal'
  return new AppError(code, `${attempted}: ${message}`, { cause: error })
}

/** What Redis answers. @throws what `redisError` makes of a failure; `attempted` begins its message. */
export async function answerTo<T>(attempted: string, answer: Promise<unknown>): Promise<T> {
  try {
    return (await answer) as T
  } catch (error) {
    throw redisError(attempted, error)
  }
}
