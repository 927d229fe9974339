import { AppError } from '@ordershop/core'
import { allPartitions } from '../log/partition.ts'
import type { Discovered } from '../ops/operations.ts'
import { mastersOf, prefixOf } from './cluster.ts'
import { answerTo } from './connection.ts'
import { liveMember } from './heartbeat.ts'
import { keyPatterns, keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'

// A Redis may hold any number of rows beside what is looked for.
const scanCount = 5_000
const mostScans = 200

type TopicsOf = Map<string, Set<string>>

/** What a Redis tells of the store in it, to whoever knows nothing of it. See `Operations.discover`. */
export async function discover(redis: ScriptedRedis): Promise<Discovered> {
  const counts = await answerTo<Record<string, string>>('read topics', redis.hgetall(keys.topics()))
  const topics = Object.keys(counts).sort()
  const [partitions, another] = [...new Set(Object.values(counts).map(Number))]
  if (partitions === undefined)
    return { topics, partitions: null, watched: { groups: {}, projections: {}, unread: [] } }
  if (another !== undefined) {
    const list = topics.map((topic) => `${topic} ${counts[topic]}`).join(', ')
    throw new AppError('conflict', `discover: expected all topics with as many partitions, got ${list}`)
  }
  const reading: TopicsOf = new Map()
  await addHandling(redis, topics, partitions, reading)
  await addLiving(redis, new Set(topics), reading)
  return { topics, partitions, watched: watchedOf(topics, reading) }
}

/** Every group that has ever stored a cursor: advance.lua shows it to XINFO. */
async function addHandling(
  redis: ScriptedRedis,
  topics: readonly string[],
  partitions: number,
  reading: TopicsOf,
): Promise<void> {
  const asked = allPartitions(topics, partitions).map(async (at) => {
    for (const group of await groupsIn(redis, keys.events(at))) add(reading, group, at.topic)
  })
  await Promise.all(asked)
}

async function groupsIn(redis: ScriptedRedis, key: string): Promise<string[]> {
  // ioredis does not know which argument of XINFO is a key: it puts no prefix before it, and finds no node of a Cluster by it.
  const answers = mastersOf(redis).map((master) =>
    master.xinfo('GROUPS', prefixOf(redis) + key).catch((error: unknown) => {
      if (/^(MOVED|ERR no such key)/.test((error as Error).message)) return []
      throw error
    }),
  )
  const groups = (await answerTo<unknown[][][]>('read groups', Promise.all(answers))).flat()
  return groups.map((fields) => `${fields[fields.indexOf('name') + 1]}`)
}

/** Groups with members that live, although they may have handled nothing yet. */
async function addLiving(
  redis: ScriptedRedis,
  topics: ReadonlySet<string>,
  reading: TopicsOf,
): Promise<void> {
  const pattern = keyPatterns.members({ any: true })
  const [before, after] = pattern.split('*') as [string, string]
  for (const key of await keysLike(redis, pattern)) {
    const group = key.slice(before.length, key.length - after.length)
    const members = await answerTo<string[]>('read members', redis.zrange(key, '0', '-1'))
    for (const topic of members.flatMap((member) => liveMember(member).topics ?? []))
      if (topics.has(topic)) add(reading, group, topic)
  }
}

async function keysLike(redis: ScriptedRedis, pattern: string): Promise<string[]> {
  const prefix = prefixOf(redis)
  const found: string[] = []
  for (const master of mastersOf(redis))
    for (let cursor = '0', scans = 0; scans < mostScans; scans++) {
      const asked = master.scan(cursor, 'MATCH', prefix + pattern, 'COUNT', scanCount)
      const [next, page] = await answerTo<[string, string[]]>('look for members', asked)
      found.push(...page.map((key) => key.slice(prefix.length)))
      if (next === '0') break
      cursor = next
    }
  return found
}

function add(reading: TopicsOf, group: string, topic: string): void {
  reading.set(group, (reading.get(group) ?? new Set()).add(topic))
}

/** Version N of a projection reads as `<name>.vN`. */
function watchedOf(topics: readonly string[], reading: TopicsOf): Discovered['watched'] {
  const groups: Record<string, string[]> = {}
  const projections: Record<string, string[]> = {}
  for (const [group, read] of [...reading].sort(([a], [b]) => a.localeCompare(b))) {
    const [, projection] = /^(.+)\.v[1-9]\d*$/.exec(group) ?? []
    const known = projection === undefined ? groups : projections
    const name = projection ?? group
    known[name] = [...new Set([...(known[name] ?? []), ...read])].sort()
  }
  const readByAny = new Set([...reading.values()].flatMap((read) => [...read]))
  return { groups, projections, unread: topics.filter((topic) => !readByAny.has(topic)) }
}
