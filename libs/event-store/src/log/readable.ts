import type { AnyEvent, Catalog, PartitionId, Recorded } from '../event.ts'
import { decode, type LogEntry } from './entry.ts'

/** An entry for a reader who goes on whatever is in it: the event, or why there is none. */
export type Readable<E extends AnyEvent = AnyEvent> =
  | { readonly kind: 'event'; readonly event: Recorded<E> }
  | Unreadable

/** An entry that cannot be decoded; `problem` quotes of it what the catalog's `parse` does, 1,000 characters at most. Names as on the wire. */
export type Unreadable = PartitionId & {
  readonly kind: 'unreadable'
  readonly entry_id: string
  readonly problem: string
}

/** `decode` for who skips, with a mark, what cannot be decoded. */
export function readable<E extends AnyEvent>(
  catalog: Catalog<E>,
  at: PartitionId,
  entry: LogEntry,
): Readable<E> {
  try {
    return { kind: 'event', event: decode(catalog, at, entry) }
  } catch (error) {
    return { kind: 'unreadable', ...at, entry_id: entry.entryId, problem: (error as Error).message }
  }
}
