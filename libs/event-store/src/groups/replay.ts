import type { AnyEvent, Catalog, PartitionId } from '../event.ts'
import { decode, type LogEntry } from '../log/entry.ts'
import { type Consumer, oneLine } from './consumer.ts'
import type { CursorStore } from './cursor-store.ts'
import type { Groups, RangeStart } from './groups.ts'
import type { ParkedKeys } from './parked-keys.ts'

/** What replaying a parked key needs. */
export type ReplayOptions<E extends AnyEvent> = {
  readonly groups: Groups
  readonly catalog: Catalog<E>
  readonly at: PartitionId
  readonly group: string
  readonly consumer: Consumer<E>
  readonly cursor: CursorStore
  readonly parked: ParkedKeys
  readonly signal: AbortSignal
}

const pageSize = 256

/**
 * Handles the parked events of one key again, in order, taking each off by one fenced write. It runs in the key's own
 * lane, so new events of the key wait behind it; a crash leaves the request, and the next owner continues where this one
 * stopped. An event that fails again stays parked, and all behind it.
 */
export async function replayKey<E extends AnyEvent>(options: ReplayOptions<E>, key: string): Promise<void> {
  const { groups, at, group, parked, signal } = options
  for (;;) {
    await parked.allStored(key)
    if (signal.aborted) return
    const range = await groups.parkedRange(at, group, key)
    if (range === null) break
    if (!(await replayRange(options, key, range.first, range.last))) {
      if (!signal.aborted) await groups.requestDone(at, group, key)
      return
    }
  }
  parked.free(key)
  await groups.requestDone(at, group, key)
}

/** True when every event of the key from `first` to `last` was handled and taken off. */
async function replayRange<E extends AnyEvent>(
  { groups, catalog, at, consumer, cursor, signal }: ReplayOptions<E>,
  key: string,
  first: string,
  last: string,
): Promise<boolean> {
  const entries = eventsOfKey(groups, at, key, first, last)
  let { value: entry } = await entries.next()
  while (entry) {
    const { value: next } = await entries.next()
    const outcome = await attempt(catalog, at, consumer, entry)
    if (outcome.result !== 'done' || signal.aborted) return false
    const unpark = { key, first: entry.entryId, next: next?.entryId ?? '' }
    if (!(await cursor.unpark(unpark, outcome.rows))) return false
    entry = next
  }
  return true
}

async function attempt<E extends AnyEvent>(
  catalog: Catalog<E>,
  at: PartitionId,
  consumer: Consumer<E>,
  entry: LogEntry,
) {
  try {
    return await consumer.handle([decode(catalog, at, entry)])
  } catch (error) {
    return { result: 'failed', reason: oneLine(error) } as const
  }
}

/** The events of one key among the entries from `first` to `last`, both included. */
export async function* eventsOfKey(
  groups: Groups,
  at: PartitionId,
  key: string,
  first: string,
  last: string,
): AsyncGenerator<LogEntry, undefined> {
  for (let from: RangeStart = { first }; ; ) {
    const page = await groups.range(at, from, last, pageSize)
    for (const entry of page) if (entry.key === key) yield entry
    const end = page.at(-1)
    if (!end || page.length < pageSize) return undefined
    from = { after: end.entryId }
  }
}
