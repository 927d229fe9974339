import type { PartitionId } from '../event.ts'
import type { Observer } from '../observer.ts'
import type { ArchivedLog } from './archived-log.ts'

/** The same, each read of entries told of with the time that it took, failed ones too. */
export function observedArchive(archived: ArchivedLog, observer: Observer): ArchivedLog {
  async function timed<T>({ topic, partition }: PartitionId, read: () => Promise<T>): Promise<T> {
    const began = performance.now()
    try {
      return await read()
    } finally {
      observer.archiveRead?.({ topic, partition, seconds: (performance.now() - began) / 1_000 })
    }
  }

  return {
    page: (at, from, count) => timed(at, () => archived.page(at, from, count)),
    entry: (at, entryId) => timed(at, () => archived.entry(at, entryId)),
    lastOf: (at, entityId, start, after) => timed(at, () => archived.lastOf(at, entityId, start, after)),
    upTo: (at, entryId, count) => timed(at, () => archived.upTo(at, entryId, count)),
    // Not a read of the log: what is to be trimmed is looked for.
    blockWith: archived.blockWith,
  }
}
