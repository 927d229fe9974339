import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { AppError, type FieldProblem } from '@ordershop/core'
import { z } from 'zod'
import { describeProblem } from './body.ts'
import { knownKeysIn, signerIn } from './keys.ts'
import { tracingVariables } from './tracing-config.ts'

const hostAndPort = /^[^\s:,]+:\d{1,5}$/

const nodes = z
  .string()
  .transform((list) => list.split(',').map((node) => node.trim()))
  .refine(
    (list) => list.every((node) => hostAndPort.test(node)),
    'expected host:port, or several with commas',
  )

const durability = z
  .string()
  .regex(/^(fsync|memory|replicated:[1-9]\d?)$/, 'expected fsync, memory or replicated:N')
  .transform((word) =>
    word === 'fsync' || word === 'memory' ? word : { replicated: Number(word.slice(11)) },
  )

/** The path of a file that `parse` understands now; whoever uses it reads it again when it changes. @param what e.g. `a JWKS file`. */
export const fileOf = (what: string, parse: (text: string) => unknown) =>
  z.string().transform((path, context) => {
    try {
      parse(readFileSync(path, 'utf8'))
      return path
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      context.addIssue({ code: 'custom', message: `expected ${what} (${why})`, input: path })
      return z.NEVER
    }
  })

const pemFile = fileOf('a PEM file', (text) => {
  if (!text.includes('-----BEGIN ')) throw new Error('there is no -----BEGIN in it')
})

const passwordFile = fileOf('a file with a password', (text) => {
  if (text.trim() === '') throw new Error('it is empty')
})

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/

/** Whether only processes of this machine reach a server that listens on `host`. */
export function isLoopback(host: string): boolean {
  return loopback.test(host)
}

/** Of digits; `min` and `max` are allowed. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .refine(
      (digits) => /^\d{1,15}$/.test(digits) && Number(digits) >= min && Number(digits) <= max,
      `expected a whole number from ${min} to ${max}`,
    )
    .transform(Number)

/** The environment of every process; a service adds its own variables with `.extend`. */
export const baseSchema = z.object({
  /** TCP port of the HTTP server; 0 takes any free one. */
  PORT: wholeNumber(0, 65_535),
  /** Address that the HTTP server listens on; default 127.0.0.1. */
  HOST: z.string().default('127.0.0.1'),
  /** TCP port of probes and metrics, on HOST; default PORT, beside the routes. */
  OPS_PORT: wholeNumber(0, 65_535).optional(),
  /** JWKS file of private keys, the first of which signs this process' requests to others; default: they are not signed. */
  SIGNING_KEYS_FILE: fileOf('a key file', signerIn).optional(),
  /** JWKS file of the public keys of those who may call this process; default: anybody may. */
  CALLER_KEYS_FILE: fileOf('a key file', knownKeysIn).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  /** Milliseconds from SIGTERM to the end of the process, at most; default 10,000. */
  STOP_MS: wholeNumber(100, 600_000).default(10_000),
  /** Requests in work at a time; further ones wait. Default 96. */
  MAX_IN_WORK: wholeNumber(1, 100_000).default(96),
  /** Milliseconds for which a request waits for its turn, then it is refused with 503; default 50. */
  MAX_WAIT_MS: wholeNumber(0, 60_000).default(50),
  /** How Redis is reached: one of the next three; default redis://127.0.0.1:6379. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/[^\s]+$/, 'expected redis://… or rediss://…')
    .optional(),
  /** `host:port` of every Sentinel, with commas. */
  REDIS_SENTINELS: nodes.optional(),
  /** `host:port` of some nodes of a Redis Cluster, with commas. */
  REDIS_CLUSTER_NODES: nodes.optional(),
  /** The master's name at the Sentinels. */
  REDIS_MASTER_NAME: z.string().default('mymaster'),
  REDIS_USERNAME: z.string().optional(),
  REDIS_PASSWORD: z.string().optional(),
  /** File with the password instead, read again for each connection: a rotated one needs no restart. */
  REDIS_PASSWORD_FILE: passwordFile.optional(),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
  /** `on`: TLS to Redis, its Sentinels and nodes, as with `rediss://` or with a file of the next three. */
  REDIS_TLS: z.enum(['on', 'off']).default('off'),
  /** PEM file of the authority that signed Redis' certificate; default those that Node trusts. Read again for each connection, as the next two. */
  REDIS_CA_FILE: pemFile.optional(),
  /** PEM files of this process's own certificate and its key, for a Redis that asks for one. */
  REDIS_CERT_FILE: pemFile.optional(),
  REDIS_KEY_FILE: pemFile.optional(),
  /** What Redis' `appendfsync` is, where its CONFIG may not be read: `always`, `everysec` or `no`. */
  REDIS_APPENDFSYNC: z.enum(['always', 'everysec', 'no']).optional(),
  /** Partitions of every topic, fixed when a topic is created; default 8. */
  PARTITIONS: wholeNumber(1, 256).default(8),
  /** What an acknowledged write promises: `fsync`, `memory` or `replicated:N`; default fsync. */
  DURABILITY: durability.default('fsync'),
  /** How long a silent process keeps its partitions, in milliseconds; default 5,000. */
  LEASE_MS: wholeNumber(200, 600_000).default(5_000),
  /** Where events are archived: `file:///folder`, `s3://bucket/prefix`, or `http://host:port` of an archiver. Default nowhere. */
  ARCHIVE_URL: z
    .string()
    .regex(
      /^(file:\/\/\/|s3:\/\/|https?:\/\/(?!\S*@))\S+$/,
      'expected file:///folder, s3://bucket/prefix or http://host:port',
    )
    .optional(),
  /** URL of the bucket's server, where it is not AWS. */
  ARCHIVE_S3_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/\S+$/, 'expected http://… or https://…')
    .optional(),
  /** Names this process in logs; default host name and process id. */
  INSTANCE: z.string().default(() => `${hostname()}-${process.pid}`),
  ...tracingVariables,
})

// Of what is no good URL the password may have anything in it, up to the last `@`.
function withoutAnyPassword(message: string): string {
  return message.replace(/(:\/\/[^\s/:@"]*:).+@/s, '$1***@')
}

/** The parsed environment of every process. */
export type BaseConfig = z.output<typeof baseSchema>

/**
 * The environment as configuration; an empty variable counts as absent.
 *
 * @throws AppError `invalid` whose fields name every bad variable with the value met and what was expected.
 */
export function parseConfig<Config extends BaseConfig>(
  schema: z.ZodType<Config>,
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = schema.safeParse(given, { reportInput: true })
  const fields: FieldProblem[] = (result.error?.issues ?? []).map((issue) => {
    const path = issue.path.join('.')
    return {
      path,
      message:
        path.includes('PASSWORD') && !path.endsWith('_FILE')
          ? issue.message
          : withoutAnyPassword(describeProblem(issue)),
    }
  })
  if (given.REDIS_PASSWORD && given.REDIS_PASSWORD_FILE)
    fields.push({ path: 'REDIS_PASSWORD, REDIS_PASSWORD_FILE', message: 'expected only one of them' })
  if (Boolean(given.REDIS_CERT_FILE) !== Boolean(given.REDIS_KEY_FILE))
    fields.push({ path: 'REDIS_CERT_FILE, REDIS_KEY_FILE', message: 'expected both or none of them' })
  const ways = ['REDIS_URL', 'REDIS_SENTINELS', 'REDIS_CLUSTER_NODES'].filter((name) => given[name])
  if (ways.length > 1) fields.push({ path: ways.join(', '), message: 'expected only one of them' })
  if (result.success && fields.length === 0) return result.data
  const lines = fields.map(({ path, message }) => `${path}: ${message}`)
  throw new AppError('invalid', `bad environment: ${lines.join('; ')}`, { fields })
}
