import { AppError } from '@ordershop/core'
import type { PartitionId } from '../event.ts'
import { mastersOf } from './cluster.ts'
import type { Confirmation } from './confirmed.ts'
import type { Durability } from './durability.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'

/** What a connection to a fit Redis offers. */
export type Fitness = {
  readonly version: string
  readonly confirmation: Confirmation | undefined
  readonly warnings: readonly string[]
}

/**
 * Checks that this Redis, or every master of this Cluster, keeps what it is given, at the durability promised, and
 * holds topics of our shape; makes absent topics. Asked again for every connection, because the next one may lead to
 * another server.
 *
 * @throws AppError `unavailable` with one sentence that says what is wrong and how to fix it.
 */
export async function checkFitness(
  redis: ScriptedRedis,
  durability: Durability,
  topics: readonly string[],
  partitions: number,
): Promise<Fitness> {
  const [first, ...others] = await Promise.all(
    mastersOf(redis).map((master) => checkServer(master, durability)),
  )
  if (!first) throw unfit('the Cluster has no master')
  await createTopics(redis, topics, partitions)
  // One that must be confirmed makes all be confirmed: the confirmation is chosen before the server is.
  return others.find(({ confirmation }) => confirmation !== undefined) ?? first
}

async function checkServer(redis: ScriptedRedis, durability: Durability): Promise<Fitness> {
  const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? '0'
  if (Number.parseInt(version, 10) < 7) throw unfit(`Redis is version ${version}, expected 7.0 or newer`)
  const settings = await configuration(redis)
  const policy = settings.get('maxmemory-policy') ?? 'noeviction'
  if (policy !== 'noeviction')
    throw unfit(`Redis would evict events: maxmemory-policy is ${policy}, expected noeviction`)
  const confirmation = confirmationFor(durability, settings, version)
  const warnings =
    settings.get('appendonly') === 'no' ? ['Redis has appendonly no: a restart of Redis loses events'] : []
  return { version, confirmation, warnings }
}

const unfit = (message: string) => new AppError('unavailable', message)

async function configuration(redis: ScriptedRedis): Promise<Map<string, string>> {
  const names = ['maxmemory-policy', 'appendonly', 'appendfsync', 'no-appendfsync-on-rewrite']
  const flat = (await redis.config('GET', ...(names as [string]))) as string[]
  const settings = new Map<string, string>()
  for (let i = 0; i < flat.length; i += 2) settings.set(flat[i] as string, flat[i + 1] as string)
  return settings
}

/** With `appendfsync always` Redis replies after the fsync, so nothing need follow; else WAITAOF, from 7.2. */
function confirmationFor(
  durability: Durability,
  settings: Map<string, string>,
  version: string,
): Confirmation | undefined {
  if (durability === 'memory') return undefined
  const appendonly = settings.get('appendonly') === 'yes'
  const repliesAfterFsync =
    appendonly &&
    settings.get('appendfsync') === 'always' &&
    settings.get('no-appendfsync-on-rewrite') === 'no'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const waitaof = appendonly && (major > 7 || (major === 7 && minor >= 2))
  if (!repliesAfterFsync && !waitaof)
    throw unfit(
      `Redis ${version} cannot promise fsync: appendonly is ${settings.get('appendonly')}, appendfsync is ` +
        `${settings.get('appendfsync')}, no-appendfsync-on-rewrite is ${settings.get('no-appendfsync-on-rewrite')}; ` +
        'expected yes, always and no, or Redis 7.2 with appendonly yes; or choose durability memory',
    )
  if (durability === 'fsync') return repliesAfterFsync ? undefined : { command: 'WAITAOF', needed: 1 }
  if (!repliesAfterFsync) throw unfit('Redis cannot promise replicated appends: appendfsync is not always')
  return { command: 'WAIT', needed: durability.replicated }
}

async function createTopics(
  redis: ScriptedRedis,
  topics: readonly string[],
  partitions: number,
): Promise<void> {
  for (const topic of topics) {
    const stored = (await redis.hget(keys.topics(), topic)) ?? (await createTopic(redis, topic, partitions))
    if (Number(stored) !== partitions)
      throw unfit(
        `topic ${topic} has ${stored} partitions, this process expects ${partitions}: set PARTITIONS to ${stored}`,
      )
  }
  const all = topics.flatMap((topic) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
  )
  await Promise.all(all.map((at) => createPartition(redis, at)))
}

// Only what is absent is written: a full Redis refuses every write, and is fit for reading all the same.
async function createTopic(redis: ScriptedRedis, topic: string, partitions: number): Promise<string | null> {
  await redis.hsetnx(keys.topics(), topic, partitions)
  return redis.hget(keys.topics(), topic)
}

function createPartition(redis: ScriptedRedis, at: PartitionId): Promise<unknown> {
  const kinds = [keys.events, keys.versions, keys.head, keys.idem, keys.idemOld, keys.snapshots, keys.cold]
  return redis.createPartition(...kinds.map((key) => key(at)))
}
