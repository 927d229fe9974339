import { AppError } from '@ordershop/core'
import { allPartitions } from '../log/partition.ts'
import { mastersOf } from './cluster.ts'
import type { Confirmation } from './confirmed.ts'
import type { Durability } from './durability.ts'
import { keys, logKeys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'
import { infoOf } from './server.ts'

/** When Redis writes its append-only file to disk: https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/ */
export type AppendFsync = 'always' | 'everysec' | 'no'

/** What a process asks of its Redis. */
export type Asked = {
  readonly durability: Durability
  /** Topics that are created where they are absent. */
  readonly creates: readonly string[]
  /** Topics that others create: without them this Redis is not fit yet. */
  readonly awaits: readonly string[]
  readonly partitions: number
  /** See `RedisEventStoreOptions`. */
  readonly appendfsync?: AppendFsync | undefined
}

/** What a connection to a fit Redis offers. */
export type Fitness = {
  readonly version: string
  readonly confirmation: Confirmation | undefined
  readonly warnings: readonly string[]
}

/**
 * Checks that this Redis, or every master of this Cluster, keeps what it is given, at the durability promised, and
 * holds topics of our shape; creates absent ones. Asked again for every connection, because the next one may lead to
 * another server.
 *
 * Needs INFO, and no CONFIG.
 *
 * @throws AppError `unavailable` with one sentence that says what is wrong and how to fix it; `not_found` while a topic is
 *   awaited.
 */
export async function checkFitness(redis: ScriptedRedis, asked: Asked): Promise<Fitness> {
  const [first, ...others] = await Promise.all(mastersOf(redis).map((master) => checkServer(master, asked)))
  if (!first) throw unfit('the Cluster has no master')
  await createTopics(redis, asked)
  // One that must be confirmed makes all be confirmed: the confirmation is chosen before the server is.
  return others.find(({ confirmation }) => confirmation !== undefined) ?? first
}

async function checkServer(redis: ScriptedRedis, { durability, appendfsync }: Asked): Promise<Fitness> {
  const info = infoOf(
    (await Promise.all([redis.info('server'), redis.info('memory'), redis.info('persistence')])).join('\n'),
  )
  const version = info.get('redis_version') ?? '0'
  if (Number.parseInt(version, 10) < 7) throw unfit(`Redis is version ${version}, expected 7.0 or newer`)
  const policy = info.get('maxmemory_policy') ?? 'noeviction'
  if (policy !== 'noeviction')
    throw unfit(`Redis would evict events: maxmemory-policy is ${policy}, expected noeviction`)
  const appendonly = info.get('aof_enabled') === '1'
  const settings = {
    version,
    appendonly,
    ...(durability === 'memory' ? {} : await fsyncOf(redis, appendfsync)),
  }
  const warnings = appendonly ? [] : ['Redis has appendonly no: a restart of Redis loses events']
  return { version, confirmation: confirmationFor(durability, settings), warnings }
}

const unfit = (message: string) => new AppError('unavailable', message)

type Fsync = { readonly appendfsync?: string | undefined; readonly onRewrite?: string | undefined }

/**
 * INFO does not tell these two. What is stated is believed, and not asked for: managed services have no CONFIG, and to a
 * user without `@admin` each refusal would be an entry in ACL LOG, among those that matter.
 */
async function fsyncOf(redis: ScriptedRedis, stated: AppendFsync | undefined): Promise<Fsync> {
  if (stated) return { appendfsync: stated, onRewrite: 'no' }
  const names = ['appendfsync', 'no-appendfsync-on-rewrite']
  try {
    const flat = (await redis.config('GET', ...(names as unknown as [string]))) as string[]
    const [appendfsync, onRewrite] = names.map((name) => flat[flat.indexOf(name) + 1])
    return flat.length === 4 ? { appendfsync, onRewrite } : {}
  } catch (error) {
    if (/^(NOPERM|ERR unknown)/.test((error as Error).message)) return {}
    throw error
  }
}

type Settings = Fsync & { readonly version: string; readonly appendonly: boolean }

/** With `appendfsync always` Redis replies after the fsync, so nothing need follow; else WAITAOF, from 7.2. */
function confirmationFor(durability: Durability, settings: Settings): Confirmation | undefined {
  if (durability === 'memory') return undefined
  const { version, appendonly, appendfsync, onRewrite } = settings
  const repliesAfterFsync = appendonly && appendfsync === 'always' && onRewrite === 'no'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const waitaof = appendonly && (major > 7 || (major === 7 && minor >= 2))
  const unknown = appendonly && appendfsync === undefined
  if (unknown && (!waitaof || durability !== 'fsync'))
    throw unfit(
      `Redis ${version} does not let its CONFIG be read, so whether it replies after the fsync is unknown: state it by ` +
        'REDIS_APPENDFSYNC=always if appendfsync is always and no-appendfsync-on-rewrite is no; or choose durability memory',
    )
  if (!repliesAfterFsync && !waitaof)
    throw unfit(
      `Redis ${version} cannot promise fsync: appendonly is ${appendonly ? 'yes' : 'no'}, appendfsync is ${appendfsync}, ` +
        `no-appendfsync-on-rewrite is ${onRewrite}; ` +
        'expected yes, always and no, or Redis 7.2 with appendonly yes; or choose durability memory',
    )
  if (durability === 'fsync') return repliesAfterFsync ? undefined : { command: 'WAITAOF', needed: 1 }
  if (!repliesAfterFsync) throw unfit('Redis cannot promise replicated appends: appendfsync is not always')
  return { command: 'WAIT', needed: durability.replicated }
}

async function createTopics(redis: ScriptedRedis, { creates, awaits, partitions }: Asked): Promise<void> {
  for (const topic of creates)
    checkPartitions(
      topic,
      (await redis.hget(keys.topics(), topic)) ?? (await createTopic(redis, topic, partitions)),
      partitions,
    )
  const all = allPartitions(creates, partitions)
  await Promise.all(all.map((at) => redis.createPartition(...logKeys.map((key) => key(at)))))
  for (const topic of awaits) {
    const stored = await redis.hget(keys.topics(), topic)
    if (stored === null)
      throw new AppError(
        'not_found',
        `topic ${topic} is not there yet: expected the process that writes to it to create it`,
      )
    checkPartitions(topic, stored, partitions)
  }
}

function checkPartitions(topic: string, stored: string | null, partitions: number): void {
  if (Number(stored) !== partitions)
    throw unfit(
      `topic ${topic} has ${stored} partitions, this process expects ${partitions}: set PARTITIONS to ${stored}`,
    )
}

// Only what is absent is written: a full Redis refuses every write, and is fit for reading all the same.
async function createTopic(redis: ScriptedRedis, topic: string, partitions: number): Promise<string | null> {
  await redis.hsetnx(keys.topics(), topic, partitions)
  return redis.hget(keys.topics(), topic)
}
