// One move of the cursor: what goes with it, sent until it is answered.
import { setTimeout as delay } from 'node:timers/promises'
import { AppError, backoffMs, describeError, errorCode } from '@ordershop/core'
import type { PartitionId } from '../event.ts'
import type { Observer } from '../observer.ts'
import type { RowWrite } from '../rows/row.ts'
import type { AdvanceAnswer, Cursor, Groups, RefusedRow, Unpark } from './groups.ts'
import type { Lease } from './lease.ts'
import type { Slot } from './window.ts'

/** What moving the cursor of one owned partition needs. */
export type AdvanceOptions = {
  readonly groups: Groups
  readonly at: PartitionId
  readonly group: string
  readonly lease: Lease
  readonly observer: Observer
  /** Ends everything: the partition is not ours any more. */
  readonly signal: AbortSignal
  /** The rows of this event cannot be written. */
  readonly onRefused: (slot: Slot, reason: string) => void
}

/** One event that is taken off a parked key, with the rows it gave. */
export type Unparking = { readonly unpark: Unpark; readonly rows: readonly RowWrite[] }

type Move = {
  readonly from: Cursor
  readonly to: Cursor
  readonly slots: readonly Slot[]
  readonly unparking: Unparking | undefined
}

const again = { baseMs: 20, maxMs: 1_000 }

/**
 * Sends one advance until it is answered, as it was: Redis answers OK to what it has done already.
 *
 * @returns `undefined` when the partition was lost meanwhile.
 */
export async function advanceOnce(
  { groups, at, group, lease, observer, signal }: AdvanceOptions,
  { from, to, slots, unparking }: Move,
): Promise<AdvanceAnswer | undefined> {
  const parks = slots.flatMap(({ key, cursor: { entryId }, parked: reason }) =>
    reason === undefined ? [] : [{ key, entryId, reason }],
  )
  const rows = unparking ? unparking.rows : slots.flatMap((slot) => slot.rows)
  const unpark = unparking && { unpark: unparking.unpark }
  const { token, leaseMs } = lease
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      return await groups.advance(at, group, { token, leaseMs, from, to, parks, rows, ...unpark })
    } catch (error) {
      if (error instanceof AppError && error.retryAfterMs !== undefined && rows.length > 0)
        await keepLease(groups, at, group, lease, from)
      if (attempt === 0 && errorCode(error) !== 'unavailable')
        observer.log?.('error', 'cannot store the cursor', { ...at, group, error: describeError(error) })
      await delay(backoffMs(again, attempt), undefined, { signal }).catch(() => {})
    }
  }
  return undefined
}

/** A full Redis refuses rows and takes leases: so the owner that waits for room stays the owner. */
async function keepLease(
  groups: Groups,
  at: PartitionId,
  group: string,
  lease: Lease,
  cursor: Cursor,
): Promise<void> {
  const sentAt = performance.now()
  const { token, leaseMs } = lease
  const kept = { token, leaseMs, from: cursor, to: cursor, parks: [], rows: [] }
  const answer = await groups.advance(at, group, kept).catch(() => undefined)
  if (answer === 'OK' || answer === 'ASKED') lease.renewed(sentAt)
}

/** Tells whose write it was that could not be made. */
export function refuse(
  { onRefused }: AdvanceOptions,
  { index, holds }: RefusedRow,
  slots: readonly Slot[],
): void {
  const writes = slots.flatMap((slot) => slot.rows.map((write) => ({ slot, write })))
  const refused = writes[index]
  if (!refused) return
  const [command, row] = refused.write
  onRefused(refused.slot, `${command} of row '${row}': it is a ${holds}`)
}
