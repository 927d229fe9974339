// Entry ids, `milliseconds-sequence`, are in the order in which entries were stored.

/** Negative when `a` is the earlier entry id, as two numbers: `9-1` before `10-0`. */
export function compareEntryIds(a: string, b: string): number {
  const [aMs = 0, aSequence = 0] = a.split('-').map(Number)
  const [bMs = 0, bSequence = 0] = b.split('-').map(Number)
  return aMs - bMs || aSequence - bSequence
}

/** Index of the first of `entries`, which are in order, that comes after an entry id. */
export function indexAfter<T>(entries: readonly T[], entryId: string, idOf: (entry: T) => string): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareEntryIds(idOf(entries[middle] as T), entryId) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The last sequence of a millisecond, as far as a number goes: those that Redis gives are far smaller. */
export const lastSequence = Number.MAX_SAFE_INTEGER

/** The highest entry id below one that is not `0-0`. */
export function entryIdBefore(entryId: string): string {
  const [ms = 0, sequence = 0] = entryId.split('-').map(Number)
  return sequence > 0 ? `${ms}-${sequence - 1}` : `${ms - 1}-${lastSequence}`
}
