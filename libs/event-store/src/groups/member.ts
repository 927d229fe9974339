import type { AnyEvent, PartitionId } from '../event.ts'
import { disputedTopics, type Share, sharesOf } from './assignment.ts'
import { beating } from './beating.ts'
import { holdings } from './holdings.ts'
import type { OwnerOptions } from './owner.ts'
import { readLoop } from './read-loop.ts'
import type { RunningSubscription, SubscriptionSettings } from './subscription.ts'

/** Every setting's default, see `SubscriptionSettings`. */
export const subscriptionDefaults: SubscriptionSettings = {
  leaseMs: 5_000,
  beatMs: 1_000,
  maxInHand: 1_024,
  attempts: 5,
  retry: { baseMs: 100, maxMs: 5_000 },
  pause: { baseMs: 100, maxMs: 30_000 },
  stopMs: 10_000,
}

/** What one member of a group needs. */
export type MemberOptions<E extends AnyEvent> = OwnerOptions<E> & {
  /** Unique among all members there ever were. */
  readonly member: string
  readonly partitions: readonly PartitionId[]
}

/** Runs one member: sends heartbeats, claims its share of the partitions, reads and handles them, releases its surplus. */
export function runMember<E extends AnyEvent>(options: MemberOptions<E>): RunningSubscription {
  const { groups, group, member, partitions, settings, observer } = options
  const { leaseMs, beatMs, maxInHand } = settings
  const topics = [...new Set(partitions.map(({ topic }) => topic))]
  const self = { member, topics }
  const stopped = new AbortController()
  let lastBeat = performance.now()
  let disputed: string | undefined
  let stopping: Promise<void> | undefined

  const { owners, isFree, claim, giveUp } = holdings({
    ...options,
    onRoom: () => reader.wake(),
    onFree: () => beats.soon(),
  })
  const reader = readLoop({
    groups,
    group,
    maxInHand,
    owners,
    onReconnect: reset,
    observer,
    signal: stopped.signal,
  })
  const forgetReconnect = groups.onReconnect(reset)
  const beats = beating(beat, beatMs, stopped.signal)
  const renewing = setInterval(() => {
    for (const owner of owners.values()) owner.renew()
  }, leaseMs / 3)

  async function beat(): Promise<void> {
    const live = await groups.beat(group, self, leaseMs)
    lastBeat = performance.now()
    tellDisputed(disputedTopics(live))
    for (const share of sharesOf(member, live, partitions.length / topics.length)) await balance(share)
  }

  /** Gives up what is too much of some topics, or claims what is missing. */
  async function balance({ topics, quota }: Share): Promise<void> {
    const own = () => [...owners.values()].filter(({ at }) => topics.includes(at.topic))
    for (const owner of own().slice(quota)) void giveUp(owner)
    for (const at of shuffled(partitions.filter(({ topic }) => topics.includes(topic)))) {
      if (stopped.signal.aborted || own().length >= quota) return
      if (isFree(at)) await claim(at)
    }
  }

  function tellDisputed(topics: readonly string[]): void {
    if (disputed === topics.join()) return
    disputed = topics.join()
    observer.disagreed?.({ group, topics })
    if (topics.length > 0)
      observer.log?.('warn', 'members of a group read different topics', { group, topics })
  }

  function reset(): void {
    for (const owner of [...owners.values()]) owner.drop('reconnect')
    beats.soon()
  }

  async function stop(): Promise<void> {
    stopped.abort()
    forgetReconnect()
    await beats.ended
    await Promise.all([...owners.values()].map(giveUp))
    clearInterval(renewing)
    await reader.stopped
    await groups.beat(group, self, 0).catch(() => {})
    tellDisputed([])
  }

  return {
    member,
    owned: () => [...owners.keys()],
    healthy: () => performance.now() - lastBeat < 2 * leaseMs,
    stop: () => (stopping ??= stop()),
  }
}

// Members that look for free partitions in the same order would all meet at the first one.
function shuffled<T>(items: readonly T[]): T[] {
  const start = Math.floor(Math.random() * items.length)
  return [...items.slice(start), ...items.slice(0, start)]
}
