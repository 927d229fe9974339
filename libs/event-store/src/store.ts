import { newId } from '@ordershop/core/id'
import pLimit from 'p-limit'
import { stateCache } from './deciding/state-cache.ts'
import type { EntityRef } from './entity.ts'
import type { AnyEvent, Catalog } from './event.ts'
import type { EventStore } from './event-store.ts'
import type { ConsumerOf } from './groups/consumer.ts'
import type { Groups } from './groups/groups.ts'
import { handlersOf } from './groups/handlers.ts'
import { runMember, subscriptionDefaults } from './groups/member.ts'
import type { RunningSubscription, Subscription, SubscriptionSettings } from './groups/subscription.ts'
import { writesTo } from './log/append.ts'
import { checkRef, checkTopic } from './log/limits.ts'
import type { Log } from './log/log.ts'
import { allPartitions, partitionOf, placeOf } from './log/partition.ts'
import { readsFrom } from './log/read.ts'
import { readsBackFrom } from './log/read-back.ts'
import type { Observer } from './observer.ts'
import { entityCache } from './projections/entity-cache.ts'
import { folderOf } from './projections/folder.ts'
import type { EntityCache, Projection } from './projections/projection.ts'
import { runProjection } from './projections/run-projection.ts'
import type { VersionStore } from './projections/versions.ts'
import type { QueryRows } from './rows/row.ts'
import { causesFrom } from './watching/causes.ts'
import { watchesFrom } from './watching/watches.ts'

/** The parts in which one store differs from another. */
export type StoreParts = {
  readonly log: Log
  readonly groups: Groups
  readonly versions: VersionStore
  readonly queryRows: QueryRows
}

/** What every store is told. */
export type StoreOptions<E extends AnyEvent> = {
  readonly catalog: Catalog<E>
  readonly clientName: string
  readonly partitions: number
  readonly stateCacheBytes: number
  readonly observer: Observer
  /** Collects what runs, so that the store can be asked how it is. */
  readonly running?: Set<RunningMember>
}

/** A subscription or a projection that this store has started. */
export type RunningMember = Pick<RunningSubscription, 'healthy' | 'stop'>

/** Puts a store together from its parts; all but the parts is the same on Redis and in memory. */
export function storeFrom<E extends AnyEvent>(parts: StoreParts, options: StoreOptions<E>): EventStore<E> {
  const { log, groups, versions, queryRows } = parts
  const { catalog, clientName, partitions, stateCacheBytes, observer, running = new Set() } = options
  const caches = new Map<string, EntityCache>()
  const inTurn = pLimit(1)

  function startMember(
    group: string,
    topics: readonly string[],
    consumerOf: ConsumerOf<E>,
    settings: Partial<SubscriptionSettings>,
  ) {
    const member = `${clientName}-${newId()}`
    const all = allPartitions(topics, partitions)
    return runMember({
      groups,
      catalog,
      group,
      member,
      partitions: all,
      consumerOf,
      settings: settingsFrom(settings),
      observer,
      inTurn,
    })
  }

  const watches = watchesFrom(log, groups, catalog, partitions, observer)
  const started = <T extends RunningMember>(member: T) => startedIn(running, member)

  return {
    ...writesTo(log, catalog, partitions, observer),
    ...readsFrom(log, catalog, partitions),
    async saveSnapshot(ref: EntityRef, snapshot) {
      checkRef('save snapshot', catalog.topics, ref)
      await log.saveSnapshot(placeOf(ref, partitions), ref.entityId, snapshot)
    },
    subscribe(subscription: Subscription<E>) {
      for (const topic of subscription.topics)
        checkTopic(`subscribe ${subscription.group}`, catalog.topics, topic)
      return started(
        startMember(subscription.group, subscription.topics, handlersOf(subscription), subscription),
      )
    },
    project(projection: Projection<E>) {
      const { name, topics, project } = projection
      for (const topic of topics) checkTopic(`project ${name}`, catalog.topics, topic)
      const startVersion = (group: string) => startMember(group, topics, folderOf(project), projection)
      const all = allPartitions(topics, partitions)
      return started(runProjection({ store: versions, projection, partitions: all, startVersion, observer }))
    },
    readBack: readsBackFrom(log, catalog, partitions),
    watch: watches.watch,
    ...causesFrom(log, catalog, () => allPartitions(catalog.topics, partitions)),
    ends(topics = catalog.topics) {
      for (const topic of topics) checkTopic('read ends', catalog.topics, topic)
      const all = allPartitions(topics, partitions)
      return Promise.all(all.map(async (at) => ({ ...at, ...(await log.end(at)) })))
    },
    cache(projection) {
      const cache = caches.get(projection) ?? entityCache(projection, versions, queryRows)
      caches.set(projection, cache)
      return cache
    },
    stateCache: stateCache(catalog, stateCacheBytes),
    partitions,
    partitionOf: (key) => partitionOf(key, partitions),
    async close() {
      await Promise.all([watches.close(), ...[...running].map((member) => member.stop())])
    },
  }
}

/** A member that was started, among those that run until it is stopped. */
export function startedIn<T extends RunningMember>(running: Set<RunningMember>, member: T): T {
  running.add(member)
  const stop = () => {
    running.delete(member)
    return member.stop()
  }
  return { ...member, stop }
}

function settingsFrom(given: Partial<SubscriptionSettings>): SubscriptionSettings {
  const settings: Record<string, unknown> = { ...subscriptionDefaults }
  for (const name of Object.keys(subscriptionDefaults) as (keyof SubscriptionSettings)[])
    if (given[name] !== undefined) settings[name] = given[name]
  return settings as SubscriptionSettings
}
