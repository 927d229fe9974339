import { AppError } from '@ordershop/core'
import type { PartitionId } from '../event.ts'

// The hash tag puts all keys of a partition into one slot, so that one script may touch them on a Cluster too:
// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
const keyIn = (kind: string, at: PartitionId) => `${kind}:{${at.topic}:${at.partition}}`

/** The only place that spells a Redis key. */
export const keys = {
  /** STREAM: the log, the source of truth. */
  events: (at: PartitionId) => keyIn('events', at),
  /** HASH entity id → `version@entry id of its last event`, of all that are not cold. */
  versions: (at: PartitionId) => keyIn('versions', at),
  /** STRING: which entities `versions` does not have, because they are cold: a Bloom filter, see `cold.lua`. */
  cold: (at: PartitionId) => keyIn('cold', at),
  /**
   * HASH: `position` of the last event, `rotated` = when the command ids were last rotated (seconds); once events were
   * trimmed, `trimmed` and `first_entry`; once entities are cold, how many (`cold`), and when the last of them left (`chilled`).
   */
  head: (at: PartitionId) => keyIn('head', at),
  /** HASH command id → `events:version@entry id`: how many events it stored, and the last of them. Of this hour. */
  idem: (at: PartitionId) => keyIn('idem', at),
  /** The same, of the hour before. */
  idemOld: (at: PartitionId) => keyIn('idem-old', at),
  /** HASH entity id → `version|entry id|revision|{position, state}`. */
  snapshots: (at: PartitionId) => keyIn('snapshots', at),
  /**
   * HASH: a group's lease (`token`, `member`, `until`) and cursor (`entry_id`, `position`, `event_id`); where owners died:
   * `claims`, `claims_until`, `careful` and `trial` (positions), `trial_by` (token).
   */
  subscription: (at: PartitionId, group: string) => `${keyIn('sub', at)}:${group}`,
  /** HASH key → `first entry id|last entry id|events|parked at (ms)|reason`. */
  parked: (at: PartitionId, group: string) => `${keyIn('parked', at)}:${group}`,
  /** SET of keys whose parked events are being handled again now. */
  replaying: (at: PartitionId, group: string) => `${keyIn('replaying', at)}:${group}`,
  /** HASH parked key → what an operator wants done with it, as JSON. */
  requests: (at: PartitionId, group: string) => `${keyIn('requests', at)}:${group}`,
  /** STREAM: what operators have decided about parked keys. */
  decisions: (at: PartitionId, group: string) => `${keyIn('decisions', at)}:${group}`,
  /** ZSET `member ["topic", …]` that it reads → when its heartbeat runs out, in milliseconds of Redis' clock. */
  members: (group: string) => `members:{${group}}`,
  /** STREAM: what operators have had done. */
  audit: () => 'audit',
  /** HASH topic → number of partitions, fixed when the topic was created. */
  topics: () => 'topics',
  /** HASH: `live`, `building`, `retiring` versions of a projection. */
  projection: (name: string) => `projection:{${name}}`,
  /** A row of the entity cache; `group` is `<projection>.v<version>`, `row` is `kind` or `kind:id`. */
  row: (at: PartitionId, group: string, row: string) => {
    const colon = row.indexOf(':')
    return colon < 0
      ? `${keyIn(row, at)}:${group}`
      : `${keyIn(row.slice(0, colon), at)}:${group}:${row.slice(colon + 1)}`
  },
} as const

/** Keys that exist as soon as their partition does. */
export const logKeys = [
  keys.events,
  keys.versions,
  keys.head,
  keys.idem,
  keys.idemOld,
  keys.snapshots,
  keys.cold,
] as const
/** Keys that a consumer group has in a partition. */
const groupKeys = [keys.subscription, keys.parked, keys.replaying, keys.requests, keys.decisions] as const

/** In the place of a group: whichever there is. */
export const anyGroup = { any: true } as const
/** A group, all of them, or those of a projection's versions. */
export type GroupPattern = string | typeof anyGroup | { readonly projection: string }

/** Glob patterns, as ACLs take them, of the keys of every partition of a topic; spelled by `keys` itself. */
export const keyPatterns = {
  of: (key: (at: PartitionId) => string, topic: string) => key(everyPartition(topic)),
  log: (topic: string) => logKeys.map((key) => key(everyPartition(topic))),
  ofGroup: (key: (at: PartitionId, group: string) => string, topic: string, group: GroupPattern) =>
    key(everyPartition(topic), patternOf(group)),
  group: (topic: string, group: GroupPattern) =>
    groupKeys.map((key) => key(everyPartition(topic), patternOf(group))),
  /** Of every kind of row, and so of the group's other keys as well. */
  rows: (topic: string, projection: string) =>
    keys.row(everyPartition(topic), patternOf({ projection }), '*'),
  members: (group: GroupPattern) => keys.members(patternOf(group)),
  projection: (name: string | typeof anyGroup) => keys.projection(patternOf(name)),
} as const

function everyPartition(topic: string): PartitionId {
  return { topic: literal(topic), partition: '*' as unknown as number }
}

function patternOf(group: GroupPattern): string {
  if (typeof group === 'string') return literal(group)
  return 'any' in group ? '*' : `${literal(group.projection)}.v*`
}

// Braces mean nothing to Redis' globs, so a hash tag stands for itself.
function literal(name: string): string {
  if (/[\s\p{Cc}]/u.test(name))
    throw new AppError('invalid', `key pattern of '${name}': expected a name without spaces`)
  return name.replaceAll(/[*?[\]\\^]/g, '\\$&')
}
