import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { LimitFunction } from 'p-limit'
import { type AnyEvent, type Catalog, type PartitionId, partitionName } from '../event.ts'
import type { Observer } from '../observer.ts'
import { disputedTopics, type Share, sharesOf } from './assignment.ts'
import type { ConsumerOf } from './consumer.ts'
import type { Loss } from './cursor-store.ts'
import { beginning, type Cursor, type Groups } from './groups.ts'
import { leaseFrom } from './lease.ts'
import { type Owner, partitionOwner } from './owner.ts'
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
export type MemberOptions<E extends AnyEvent> = {
  readonly groups: Groups
  readonly catalog: Catalog<E>
  readonly group: string
  /** Unique among all members there ever were. */
  readonly member: string
  readonly partitions: readonly PartitionId[]
  readonly consumerOf: ConsumerOf<E>
  readonly settings: SubscriptionSettings
  readonly observer: Observer
  /** See `CarefulOptions`. */
  readonly inTurn: LimitFunction
}

/** What is remembered of a partition between two claims, to notice that Redis has forgotten it. */
type Memory = { readonly read: Cursor; readonly stored: Cursor }

/** Runs one member: beats, claims its share of the partitions, reads and handles them, gives up what is too much. */
export function runMember<E extends AnyEvent>(options: MemberOptions<E>): RunningSubscription {
  const { groups, group, member, partitions, settings, observer } = options
  const { leaseMs, beatMs, stopMs, maxInHand } = settings
  const topics = [...new Set(partitions.map(({ topic }) => topic))]
  const self = { member, topics }
  const owners = new Map<string, Owner>()
  const memories = new Map<string, Memory>()
  const settling = new Set<string>()
  const leaving = new Set<Owner>()
  const stopped = new AbortController()
  let lastBeat = performance.now()
  let nap = new AbortController()
  let beatDue = false
  let disputed: string | undefined
  let stopping: Promise<void> | undefined

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
  const beating = beatUntilStopped()
  const renewing = setInterval(() => {
    for (const owner of owners.values()) owner.renew()
  }, leaseMs / 3)

  async function beatUntilStopped(): Promise<void> {
    while (!stopped.signal.aborted) {
      beatDue = false
      await beat().catch(() => {}) // Redis is away: the next beat will tell
      if (beatDue) continue
      nap = new AbortController()
      const signal = AbortSignal.any([nap.signal, stopped.signal])
      await delay(beatMs, undefined, { signal }).catch(() => {})
    }
  }

  function beatSoon(): void {
    beatDue = true
    nap.abort()
  }

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
      const name = partitionName(at)
      if (!owners.has(name) && !settling.has(name)) await claim(at)
    }
  }

  function tellDisputed(topics: readonly string[]): void {
    if (disputed === topics.join()) return
    disputed = topics.join()
    observer.disagreed?.({ group, topics })
    if (topics.length > 0)
      observer.log?.('warn', 'members of a group read different topics', { group, topics })
  }

  async function claim(at: PartitionId): Promise<void> {
    const name = partitionName(at)
    const memory = memories.get(name)
    const token = randomUUID()
    const sentAt = performance.now()
    const remembered = memory?.read ?? beginning
    const claimed = await groups.claim(at, group, { token, member, leaseMs, remembered, maxInHand })
    if (claimed === null) return
    for (const key of claimed.endedReplays)
      observer.log?.('error', 'stays parked: its replay ended the process', { ...at, group, key })
    if (memory && (!claimed.remembers || claimed.cursor.position < memory.stored.position))
      observer.forked?.({ ...at, group, lastPosition: memory.read.position })
    const owner = partitionOwner(options, {
      ...{ at, claimed, lease: leaseFrom(token, leaseMs, sentAt), readBefore: remembered.position },
      onLost: (loss) => lost(owner, loss),
      onRoom: () => reader.wake(),
    })
    owners.set(name, owner)
    observer.owned?.({ ...at, group, member, owned: true })
    reader.wake()
  }

  function lost(owner: Owner, loss: Loss): void {
    const name = partitionName(owner.at)
    // A fork that the owner has reported need not be noticed again.
    if (loss === 'fork') memories.delete(name)
    else memories.set(name, { read: owner.lastRead(), stored: owner.stored() })
    forget(owner)
    // Handlers under way cannot be stopped; the partition is claimed again when they are through, or the lease is.
    settling.add(name)
    void Promise.race([owner.settled(), delay(leaseMs, undefined, { ref: false })]).then(() => {
      settling.delete(name)
      beatSoon()
    })
  }

  function forget(owner: Owner): void {
    owners.delete(partitionName(owner.at))
    observer.owned?.({ ...owner.at, group, member, owned: false })
  }

  async function giveUp(owner: Owner): Promise<void> {
    if (leaving.has(owner)) return
    leaving.add(owner)
    await owner.handOver(stopMs)
    leaving.delete(owner)
    if (owners.get(partitionName(owner.at)) === owner) forget(owner)
  }

  function reset(): void {
    for (const owner of [...owners.values()]) owner.drop('reconnect')
    beatSoon()
  }

  async function stop(): Promise<void> {
    stopped.abort()
    forgetReconnect()
    await beating
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
