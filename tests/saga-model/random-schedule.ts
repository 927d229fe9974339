// A log in memory and a scheduler that does to its readers what a bad day does: it interleaves them anywhere between
// two steps, kills them between any two, forgets their progress, and lets the forgotten ones continue later.
import type { ShopEvent, Topic } from '@ordershop/contracts'

export type Logged = ShopEvent & { topic: Topic; key: string; version: number }

type Write = {
  topic: Topic
  entityId: string
  key: string
  expected: number
  events: readonly ShopEvent[]
}

export type ModelLog = {
  entity(topic: Topic, entityId: string): readonly Logged[]
  /** False, and nothing written, unless every entity is at the version that is expected of it. */
  append(...writes: Write[]): boolean
  /** The events of one key, in order. */
  lane(topic: Topic, key: string): readonly Logged[]
  keys(topic: Topic): string[]
}

export function memoryLog(appended: (event: Logged) => void): ModelLog {
  const entities = new Map<string, Logged[]>()
  const lanes = new Map<string, Logged[]>()
  const listed = (map: Map<string, Logged[]>, name: string) =>
    map.get(name) ?? map.set(name, []).get(name) ?? []
  return {
    entity: (topic, entityId) => entities.get(`${topic} ${entityId}`) ?? [],
    append(...writes) {
      const entityOf = ({ topic, entityId }: Write) => listed(entities, `${topic} ${entityId}`)
      if (writes.some((write) => entityOf(write).length !== write.expected)) return false
      for (const write of writes) {
        const { topic, key } = write
        const entity = entityOf(write)
        for (const event of write.events) {
          const logged: Logged = { ...structuredClone(event), topic, key, version: entity.length + 1 }
          entity.push(logged)
          listed(lanes, `${topic} ${key}`).push(logged)
          appended(logged)
        }
      }
      return true
    },
    lane: (topic, key) => lanes.get(`${topic} ${key}`) ?? [],
    keys: (topic) =>
      [...lanes.keys()]
        .filter((name) => name.startsWith(`${topic} `))
        .map((name) => name.slice(topic.length + 1)),
  }
}

/** Something that is done in steps; between two of them anything else may happen, or its process may die. */
export type Steps = Generator<undefined, void>

/** A consumer group: events of one key in order, at least once; `batched` types come several at a time. */
export type Group = {
  topics: readonly Topic[]
  batched: ReadonlySet<string>
  handle(events: readonly Logged[]): Steps
}

type Lane = { group: Group; topic: Topic; key: string; cursor: number; work: Steps | null; end: number }

/** Plays the draws, then brings everything to rest, wakes whatever was left behind, and brings it to rest again. */
export function play(
  log: ModelLog,
  groups: readonly Group[],
  clients: readonly Steps[],
  draws: readonly number[],
): void {
  const lanes = new Map<string, Lane>()
  let waiting = [...clients]
  let zombies: Steps[] = []

  const allLanes = () => {
    groups.forEach((group, g) => {
      for (const topic of group.topics) {
        for (const key of log.keys(topic)) {
          const name = `${g} ${topic} ${key}`
          if (!lanes.has(name)) lanes.set(name, { group, topic, key, cursor: 0, work: null, end: 0 })
        }
      }
    })
    return [...lanes.values()]
  }
  const isBusy = (lane: Lane) => lane.work !== null || lane.cursor < log.lane(lane.topic, lane.key).length
  const lose = (lane: Lane, events: number) => {
    lane.work = null
    lane.cursor = Math.max(0, lane.cursor - events)
  }

  const disturb = (draw: number) => {
    const [kind, choice, more] = [draw % 16, Math.floor(draw / 16) % 64, Math.floor(draw / 1024) % 8]
    const lane = oneOf(allLanes(), choice)
    if (kind < 3) {
      // Clients come roughly in turn, or most would ask for orders that do not exist yet.
      const client = oneOf(waiting.slice(0, 3), choice)
      if (!step(client)) waiting = waiting.filter((other) => other !== client)
      return undefined
    }
    if (kind < 12) return advance(log, oneOf(allLanes().filter(isBusy), choice), more)
    if (kind === 12 && lane) return lose(lane, more)
    if (kind === 13 && lane) {
      if (lane.work) zombies.push(lane.work)
      return lose(lane, more)
    }
    if (kind === 14) return step(oneOf(zombies, choice))
    if (lane) zombies.push(lane.group.handle(batchAt(log, lane, Math.min(choice, lane.cursor), more)))
    return undefined
  }
  const rest = () => {
    for (;;) {
      waiting = waiting.filter((client) => step(client))
      const busy = allLanes().filter(isBusy)
      if (busy.length === 0 && waiting.length === 0) return
      for (const lane of busy) advance(log, lane, 7)
    }
  }

  for (const draw of draws) disturb(draw)
  rest()
  while (zombies.length > 0) zombies = zombies.filter((zombie) => step(zombie))
  rest()
}

function oneOf<T>(all: readonly T[], choice: number): T | undefined {
  return all[choice % all.length]
}

/** True while there is more to do. */
function step(work: Steps | undefined): boolean {
  return work !== undefined && !work.next().done
}

function advance(log: ModelLog, lane: Lane | undefined, size: number): void {
  if (!lane) return
  if (!lane.work) {
    const events = batchAt(log, lane, lane.cursor, size)
    lane.work = lane.group.handle(events)
    lane.end = lane.cursor + events.length
  }
  if (step(lane.work)) return
  lane.work = null
  lane.cursor = lane.end
}

/** One event, or up to `size` more of the same type where the group takes them together. */
function batchAt(log: ModelLog, { topic, key, group }: Lane, from: number, size: number): readonly Logged[] {
  const events = log.lane(topic, key).slice(from, from + 1 + size)
  const [first] = events
  if (!first) return []
  if (!group.batched.has(first.type)) return [first]
  const other = events.findIndex((event) => event.type !== first.type)
  return other < 0 ? events : events.slice(0, other)
}
