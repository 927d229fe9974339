import { setTimeout as delay } from 'node:timers/promises'
import type { AnyEvent, PartitionId } from '../event.ts'
import type { RunningSubscription } from '../groups/subscription.ts'
import type { Observer } from '../observer.ts'
import type { Projection, RunningProjection } from './projection.ts'
import { projectionGroup, type VersionStore, type Versions } from './versions.ts'

/** How long the former version is kept after a switch: readers look for the live version each second. */
const keepMs = 60_000
const lookEveryMs = 1_000

/** What one process needs to keep a projection. */
export type RunProjectionOptions<E extends AnyEvent> = {
  readonly store: VersionStore
  readonly projection: Projection<E>
  readonly partitions: readonly PartitionId[]
  /** Starts a member of the group of one version. */
  readonly startVersion: (group: string) => RunningSubscription
  readonly observer: Observer
}

/**
 * Keeps every present version of a projection: the live one, one being built beside it, and for a while the former
 * one. Any process may notice that the new one has caught up, and switch; only the first switches.
 */
export function runProjection<E extends AnyEvent>(options: RunProjectionOptions<E>): RunningProjection {
  const { store, projection, partitions, startVersion, observer } = options
  const { name } = projection
  const running = new Map<number, RunningSubscription>()
  const stopped = new AbortController()
  let live = 1
  let stopping: Promise<void> | undefined

  async function look(): Promise<void> {
    const versions = await store.versions(name)
    live = versions.live
    const wanted = [versions.live, versions.building, versions.retirable ? null : versions.retiring]
    for (const version of wanted)
      if (version !== null && !running.has(version))
        running.set(version, startVersion(projectionGroup(name, version)))
    for (const [version, member] of running) {
      if (wanted.includes(version)) continue
      running.delete(version)
      await member.stop()
    }
    await switchWhenCaughtUp(versions)
    if (versions.retiring !== null && versions.deletable)
      await store.deleteVersion(name, versions.retiring, partitions)
  }

  async function switchWhenCaughtUp({ live: old, building }: Versions): Promise<void> {
    if (building === null) return
    const [before, after] = await Promise.all([
      store.positions(projectionGroup(name, old), partitions),
      store.positions(projectionGroup(name, building), partitions),
    ])
    if (before.some((position, k) => (after[k] ?? 0) < position)) return
    if (await store.switchTo(name, building, keepMs))
      observer.log?.('info', 'projection rebuilt: readers use the new version', {
        projection: name,
        version: building,
      })
  }

  async function lookUntilStopped(): Promise<void> {
    const { signal } = stopped
    while (!signal.aborted) {
      await look().catch(() => {}) // Redis is unreachable: try again
      await delay(running.size === 0 ? 50 : lookEveryMs, undefined, { signal }).catch(() => {})
    }
    await Promise.all([...running.values()].map((member) => member.stop()))
  }

  const looking = lookUntilStopped()
  return {
    live: () => live,
    owned: () => [...running.values()].flatMap((member) => member.owned()),
    healthy: () => [...running.values()].every((member) => member.healthy()),
    stop: () => {
      stopped.abort()
      stopping ??= looking
      return stopping
    },
  }
}
