// The newest entries of all partitions that are watched, in the order in which this process has read them: the only place
// where they wait for readers, so memory does not depend on how many readers there are, or on how slow they are.

/** What waits for readers; `bytes` is about what it takes. */
type Sized = { readonly bytes: number }

/** @param most entries and bytes that are kept; the newest one always is. */
export function ring<T extends Sized>(most: { readonly entries: number; readonly bytes: number }) {
  const kept: T[] = []
  let first = 0
  let bytes = 0
  return {
    /** The number of the entry that comes next. */
    next: () => first + kept.length,
    push(entry: T): void {
      kept.push(entry)
      bytes += entry.bytes
      while (kept.length > 1 && (kept.length > most.entries || bytes > most.bytes)) {
        bytes -= (kept.shift() as T).bytes
        first++
      }
    },
    /** `'gone'` once newer ones have taken its place; `undefined` when it is yet to come. */
    get: (number: number): T | 'gone' | undefined => (number < first ? 'gone' : kept[number - first]),
  }
}
