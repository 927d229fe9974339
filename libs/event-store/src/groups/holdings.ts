import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type AnyEvent, type PartitionId, partitionName } from '../event.ts'
import type { Loss } from './cursor-store.ts'
import { beginning, type Claimed, type Cursor } from './groups.ts'
import { leaseFrom } from './lease.ts'
import { type Owner, type OwnerOptions, partitionOwner } from './owner.ts'

type HoldingsOptions<E extends AnyEvent> = OwnerOptions<E> & {
  readonly member: string
  /** A partition was claimed, or can be read again. */
  readonly onRoom: () => void
  /** A partition that was lost can be claimed again. */
  readonly onFree: () => void
}

/** What is remembered of a partition between two claims, to notice that Redis has forgotten it. */
type Remembered = { readonly read: Cursor; readonly stored: Cursor }

/** The partitions that one member owns: how it comes by them, and how it loses or gives them up. */
export function holdings<E extends AnyEvent>(options: HoldingsOptions<E>) {
  const { groups, group, member, observer } = options
  const { leaseMs, stopMs, maxInHand } = options.settings
  const owners = new Map<string, Owner>()
  const memories = new Map<string, Remembered>()
  const settling = new Set<string>()
  const leaving = new Set<Owner>()

  async function claim(at: PartitionId): Promise<void> {
    const name = partitionName(at)
    const memory = memories.get(name)
    const token = randomUUID()
    const sentAt = performance.now()
    const remembered = memory?.read ?? beginning
    const claimed = await groups.claim(at, group, { token, member, leaseMs, remembered, maxInHand })
    if (claimed === null) return
    tellFound(at, claimed, memory)
    const owner = partitionOwner(options, {
      ...{ at, claimed, lease: leaseFrom(token, leaseMs, sentAt), readBefore: remembered.position },
      onLost: (loss) => lost(owner, loss),
      onRoom: options.onRoom,
    })
    owners.set(name, owner)
    observer.owned?.({ ...at, group, member, owned: true })
    options.onRoom()
  }

  function tellFound(
    at: PartitionId,
    { endedReplays, remembers, cursor }: Claimed,
    memory?: Remembered,
  ): void {
    for (const key of endedReplays)
      observer.log?.('error', 'stays parked: its replay ended the process', { ...at, group, key })
    if (memory && (!remembers || cursor.position < memory.stored.position))
      observer.forked?.({ ...at, group, lastPosition: memory.read.position })
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
      options.onFree()
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

  return {
    /** By the partition's name. */
    owners: owners as ReadonlyMap<string, Owner>,
    /** Whether this member may claim it. */
    isFree: (at: PartitionId) => !owners.has(partitionName(at)) && !settling.has(partitionName(at)),
    /** Becomes its owner, unless another member holds the lease. */
    claim,
    giveUp,
  }
}
