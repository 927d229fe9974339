import { setTimeout as delay } from 'node:timers/promises'
import { backoffMs, describeError, errorCode } from '@ordershop/core'
import type { PartitionId } from '../event.ts'
import type { Observer } from '../observer.ts'
import type { RowWrite } from '../rows/row.ts'
import type { AdvanceAnswer, Cursor, Groups, RefusedRow, Unpark } from './groups.ts'
import type { Lease } from './lease.ts'
import type { InHandWindow, Slot } from './window.ts'

/** Why an owner gave its partition up without being asked to. */
export type Loss = 'fenced' | 'stale' | 'fork' | 'reconnect' | 'expired'

/** What the cursor of one owned partition needs. */
export type CursorStoreOptions = {
  readonly groups: Groups
  readonly at: PartitionId
  readonly group: string
  readonly lease: Lease
  readonly start: Cursor
  readonly window: InHandWindow
  readonly observer: Observer
  /** Ends everything: the partition is not ours any more. */
  readonly signal: AbortSignal
  /** These events are behind the cursor now. */
  readonly onStored: (slots: readonly Slot[]) => void
  /** The rows of this event cannot be written. */
  readonly onRefused: (slot: Slot, reason: string) => void
  /** An operator wants something done with parked keys. */
  readonly onAsked: () => void
  readonly onLost: (loss: Loss) => void
}

type Unparking = {
  readonly unpark: Unpark
  readonly rows: readonly RowWrite[]
  readonly settle: (done: boolean) => void
}

const again = { baseMs: 20, maxMs: 1_000 }
const losses = { FENCED: 'fenced', STALE: 'stale', FORK: 'fork' } as const

/**
 * Stores how far one partition is handled: one `advance` at a time, each taking all that has finished meanwhile. An
 * advance whose answer was lost is sent again as it was; Redis answers OK to what it has done already.
 */
export function cursorStore(options: CursorStoreOptions) {
  const { groups, at, group, lease, window, observer, signal } = options
  let cursor = options.start
  let running = false
  let renewDue = false
  const unparkings: Unparking[] = []
  const confirming: ((ok: boolean) => void)[] = []

  function poke(): void {
    if (running || signal.aborted) return
    running = true
    // Not at once: what finishes in this turn of the event loop goes along.
    setImmediate(() => void pump())
  }

  async function pump(): Promise<void> {
    // Asked in the same turn that ends the loop, so that nothing can finish unseen between the two.
    while (!signal.aborted && isDue()) await storeOnce()
    running = false
    if (!signal.aborted) return
    for (const { settle } of unparkings.splice(0)) settle(false)
    for (const settle of confirming.splice(0)) settle(false)
  }

  const isDue = () => renewDue || unparkings.length > 0 || confirming.length > 0 || window.hasFinished()

  /** One advance with whatever there is. */
  async function storeOnce(): Promise<void> {
    const unparking = unparkings[0]
    const confirmed = confirming.splice(0)
    const slots = unparking ? [] : window.finished()
    renewDue = false
    const to = slots.at(-1)?.cursor ?? cursor
    const sentAt = performance.now()
    const answer = await advance(to, slots, unparking)
    if (typeof answer === 'object' && !signal.aborted) {
      lease.renewed(sentAt)
      confirming.unshift(...confirmed) // by the next advance, which goes without those rows
      refuse(answer, slots, unparking)
      return
    }
    const ok = !signal.aborted && (answer === 'OK' || answer === 'ASKED')
    for (const settle of confirmed) settle(ok)
    if (typeof answer !== 'string' || signal.aborted) return
    if (answer !== 'OK' && answer !== 'ASKED') {
      options.onLost(losses[answer])
      return
    }
    lease.renewed(sentAt)
    cursor = to
    window.drop(slots.length)
    if (slots.length > 0) options.onStored(slots)
    if (unparking) unparkings.shift()?.settle(true)
    if (answer === 'ASKED') options.onAsked()
  }

  /** An event that was being taken off its parked key stays there; one in hand is parked. */
  function refuse(
    { index, holds }: RefusedRow,
    slots: readonly Slot[],
    unparking: Unparking | undefined,
  ): void {
    if (unparking) {
      unparkings.shift()?.settle(false)
      return
    }
    const writes = slots.flatMap((slot) => slot.rows.map((write) => ({ slot, write })))
    const refused = writes[index]
    if (!refused) return
    const [command, row] = refused.write
    options.onRefused(refused.slot, `${command} of row '${row}': it is a ${holds}`)
  }

  /** Repeats one advance until Redis has answered; `undefined` when the partition was lost meanwhile. */
  async function advance(
    to: Cursor,
    slots: readonly Slot[],
    unparking?: Unparking,
  ): Promise<AdvanceAnswer | undefined> {
    const parks = slots.flatMap(({ key, cursor: { entryId }, parked: reason }) =>
      reason === undefined ? [] : [{ key, entryId, reason }],
    )
    const rows = unparking ? unparking.rows : slots.flatMap((slot) => slot.rows)
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const { token, leaseMs } = lease
        const unpark = unparking && { unpark: unparking.unpark }
        return await groups.advance(at, group, { token, leaseMs, from: cursor, to, parks, rows, ...unpark })
      } catch (error) {
        if (attempt === 0 && errorCode(error) !== 'unavailable')
          observer.log?.('error', 'cannot store the cursor', { ...at, group, error: describeError(error) })
        await delay(backoffMs(again, attempt), undefined, { signal }).catch(() => {})
      }
    }
    return undefined
  }

  const confirm = (): Promise<boolean> =>
    new Promise((settle) => {
      if (signal.aborted) return settle(false)
      confirming.push(settle)
      poke()
    })

  return {
    cursor: () => cursor,
    /** Something has finished. */
    poke,
    /** Renews the lease with the next advance, or with one of its own. */
    renew(): void {
      renewDue = true
      poke()
    },
    /** Takes one event off a parked key, with the rows it gave; false when the partition was lost first. */
    unpark: (unpark: Unpark, rows: readonly RowWrite[]): Promise<boolean> =>
      new Promise((settle) => {
        if (signal.aborted) return settle(false)
        unparkings.push({ unpark, rows, settle })
        poke()
      }),
    /** Renews the lease by a write that begins only now; false when the partition was lost first. */
    confirm,
    /** Resolves when all that has finished is stored, or the partition was lost. */
    async flush(): Promise<void> {
      while (window.hasFinished() && (await confirm()));
    },
  }
}

/** The cursor of one owned partition. */
export type CursorStore = ReturnType<typeof cursorStore>
