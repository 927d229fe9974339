import { setTimeout as delay } from 'node:timers/promises'
import { describeError, errorCode } from '@ordershop/core'
import { partitionName } from '../event.ts'
import type { Observer } from '../observer.ts'
import type { Groups } from './groups.ts'
import type { Owner } from './owner.ts'

/** Longest wait for events, in milliseconds: below the silence after which a connection counts as dead. */
const blockMs = 1_000
/** Entries of one partition per read: many when it is the only one, few when they come from everywhere. */
const countAlone = 256
const countTogether = 64

/** What the read loop of one member needs. */
export type ReadLoopOptions = {
  readonly groups: Groups
  readonly group: string
  /** Events of one partition beyond the oldest unfinished one, at most. */
  readonly maxInHand: number
  readonly observer: Observer
  /** The partitions owned now; the loop reads those that have room. */
  readonly owners: ReadonlyMap<string, Owner>
  readonly onReconnect: () => void
  readonly signal: AbortSignal
}

/**
 * Reads every owned partition that has room, on a connection of its own, until `signal` ends it.
 *
 * It reads by XREAD from where each owner stands, never by XREADGROUP: a read that was resent or came late then has
 * no effect on anybody.
 */
export function readLoop(options: ReadLoopOptions) {
  const { groups, group, maxInHand, owners, onReconnect, observer, signal } = options
  const [alone, together] = [Math.min(countAlone, maxInHand), Math.min(countTogether, maxInHand)]
  const reader = groups.reader(onReconnect)
  let nap = new AbortController()

  function wake(): void {
    nap.abort()
    reader.wake()
  }

  async function readOnce(): Promise<void> {
    const count = owners.size === 1 ? alone : together
    const open = [...owners.values()].filter((owner) => owner.hasRoomFor(count))
    if (open.length === 0) {
      nap = new AbortController()
      await delay(blockMs, undefined, { signal: nap.signal }).catch(() => {})
      return
    }
    const from = open.map(({ at, lastRead }) => {
      const { entryId: after, position } = lastRead()
      return { at, after, position }
    })
    const asked = new Map(open.map((owner) => [partitionName(owner.at), owner]))
    for (const { at, entries } of await reader.read(from, open.length === 1 ? alone : together, blockMs))
      asked.get(partitionName(at))?.accept(entries)
  }

  async function run(): Promise<void> {
    signal.addEventListener('abort', wake)
    let failing = false
    while (!signal.aborted) {
      try {
        await readOnce()
        failing = false
      } catch (error) {
        // While Redis is unreachable there is nothing to report; when the connection is back, that resets the owners.
        if (errorCode(error) !== 'unavailable' && !failing) {
          failing = true
          observer.log?.('error', 'cannot read events', { group, error: describeError(error) })
        }
        await delay(50, undefined, { signal }).catch(() => {})
      }
    }
    reader.close()
  }

  return { wake, stopped: run() }
}
