// What a Redis user needs so that a process can do its part, and nothing else: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
import { anyGroup, type GroupPattern, keyPatterns, keys } from './keys.ts'

type Topics = readonly string[]
type TopicsOf = Readonly<Record<string, Topics>>

/** What one process does in the store; every part may be left out. */
export type RedisAccess = {
  /** Topics that it creates and appends to. It may read what it writes. */
  readonly appends?: Topics
  /** Topics that it reads beside those. */
  readonly reads?: Topics
  /** Topics that it watches without a group, as those that it reads, and for as long as it likes. */
  readonly follows?: Topics
  /** Consumer groups that it is a member of, and their topics. */
  readonly groups?: TopicsOf
  /** Projections that it runs, and their topics. */
  readonly projections?: TopicsOf
  /** Projections whose rows it reads. */
  readonly caches?: TopicsOf
  /** Topics of which it reads how far each group is. */
  readonly watches?: Topics
  /** Projections that it may have rebuilt. */
  readonly rebuilds?: Topics
  /** Topics that it trims. */
  readonly trims?: Topics
  /** Topics of which it asks for what is to be done about parked keys; it records who has it asked. */
  readonly decides?: Topics
  /** Topics of which it decides about parked keys, and puts cursors back from an archive. */
  readonly operates?: Topics
  /** It may have all of Redis copied to it, as a replica has: `redis-cli --rdb`. */
  readonly copies?: boolean
  /** Beginnings of keys of its own, outside of the store, e.g. `idempotency:`. */
  readonly keeps?: readonly string[]
}

type Selector = { readonly commands: readonly string[]; readonly keys: readonly string[] }
type Grant = { readonly reads: readonly string[]; readonly writes: readonly Selector[] }

// On one's own connection only; without `@admin`, as CLIENT KILL, and `@dangerous`. WAIT and WAITAOF are among them.
const connection = [
  '+@connection',
  '-@admin',
  '-@dangerous',
  '+info',
  '+time',
  '+cluster|slots',
  '+cluster|info',
]

const reading = [
  ...[
    'exists',
    'type',
    'hget',
    'hmget',
    'hgetall',
    'hkeys',
    'hvals',
    'hexists',
    'hscan',
    'smembers',
    'scard',
  ],
  ...['lrange', 'zrange', 'zcard', 'xrange', 'xrevrange', 'xread', 'getrange'],
]

/**
 * The rules of a new user, or one that is `reset`, as they stand behind its passwords in an ACL file or in ACL SETUSER.
 *
 * Reading and writing are apart: a key may be read by the commands that read, and written by just those that the store
 * uses on it (selectors, Redis 7.0 or newer). So an owner of a topic appends to its log, and can neither trim nor delete it.
 *
 * A script may name each of these keys, as a command that might write it; what it does there, Redis checks command by
 * command. Needs no CONFIG. No user may see another's connections, subscribe, publish, or run what is `@admin` or
 * `@dangerous`, but INFO, CLIENT UNBLOCK for who waits for events, and SYNC for who `copies`.
 *
 * @param keyPrefix as in `RedisSettings`.
 * @throws AppError `invalid` for a name with a space in it.
 */
export function redisAcl(access: RedisAccess, keyPrefix = ''): string[] {
  const grants = grantsOf(access)
  const prefixed = (patterns: Iterable<string>) =>
    [...new Set(patterns)].map((pattern) => keyPrefix + pattern)
  const read = prefixed([keys.topics(), ...grants.flatMap(({ reads }) => reads)])
  const writes = merged(grants.flatMap(({ writes }) => writes))
  const named = new Set([...read, ...prefixed(writes.flatMap((selector) => selector.keys))])
  const selector = (commands: readonly string[], patterns: Iterable<string>, mode: string) =>
    `(${[...commands.map((name) => `+${name}`), ...[...patterns].map((pattern) => `${mode}~${pattern}`)].join(' ')})`
  return [
    ...['resetchannels', '-@all', ...connection],
    ...(waits(access) ? ['+client|unblock'] : []),
    ...(access.copies ? ['+sync', '+psync', '+replconf'] : []),
    // Finds the rows of a retired version.
    ...(access.projections ? ['+scan'] : []),
    ...reading.map((name) => `+${name}`),
    ...read.map((pattern) => `%R~${pattern}`),
    selector(['eval', 'evalsha'], named, ''),
    ...writes.map((one) => selector(one.commands, prefixed(one.keys), readsToo(one) ? '' : '%W')),
  ]
}

/** Whether it has a connection that waits for events, and that another one wakes. */
const waits = ({ groups, projections, follows }: RedisAccess) =>
  groups !== undefined || projections !== undefined || follows !== undefined

// They answer what was there, so Redis asks for permission to read as well.
const readsToo = ({ commands }: Selector) =>
  commands.some((name) => ['hincrby', 'rename', 'set', 'setbit'].includes(name))

/** One selector for each set of commands. */
function merged(selectors: readonly Selector[]): Selector[] {
  const groups = Map.groupBy(selectors, ({ commands }) => commands.join(' '))
  return [...groups.values()].map((same) => ({
    commands: same[0]?.commands ?? [],
    keys: same.flatMap((selector) => selector.keys),
  }))
}

function grantsOf(access: RedisAccess): Grant[] {
  const each = (topics: Topics | undefined, grant: (topic: string) => Grant) => (topics ?? []).map(grant)
  const eachOf = (named: TopicsOf | undefined, grant: (topic: string, name: string) => Grant) =>
    Object.entries(named ?? {}).flatMap(([name, topics]) => topics.map((topic) => grant(topic, name)))
  return [
    ...each(access.appends, appending),
    ...each(access.reads, (topic) => ({ reads: keyPatterns.log(topic), writes: [] })),
    ...each(access.follows, (topic) => ({ reads: keyPatterns.log(topic), writes: [] })),
    ...eachOf(access.groups, (topic, group) => consuming(topic, group)),
    ...eachOf(access.projections, projecting),
    ...eachOf(access.caches, (topic, name) => ({
      reads: [keyPatterns.rows(topic, name), keyPatterns.projection(name)],
      writes: [],
    })),
    ...each(access.watches, watching),
    ...each(access.rebuilds, (name) => ({
      reads: [keyPatterns.projection(name)],
      writes: [{ commands: ['hsetnx'], keys: [keyPatterns.projection(name)] }],
    })),
    ...each(access.trims, trimming),
    ...each(access.decides, deciding),
    ...each(access.operates, operating),
    ...(access.keeps ?? []).map((begin) => ({
      reads: [],
      writes: [{ commands: ['set', 'get', 'del', 'incrby', 'pttl'], keys: [`${begin}*`] }],
    })),
  ]
}

/** `append.lua`, `create.lua`, snapshots. */
function appending(topic: string): Grant {
  const { of } = keyPatterns
  const events = of(keys.events, topic)
  const idem = [of(keys.idem, topic), of(keys.idemOld, topic)]
  const hashes = [of(keys.versions, topic), of(keys.head, topic), ...idem, of(keys.snapshots, topic)]
  return {
    reads: keyPatterns.log(topic),
    writes: [
      { commands: ['xadd'], keys: [events] },
      { commands: ['xgroup|create', 'xgroup|destroy'], keys: [events] },
      { commands: ['hset'], keys: hashes },
      { commands: ['unlink', 'rename'], keys: idem },
      // Not SET: it would forget which entities are cold.
      { commands: ['setnx'], keys: [of(keys.cold, topic)] },
      // Tells of a topic that is not there; changes none that is.
      { commands: ['hsetnx'], keys: [keys.topics()] },
    ],
  }
}

/** `beat.lua`, `claim.lua`, `mark.lua`, `advance.lua`, `decide.lua`, `release.lua`, and what they show XINFO. */
function consuming(topic: string, group: GroupPattern): Grant {
  const of = (key: Parameters<typeof keyPatterns.ofGroup>[0]) => keyPatterns.ofGroup(key, topic, group)
  return {
    reads: [...keyPatterns.log(topic), ...keyPatterns.group(topic, group), keyPatterns.members(group)],
    writes: [
      { commands: ['hset', 'hdel'], keys: [keys.subscription, keys.parked, keys.requests].map(of) },
      { commands: ['sadd', 'srem', 'del'], keys: [of(keys.replaying)] },
      { commands: ['xadd'], keys: [of(keys.decisions)] },
      { commands: ['zadd', 'zrem', 'zremrangebyscore'], keys: [keyPatterns.members(group)] },
      { commands: ['xgroup|create', 'xgroup|setid'], keys: [keyPatterns.of(keys.events, topic)] },
    ],
  }
}

/** A group of each version; its rows, and what deletes them. */
function projecting(topic: string, projection: string): Grant {
  const { reads, writes } = consuming(topic, { projection })
  const rows = keyPatterns.rows(topic, projection)
  const commands = ['hset', 'hincrby', 'hdel', 'del', 'sadd', 'srem', 'rpush', 'zadd', 'zrem', 'unlink']
  return {
    reads: [...reads, rows, keyPatterns.projection(projection)],
    writes: [
      ...writes,
      { commands, keys: [rows] },
      { commands: ['unlink'], keys: [keyPatterns.members({ projection })] },
      { commands: ['xgroup|destroy'], keys: [keyPatterns.of(keys.events, topic)] },
      { commands: ['hset', 'hdel'], keys: [keyPatterns.projection(projection)] },
    ],
  }
}

/** `lag.lua`, and who is a member. */
function watching(topic: string): Grant {
  return {
    reads: [
      ...keyPatterns.log(topic),
      ...keyPatterns.group(topic, anyGroup),
      keyPatterns.members(anyGroup),
      keyPatterns.projection(anyGroup),
    ],
    writes: [],
  }
}

/** `trim.lua` and `chill.lua`. */
function trimming(topic: string): Grant {
  const { of } = keyPatterns
  return {
    reads: keyPatterns.log(topic),
    writes: [
      { commands: ['xtrim'], keys: [of(keys.events, topic)] },
      { commands: ['hset'], keys: [of(keys.head, topic)] },
      { commands: ['hdel'], keys: [of(keys.versions, topic), of(keys.snapshots, topic)] },
      { commands: ['setbit'], keys: [of(keys.cold, topic)] },
    ],
  }
}

/** Requests about parked keys: one that is not there yet. The owner of the partition carries it out, and records it; the audit trail. */
function deciding(topic: string): Grant {
  const requests = keyPatterns.ofGroup(keys.requests, topic, anyGroup)
  return {
    reads: [requests],
    writes: [
      { commands: ['hsetnx'], keys: [requests] },
      { commands: ['xadd'], keys: [keys.audit()] },
    ],
  }
}

/** Requests about parked keys; cursors and parked keys put back; the audit trail. */
function operating(topic: string): Grant {
  const named = [keys.subscription, keys.parked, keys.requests]
  const patterns = named.map((key) => keyPatterns.ofGroup(key, topic, anyGroup))
  return {
    reads: [...patterns, keys.audit()],
    writes: [
      { commands: ['hset', 'hsetnx'], keys: patterns },
      { commands: ['xadd'], keys: [keys.audit()] },
    ],
  }
}
