import { setTimeout as delay } from 'node:timers/promises'
import type { LimitFunction } from 'p-limit'
import type { PartitionId } from '../event.ts'
import type { Observer } from '../observer.ts'
import type { CursorStore } from './cursor-store.ts'
import type { Arrival, Delivery } from './delivery.ts'
import type { Claimed, Groups } from './groups.ts'
import type { Lease } from './lease.ts'

/** What taking events carefully needs. */
export type CarefulOptions = {
  readonly groups: Groups
  readonly at: PartitionId
  readonly group: string
  readonly lease: Lease
  readonly claimed: Claimed
  readonly events: Delivery
  readonly cursor: CursorStore
  readonly observer: Observer
  /** Shared by all members of a process: while one event is tried, none of another suspected partition is. */
  readonly inTurn: LimitFunction
  /** The partition is not ours any more, or is being given up. */
  readonly ended: () => boolean
  readonly signal: AbortSignal
  readonly onFenced: () => void
}

const reason = 'its handling ended the process, or hung it, each time: found when it was tried alone'

/**
 * Takes events one at a time, each noted in Redis before it begins and stored before the next: if the process dies, who
 * claims next knows on which. That one is parked unseen.
 */
export function carefully(options: CarefulOptions) {
  const { groups, at, group, lease, claimed, events, cursor, observer, signal } = options
  if (claimed.carefulUntil > 0)
    observer.log?.('warn', 'events are taken one at a time: the owners before died or hung', {
      ...{ ...at, group, position: claimed.cursor.position, until: claimed.carefulUntil },
    })

  async function take(arrival: Arrival): Promise<void> {
    if (options.ended()) return
    if (arrival.cursor.position === claimed.convicted) events.parkUnseen(arrival, reason)
    else {
      if (!(await noted(arrival.cursor.position))) return
      events.deliver([arrival])
    }
    await events.settled()
    await cursor.flush()
  }

  /** False when the partition was lost first. */
  async function noted(position: number): Promise<boolean> {
    while (!options.ended())
      try {
        if (await groups.mark(at, group, lease.token, { kind: 'try', position })) return !options.ended()
        options.onFenced()
      } catch {
        await delay(50, undefined, { signal }).catch(() => {})
      }
    return false
  }

  return {
    /** Whether this event is to be taken so: any that an owner before may have had in hand. */
    applies: ({ cursor: { position } }: Arrival) =>
      position <= claimed.carefulUntil || position === claimed.convicted,
    /** Whether nothing may be read beyond what is in hand. */
    isOn: () => cursor.cursor().position < Math.max(claimed.carefulUntil, claimed.convicted),
    async takeAll(arrived: readonly Arrival[]): Promise<void> {
      for (const arrival of arrived) await options.inTurn(() => take(arrival))
    },
  }
}

/** Takes events one at a time where owners have died. */
export type Careful = ReturnType<typeof carefully>
